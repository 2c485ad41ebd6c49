/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

PangoLayout *dot_small_text_new (GtkWidget *widget, const char *text);
int          dot_small_text_get_width (PangoLayout *layout);
int          dot_small_text_get_height (GtkWidget *widget);
char        *dot_small_text_number (double number);

G_END_DECLS
