/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "objective.h"

#include <math.h>

/**
 * dot_objective_distance:
 *
 * Returns: ‖point − origin + δ‖₂, δ added to every coordinate, which keeps
 *   the gradient defined where the point starts
 */
double
dot_objective_distance (const double *point, const double *origin, double delta, gsize dimension)
{
  double sum = 0.0;

  for (gsize i = 0; i < dimension; i++)
    {
      double difference = point[i] - origin[i] + delta;

      sum += difference * difference;
    }

  return sqrt (sum);
}

/**
 * dot_objective_gradient:
 * @score_gradient: (d) ∇D(G(z)) with respect to z
 * @gradient: (out): (d)
 *
 * The gradient of H(z) = ‖z − z_y + δ‖₂ − D(G(z|y)|y) / k_eff(y), the
 * function that Algorithms 2 and 3 descend (1 in target space); the naive
 * method leaves the distance out.
 */
void
dot_objective_gradient (DotMethod     method,
                        const double *point,
                        const double *origin,
                        double        delta,
                        double        k_eff,
                        const double *score_gradient,
                        double       *gradient,
                        gsize         dimension)
{
  double distance = dot_objective_distance (point, origin, delta, dimension);
  double pull     = method == DOT_METHOD_DOT && distance > 0.0 ? 1.0 / distance : 0.0;

  for (gsize i = 0; i < dimension; i++)
    gradient[i] = pull * (point[i] - origin[i] + delta) - score_gradient[i] / k_eff;
}

static double
dot_product (const double *a, const double *b, gsize dimension)
{
  double sum = 0.0;

  for (gsize i = 0; i < dimension; i++)
    sum += a[i] * b[i];
  return sum;
}

/**
 * dot_objective_project:
 * @gradient: (inout): (d)
 *
 * For the normal prior, whose mass lies near a sphere: takes the radial
 * part from the gradient, g ← g − (g·z) z / c.  `paper` divides by c = √d
 * as the paper prints it; `tangent` by c = ‖z‖², which makes g orthogonal
 * to z.
 */
void
dot_objective_project (DotProjection projection,
                       const double *point,
                       double       *gradient,
                       gsize         dimension)
{
  double divisor;
  double factor;

  if (projection == DOT_PROJECTION_NONE)
    return;

  divisor = projection == DOT_PROJECTION_PAPER ? sqrt ((double) dimension)
                                               : dot_product (point, point, dimension);
  if (divisor == 0.0)
    return;

  factor = dot_product (gradient, point, dimension) / divisor;
  for (gsize i = 0; i < dimension; i++)
    gradient[i] -= factor * point[i];
}
