/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "model-combo.h"
#include "core/settings.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dot_options_page_new (DotSettings *settings, DotModelCombo *models);
GtkWidget *dot_options_page_new_advanced (DotSettings *settings);
void       dot_options_page_focus_class (GtkWidget *page);
void       dot_options_page_set_image (GtkWidget *page, int width, int height, guint n_selected);
void       dot_options_page_set_open (GtkWidget *advanced, gboolean is_open);
void       dot_options_page_set_busy (GtkWidget *page, gboolean busy);
void       dot_options_page_remember (GtkWidget *page);

G_END_DECLS
