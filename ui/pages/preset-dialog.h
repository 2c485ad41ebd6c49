/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/presets.h"

G_BEGIN_DECLS

#define DOT_TYPE_PRESET_DIALOG (dot_preset_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DotPresetDialog, dot_preset_dialog, DOT, PRESET_DIALOG, GtkDialog)

void dot_preset_dialog_run (GtkWidget *asker, DotPresets *presets, JsonObject *settings);

G_END_DECLS
