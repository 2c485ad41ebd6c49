/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Discriminator rejection sampling (Azadi et al., ICLR 2019, equation 8):
 * F = L − L_M − log(1 − e^{L − L_M − ε}) − γ, and a draw is kept by the chance σ(F).
 * L_M is the largest logit of the pilots, raised where a draw exceeds it; γ a
 * percentile of the pilots' F, or 0 for plain rejection sampling. */

#include "choice.h"
#include "method-list.h"

#include "base/intl.h"

#include <math.h>
#include <stdlib.h>

#define EPSILON 1e-8

static double
get_f (double largest, double logit)
{
  return logit - largest - log1p (-exp (logit - largest - EPSILON));
}

/**
 * dot_drs_get_chance:
 * @largest: L_M, not below @logit
 *
 * Returns: σ(F)
 */
double
dot_drs_get_chance (double gamma, double largest, double logit)
{
  return 1.0 / (1.0 + exp (gamma - get_f (largest, logit)));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* As NumPy does it: in a straight line between the two beside it. */
static double
get_percentile (const double *sorted, gsize n, double percent)
{
  double place = percent / 100.0 * (double) (n - 1);
  gsize  below = MIN ((gsize) place, n - 1);
  gsize  above = MIN (below + 1, n - 1);

  return sorted[below] + (place - (double) below) * (sorted[above] - sorted[below]);
}

static void
prepare (const DotMethodOptions *options, DotPilots *pilots)
{
  g_autofree double *f = NULL;

  if (options->percentile == 0.0)
    return;

  f = g_new (double, pilots->n);
  for (gsize i = 0; i < pilots->n; i++)
    f[i] = get_f (pilots->largest, pilots->logits[i]);
  qsort (f, pilots->n, sizeof (double), compare);
  pilots->gamma = get_percentile (f, pilots->n, options->percentile);
}

static double
get_chance (DotChain *chain, gsize draw)
{
  return dot_drs_get_chance (chain->pilots->gamma, chain->largest, chain->logits[draw]);
}

static void
choose (DotChain *chain)
{
  dot_choice_keep_first (chain, get_chance);
}

const DotMethodClass dot_method_drs = {
  .kind      = DOT_METHOD_KIND_CHOICE,
  .needs     = DOT_METHOD_NEEDS_PRIOR | DOT_METHOD_NEEDS_CALIBRATION | DOT_METHOD_NEEDS_PILOTS,
  .refuses   = TRUE,
  .step_size = 0.01,
  .updates   = 1,
  .prepare   = prepare,
  .choose    = choose,
  .assumes = N_ ("The calibrated score is the logarithm of the density ratio, whose largest "
                 "value of a class the pilots meet; any prior."),
};
