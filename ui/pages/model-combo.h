/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/settings.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_MODEL_COMBO (dot_model_combo_get_type ())
G_DECLARE_FINAL_TYPE (DotModelCombo, dot_model_combo, DOT, MODEL_COMBO, GtkComboBox)

GtkWidget *dot_model_combo_new (DotSettings *settings);
void       dot_model_combo_manage (DotModelCombo *combo);

G_END_DECLS
