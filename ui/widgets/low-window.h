/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_LOW_WINDOW (dot_low_window_get_type ())
G_DECLARE_FINAL_TYPE (DotLowWindow, dot_low_window, DOT, LOW_WINDOW, GtkScrolledWindow)

GtkWidget *dot_low_window_new (GtkWidget *content);

G_END_DECLS
