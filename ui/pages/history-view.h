/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/history.h"

G_BEGIN_DECLS

#define DOT_TYPE_HISTORY_VIEW (dot_history_view_get_type ())
G_DECLARE_FINAL_TYPE (DotHistoryView, dot_history_view, DOT, HISTORY_VIEW, GtkBox)

GtkWidget *dot_history_view_new (DotHistory *history);
void       dot_history_view_reload (DotHistoryView *view);

G_END_DECLS
