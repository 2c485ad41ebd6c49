/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* REP-GAN (Wang, Kim and Song, NeurIPS 2021): Langevin proposals in the latent space,
 * each accepted or refused, with the calibrated logit a D + b, whose b cancels. */

#include "method-list.h"
#include "langevin.h"

#include "base/intl.h"

static gboolean
update (DotPath *path, guint t, GError **error)
{
  const double *slopes = path->run->options->slopes;

  dot_langevin_propose_all (path, t, 0, slopes);
  if (! dot_path_evaluate (path, t, error))
    return FALSE;
  dot_langevin_test_all (path, t, 0, slopes);
  return TRUE;
}

const DotMethodClass dot_method_rep = {
  .kind      = DOT_METHOD_KIND_PATH,
  .needs     = DOT_METHOD_NEEDS_PRIOR | DOT_METHOD_NEEDS_CALIBRATION,
  .refuses   = TRUE,
  .step_size = 0.01,
  .updates   = 16,
  .update    = update,
  .assumes = N_ ("The calibrated score is the logarithm of the density ratio; a latent "
                 "outside of a uniform prior is refused."),
};
