/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Ex²MCMC (Samsonov et al., "Local-global MCMC kernels: the best of both worlds",
 * NeurIPS 2022, Algorithm 3) on E(z) = −log p₀(z) − D(G(z)): an update is one step
 * of iterated sampling importance resampling among new draws of the prior, whose
 * weights are e^D, and then a few Langevin moves that are each tested. */

#include "method-list.h"
#include "langevin.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

/* Resampling as a tournament: the winner so far keeps its place by its share of
 * the weights so far, which is the same as one choice among all. */
static gboolean
challenge (double *log_total, double log_weight, double u)
{
  double larger = MAX (*log_total, log_weight);

  *log_total = larger + log (exp (*log_total - larger) + exp (log_weight - larger));
  return log (u) <= log_weight - *log_total;
}

/* Draw @i of the others: all candidates' at once.  Only what wins needs a gradient, in
 * the end. */
static gboolean
meet (DotPath *path, guint t, guint i, double *log_totals, GError **error)
{
  const DotDraws *draws  = path->run->draws;
  gsize           d      = path->dimension;
  guint           others = path->run->options->particles - 1;
  guint           number = (t - 1) * others + i + 1;

  for (gsize b = 0; b < path->run->batch; b++)
    draws->latent (draws->data, b, number, path->proposals + b * d);
  if (! dot_path_weigh (path, t, error))
    return FALSE;

  for (gsize b = 0; b < path->run->batch; b++)
    {
      path->drawn[b]++;
      if (! challenge (&log_totals[b], path->proposal_scores[b],
                       draws->chance (draws->data, b, t, i)))
        continue;
      path->accepted[b]++;
      memcpy (path->points + b * d, path->proposals + b * d, d * sizeof (double));
    }
  return TRUE;
}

static gboolean
resample (DotPath *path, guint t, GError **error)
{
  g_autofree double *log_totals = g_memdup2 (path->scores, path->run->batch * sizeof (double));

  for (guint i = 0; i + 1 < path->run->options->particles; i++)
    if (! meet (path, t, i, log_totals, error))
      return FALSE;
  return path->run->options->particles == 1 || dot_path_arrive (path, t, error);
}

/* The chances of moves follow those of the draws. */
static gboolean
update (DotPath *path, guint t, GError **error)
{
  const DotMethodOptions *options = path->run->options;

  if (! resample (path, t, error))
    return FALSE;
  for (guint move = 0; move < options->moves; move++)
    {
      dot_langevin_propose_all (path, t, move, NULL);
      if (! dot_path_evaluate (path, t, error))
        return FALSE;
      dot_langevin_test_all (path, t, options->particles + move, NULL);
    }
  return TRUE;
}

static void
cost (const DotMethodOptions *options, DotMethodCost *passes)
{
  guint draws = options->particles - 1;
  guint stays = options->moves + (draws > 0);

  *passes = (DotMethodCost) { draws + stays, draws + stays, stays, stays };
}

const DotMethodClass dot_method_ex2mcmc = {
  .kind      = DOT_METHOD_KIND_PATH,
  .needs     = DOT_METHOD_NEEDS_PRIOR,
  .refuses   = TRUE,
  .step_size = 0.01,
  .updates   = 16,
  .cost      = cost,
  .update    = update,
  .assumes = N_ ("The score is a calibrated logit, or a critic whose exponential weighs the "
                 "prior."),
};
