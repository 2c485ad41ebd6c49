/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "optimizer.h"

#include <math.h>

#define ADAM_BETA2   0.9
#define ADAM_EPSILON 1e-8

/**
 * dot_sgd_step:
 *
 * point ← point − ε g
 */
void
dot_sgd_step (double        step_size,
              const double *gradient,
              double       *point,
              gsize         dimension)
{
  for (gsize i = 0; i < dimension; i++)
    point[i] -= step_size * gradient[i];
}

/**
 * dot_adam_step:
 * @t: the number of this update, from 1
 * @second_moment: (inout): (d) v, zero before the first update
 *
 * Adam as Chainer writes it, with β₁ = 0 (so that the first moment is the
 * gradient itself) and β₂ = 0.9:
 * v ← β₂ v + (1 − β₂) g²;  point ← point − α √(1 − β₂ᵗ) g / (√v + 1e−8).
 */
void
dot_adam_step (double        step_size,
               guint         t,
               const double *gradient,
               double       *second_moment,
               double       *point,
               gsize         dimension)
{
  double rate = step_size * sqrt (1.0 - pow (ADAM_BETA2, t));

  for (gsize i = 0; i < dimension; i++)
    {
      second_moment[i] += (1.0 - ADAM_BETA2)
                          * (gradient[i] * gradient[i] - second_moment[i]);
      point[i] -= rate * gradient[i] / (sqrt (second_moment[i]) + ADAM_EPSILON);
    }
}
