/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/settings.h"

G_BEGIN_DECLS

#define DOT_TYPE_LAYER_NOTE (dot_layer_note_get_type ())
G_DECLARE_FINAL_TYPE (DotLayerNote, dot_layer_note, DOT, LAYER_NOTE, GtkLabel)

GtkWidget *dot_layer_note_new (DotSettings *settings);
void       dot_layer_note_set_image (DotLayerNote *note, int width, int height, guint n_selected);

G_END_DECLS
