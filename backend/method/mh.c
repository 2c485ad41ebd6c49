/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* MH-GAN (Turner et al., ICML 2019, Algorithm 1): a chain of independent draws, each
 * accepted by min(1, e^{L' − L}) with the calibrated logit L, that begins with a
 * real picture; where it never left that, it runs again from the first draw. */

#include "choice.h"
#include "method-list.h"

#include "base/intl.h"

#include <math.h>

/* From @logit on, over draws @first, …; @part keeps the second run's chances apart. */
static void
walk (DotChain *chain, double logit, gsize first, guint part)
{
  const DotDraws *draws = chain->run->draws;

  for (gsize i = first; i < chain->n; i++)
    if (log (draws->chance (draws->data, chain->candidate, (guint) i, part)) <=
        chain->logits[i] - logit)
      {
        logit         = chain->logits[i];
        chain->chosen = (gssize) i;
        chain->accepted++;
      }
}

static void
choose (DotChain *chain)
{
  if (! chain->whole)
    return;

  chain->drawn = (guint) chain->n;
  if (! isnan (chain->real_logit))
    walk (chain, chain->real_logit, 0, 0);
  if (chain->chosen >= 0)
    return;
  chain->chosen = 0;
  walk (chain, chain->logits[0], 1, 1);
}

const DotMethodClass dot_method_mh = {
  .kind      = DOT_METHOD_KIND_CHOICE,
  .needs     = DOT_METHOD_NEEDS_PRIOR | DOT_METHOD_NEEDS_CALIBRATION,
  .refuses   = TRUE,
  .step_size = 0.01,
  .updates   = 1,
  .choose    = choose,
  .assumes   = N_ ("The calibrated score is the logarithm of the density ratio; any prior."),
};
