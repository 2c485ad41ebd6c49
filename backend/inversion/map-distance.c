/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How far apart two pictures are to someone who sees more than their pixels. */

#include "map-distance.h"

#include <math.h>

/* Where a map has nothing. */
#define TINY 1e-10

static double
measure_length (const float *map, guint channels, gsize pixels)
{
  double squares = TINY;

  for (guint c = 0; c < channels; c++)
    squares += (double) map[c * pixels] * map[c * pixels];
  return sqrt (squares);
}

/* Of one pixel: the square of u − v, and its gradient, which has no part along u. */
static double
add_pixel (const float *map,
           const float *target,
           guint        channels,
           gsize        pixels,
           double       share,
           double      *gradient)
{
  double length = measure_length (map, channels, pixels);
  double other  = measure_length (target, channels, pixels);
  double sum    = 0.0;
  double along  = 0.0;

  for (guint c = 0; c < channels; c++)
    {
      double u = map[c * pixels] / length;
      double v = target[c * pixels] / other;

      sum += share * (u - v) * (u - v);
      along += 2.0 * share * (u - v) * u;
    }
  for (guint c = 0; gradient && c < channels; c++)
    {
      double u = map[c * pixels] / length;
      double v = target[c * pixels] / other;

      gradient[c * pixels] = (2.0 * share * (u - v) - along * u) / length;
    }
  return sum;
}

/**
 * dot_map_distance_loss:
 * @map, @target: (channels, pixels)
 * @share: what the result counts for
 * @gradient: (out) (nullable): (channels, pixels) with respect to @map
 *
 * Compares directions: what is there counts, not how strongly.
 *
 * Returns: @share times the mean over the pixels of ‖u − v‖², u and v being the channels
 *   of both as vectors of length 1 (Zhang et al., "The unreasonable effectiveness of
 *   deep features as a perceptual metric", CVPR 2018, with equal weights)
 */
double
dot_map_distance_loss (const float *map,
                       const float *target,
                       guint        channels,
                       gsize        pixels,
                       double       share,
                       double      *gradient)
{
  double sum = 0.0;

  for (gsize p = 0; p < pixels; p++)
    sum += add_pixel (map + p, target + p, channels, pixels, share / pixels,
                      gradient ? gradient + p : NULL);
  return sum;
}
