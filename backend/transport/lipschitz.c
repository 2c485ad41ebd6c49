/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "lipschitz.h"

#include "objective.h"

#include <math.h>

/**
 * dot_lipschitz_ratio:
 * @scores_a: (pairs) D of @points_a
 * @points_a: (pairs, d)
 *
 * The largest slope seen, maxᵢ |D(aᵢ) − D(bᵢ)| / ‖aᵢ − bᵢ‖₂: with latents
 * k_eff(y) of equation 26 (k_eff without labels), with images K_eff.  Pairs
 * of equal points are passed over.
 */
double
dot_lipschitz_ratio (const double *scores_a,
                     const double *scores_b,
                     const double *points_a,
                     const double *points_b,
                     gsize         pairs,
                     gsize         dimension)
{
  double largest = 0.0;

  for (gsize i = 0; i < pairs; i++)
    {
      double distance = dot_objective_distance (points_a + i * dimension, points_b + i * dimension,
                                                0.0, dimension);

      if (distance > 0.0)
        largest = MAX (largest, fabs (scores_a[i] - scores_b[i]) / distance);
    }

  return largest;
}
