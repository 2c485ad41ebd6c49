/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "optimizer.h"

#include <math.h>

/**
 * dot_optimizer_sgd_step:
 *
 * point ← point − ε g
 */
void
dot_optimizer_sgd_step (double step_size, const double *gradient, double *point, gsize dimension)
{
  for (gsize i = 0; i < dimension; i++)
    point[i] -= step_size * gradient[i];
}

/**
 * dot_optimizer_adam_rate:
 * @t: the number of this update, from 1
 *
 * Returns: α √(1 − β₂ᵗ), what an update of Adam's is multiplied with
 */
double
dot_optimizer_adam_rate (double step_size, guint t)
{
  return step_size * sqrt (1.0 - pow (DOT_ADAM_BETA2, t));
}

/**
 * dot_optimizer_adam_step:
 * @t: the number of this update, from 1
 * @second_moment: (inout): (d) v, zero before the first update
 *
 * Adam as Chainer writes it, with β₁ = 0 (so that the first moment is the
 * gradient itself) and β₂ = 0.9:
 * v ← β₂ v + (1 − β₂) g²;  point ← point − α √(1 − β₂ᵗ) g / (√v + 1e−8).
 */
void
dot_optimizer_adam_step (double        step_size,
                         guint         t,
                         const double *gradient,
                         double       *second_moment,
                         double       *point,
                         gsize         dimension)
{
  double rate = dot_optimizer_adam_rate (step_size, t);

  for (gsize i = 0; i < dimension; i++)
    {
      second_moment[i] += (1.0 - DOT_ADAM_BETA2) * (gradient[i] * gradient[i] - second_moment[i]);
      point[i] -= rate * gradient[i] / (sqrt (second_moment[i]) + DOT_ADAM_EPSILON);
    }
}
