/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

void  dot_layer_state_set (GimpLayer *layer, const char *state);
char *dot_layer_state_get (GimpLayer *layer);
GStrv dot_layer_state_list (GimpImage *image);

G_END_DECLS
