/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/settings.h"
#include "grace.h"

G_BEGIN_DECLS

typedef struct _DotLayer DotLayer;

DotLayer  *dot_layer_new (const DotFrame *frame, GimpImage *image, DotScale scale, DotGrace *grace);
guint      dot_layer_get_candidate (const DotLayer *layer);
GimpImage *dot_layer_make_image (const DotLayer *layer);
GimpLayer *dot_layer_make (const DotLayer *layer, GimpImage *image);
void       dot_layer_free (DotLayer *layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotLayer, dot_layer_free)

G_END_DECLS
