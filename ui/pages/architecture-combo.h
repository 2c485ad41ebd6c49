/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_ARCHITECTURE_COMBO (dot_architecture_combo_get_type ())
G_DECLARE_FINAL_TYPE (DotArchitectureCombo,
                      dot_architecture_combo,
                      DOT,
                      ARCHITECTURE_COMBO,
                      GtkComboBoxText)

GtkWidget *dot_architecture_combo_new (void);
void       dot_architecture_combo_follow (DotArchitectureCombo *combo, const char *architecture);
gboolean   dot_architecture_combo_is_program (DotArchitectureCombo *combo);

G_END_DECLS
