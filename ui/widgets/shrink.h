/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void       dot_shrink_combo (GtkComboBox *combo);
void       dot_shrink_chooser (GtkFileChooser *chooser);
void       dot_shrink_label (GtkWidget *button);
void       dot_shrink_message (GtkMessageDialog *dialog);
void       dot_shrink_buttons (GtkDialog *dialog);
GtkWidget *dot_shrink_height (GtkWidget *content, int least);

G_END_DECLS
