/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_PROGRESS_ROW (dot_progress_row_get_type ())
G_DECLARE_FINAL_TYPE (DotProgressRow, dot_progress_row, DOT, PROGRESS_ROW, GtkBox)

GtkWidget *dot_progress_row_new (const char *stop);
void       dot_progress_row_set (DotProgressRow *row, const char *message, double fraction);
void       dot_progress_row_set_stopping (DotProgressRow *row);
void       dot_progress_row_set_time_left (DotProgressRow *row, const char *text);

G_END_DECLS
