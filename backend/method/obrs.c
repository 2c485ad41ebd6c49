/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Optimal budgeted rejection sampling (Verine et al., AISTATS 2024): with the density
 * ratio r = e^L a draw is kept by the chance min(1, c r / r_M), where r_M is the
 * pilots' largest ratio and c ≥ 1 makes the mean chance the budget.  (They write
 * Z M for r_M, with Z the mean of r.) */

#include "choice.h"
#include "method-list.h"

#include "base/intl.h"

#include <math.h>
#include <stdlib.h>

static int
compare_down (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x < y) - (x > y);
}

/* The mean chance is a line in c between the places where one more draw is always
 * kept: those are tried from the largest ratio on, which is exact. */
static double
solve (const double *ratios, gsize n, double budget)
{
  double rest = 0.0;

  for (gsize i = 0; i < n; i++)
    rest += ratios[i];
  for (gsize kept = 0; kept < n; kept++)
    {
      double c = ((double) n * budget - (double) kept) / rest;

      if (c * ratios[kept] <= 1.0)
        return MAX (c, 1.0);
      rest -= ratios[kept];
    }
  return 1.0 / ratios[n - 1];
}

static void
prepare (const DotMethodOptions *options, DotPilots *pilots)
{
  g_autofree double *ratios = g_new (double, pilots->n);

  for (gsize i = 0; i < pilots->n; i++)
    ratios[i] = MAX (exp (pilots->logits[i] - pilots->largest), G_MINDOUBLE);
  qsort (ratios, pilots->n, sizeof (double), compare_down);
  pilots->scale = solve (ratios, pilots->n, options->budget);
}

/**
 * dot_obrs_get_chance:
 *
 * Returns: min(1, c r / r_M)
 */
double
dot_obrs_get_chance (const DotPilots *pilots, double logit)
{
  return MIN (1.0, pilots->scale * exp (logit - pilots->largest));
}

static double
get_chance (DotChain *chain, gsize draw)
{
  return dot_obrs_get_chance (chain->pilots, chain->logits[draw]);
}

static void
choose (DotChain *chain)
{
  dot_choice_keep_first (chain, get_chance);
}

const DotMethodClass dot_method_obrs = {
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
