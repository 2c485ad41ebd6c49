/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/weights.h"
#include "network/network.h"

G_BEGIN_DECLS

#define DOT_FEATURE_MAPS 4

/**
 * DotFeatureMap:
 * @root_mean_square: of its numbers
 *
 * One of the maps that a feature network makes of pictures.
 */
typedef struct
{
  guint  channels;
  guint  height;
  guint  width;
  double root_mean_square;
} DotFeatureMap;

/**
 * DotProjectedHeads:
 * @scale: (%DOT_FEATURE_MAPS) what the maps are multiplied by
 * @channel_mixing: (out, in, 1, 1) each
 * @scale_mixing: (out, in, 3, 3): of the next coarser map's into this one's
 *   channels
 * @networks: the heads in their training form; they end with a sum over pixels
 * @n_pixels: of that sum: the score is a mean
 *
 * A projected discriminator but for its feature network.  The mixing is drawn
 * at random once and not trained.
 */
typedef struct
{
  DotArray   *scale;
  DotArray   *channel_mixing[DOT_FEATURE_MAPS];
  DotArray   *scale_mixing[DOT_FEATURE_MAPS - 1];
  DotNetwork *networks[DOT_FEATURE_MAPS];
  gsize       n_pixels[DOT_FEATURE_MAPS];
} DotProjectedHeads;

DotProjectedHeads *dot_projected_heads_read (const char         *path,
                                             const DotFeatureMap maps[DOT_FEATURE_MAPS],
                                             guint               n_labels,
                                             GError            **error);
void               dot_projected_heads_free (DotProjectedHeads *heads);
gboolean           dot_projected_heads_write (const char         *path,
                                              const DotFeatureMap maps[DOT_FEATURE_MAPS],
                                              guint               n_labels,
                                              guint64             seed,
                                              GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotProjectedHeads, dot_projected_heads_free)

G_END_DECLS
