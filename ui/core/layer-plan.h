/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "settings.h"

G_BEGIN_DECLS

guint64 dot_layer_plan_count (const DotRefineOptions *options);
void    dot_layer_plan_size (DotScale scale,
                             int      image_width,
                             int      image_height,
                             int     *width,
                             int     *height);
char   *dot_layer_plan_text (guint64 n_layers, int width, int height);

G_END_DECLS
