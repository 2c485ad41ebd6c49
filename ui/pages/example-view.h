/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/settings.h"

G_BEGIN_DECLS

#define DOT_TYPE_EXAMPLE_VIEW (dot_example_view_get_type ())
G_DECLARE_FINAL_TYPE (DotExampleView, dot_example_view, DOT, EXAMPLE_VIEW, GtkBox)

GtkWidget *dot_example_view_new (DotSettings *settings);

G_END_DECLS
