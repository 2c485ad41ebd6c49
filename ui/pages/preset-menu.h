/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/presets.h"

G_BEGIN_DECLS

#define DOT_TYPE_PRESET_MENU (dot_preset_menu_get_type ())
G_DECLARE_FINAL_TYPE (DotPresetMenu, dot_preset_menu, DOT, PRESET_MENU, GtkMenuButton)

GtkWidget *dot_preset_menu_new (DotPresets *presets);

G_END_DECLS
