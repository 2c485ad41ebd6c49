/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Langevin steps on E(z) = −log p₀(z) − a D(G(z)), and the Metropolis test of
 * them (Roberts and Tweedie, "Exponential convergence of Langevin distributions
 * and their discrete approximations", 1996). */

#include "langevin.h"

#include <math.h>

/* ∇log p₀ of a coordinate: −z of a normal prior, 0 within a uniform one. */
static double
prior_slope (DotPrior prior, double z)
{
  return prior == DOT_PRIOR_NORMAL ? -z : 0.0;
}

/* log p₀, but for a constant. */
static double
prior_log (DotPrior prior, const double *point, gsize dimension)
{
  double sum = 0.0;

  for (gsize i = 0; i < dimension; i++)
    if (prior == DOT_PRIOR_NORMAL)
      sum -= 0.5 * point[i] * point[i];
    else if (fabs (point[i]) > 1.0)
      return -INFINITY;
  return sum;
}

/**
 * dot_langevin_propose:
 * @step_size: τ
 * @slope: a
 * @score_gradient: (d) ∇D(G(z))
 * @noise: (d) normal
 * @proposal: (out): (d) z + τ/2 (∇log p₀(z) + a ∇D(G(z))) + √τ n
 */
void
dot_langevin_propose (DotPrior      prior,
                      double        step_size,
                      double        slope,
                      const double *point,
                      const double *score_gradient,
                      const double *noise,
                      double       *proposal,
                      gsize         dimension)
{
  double spread = sqrt (step_size);

  for (gsize i = 0; i < dimension; i++)
    proposal[i] = point[i] +
                  0.5 * step_size * (prior_slope (prior, point[i]) + slope * score_gradient[i]) +
                  spread * noise[i];
}

/* −‖to − from − τ/2 ∇‖² / 2τ, the log of the density that a step from one point to
 * the other has, but for a constant. */
static double
log_transition (const DotPath *path,
                const double  *from,
                const double  *gradient,
                const double  *to,
                double         slope)
{
  double tau = path->run->options->step_size;
  double sum = 0.0;

  for (gsize i = 0; i < path->dimension; i++)
    {
      double drift = prior_slope (path->run->options->prior, from[i]) + slope * gradient[i];
      double rest  = to[i] - from[i] - 0.5 * tau * drift;

      sum += rest * rest;
    }
  return -sum / (2.0 * tau);
}

/**
 * dot_langevin_log_ratio:
 *
 * Returns: log of e^{a (D' − D)} p₀(z') q(z|z') / (p₀(z) q(z'|z)): the proposal is
 *   accepted by the chance that is the lesser of this ratio and 1
 */
double
dot_langevin_log_ratio (const DotPath *path, gsize candidate, double slope)
{
  gsize         d     = path->dimension;
  DotPrior      prior = path->run->options->prior;
  const double *z     = path->points + candidate * d;
  const double *z_new = path->proposals + candidate * d;
  double        gain  = path->proposal_scores[candidate] - path->scores[candidate];

  return slope * gain + prior_log (prior, z_new, d) - prior_log (prior, z, d) +
         log_transition (path, z_new, path->proposal_gradients + candidate * d, z, slope) -
         log_transition (path, z, path->gradients + candidate * d, z_new, slope);
}

/**
 * dot_langevin_propose_all:
 * @t: the update
 * @part: of it
 * @slopes: (nullable): (B) a; 1 where it is %NULL
 */
void
dot_langevin_propose_all (DotPath *path, guint t, guint part, const double *slopes)
{
  const DotMethodOptions *options = path->run->options;
  gsize                   d       = path->dimension;

  for (gsize b = 0; b < path->run->batch; b++)
    dot_langevin_propose (options->prior, options->step_size, slopes ? slopes[b] : 1.0,
                          path->points + b * d, path->gradients + b * d,
                          dot_path_draw_noise (path, b, t, part), path->proposals + b * d, d);
}

/**
 * dot_langevin_test_all:
 *
 * Accepts or refuses the proposals, which are evaluated.
 */
void
dot_langevin_test_all (DotPath *path, guint t, guint part, const double *slopes)
{
  const DotDraws *draws = path->run->draws;

  for (gsize b = 0; b < path->run->batch; b++)
    {
      double ratio = dot_langevin_log_ratio (path, b, slopes ? slopes[b] : 1.0);

      path->drawn[b]++;
      if (log (draws->chance (draws->data, b, t, part)) <= ratio)
        dot_path_accept (path, b);
    }
}
