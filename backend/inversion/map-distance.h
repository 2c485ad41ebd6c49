/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

double dot_map_distance_loss (const float *map,
                              const float *target,
                              guint        channels,
                              gsize        pixels,
                              double       share,
                              double      *gradient);

G_END_DECLS
