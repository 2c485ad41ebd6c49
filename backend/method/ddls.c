/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Discriminator driven latent sampling (Che et al., NeurIPS 2020, Algorithm 1):
 * z ← z − ε/2 ∇E + √ε n with E(z) = −log p₀(z) − D(G(z)).  A uniform prior has no
 * slope; latents are clipped into it. */

#include "method-list.h"
#include "langevin.h"

#include "base/intl.h"

static gboolean
update (DotPath *path, guint t, GError **error)
{
  dot_langevin_propose_all (path, t, 0, NULL);
  for (gsize b = 0; b < path->run->batch; b++)
    dot_path_clip (path, path->proposals + b * path->dimension);
  return dot_path_accept_all (path, t, error);
}

const DotMethodClass dot_method_ddls = {
  .kind      = DOT_METHOD_KIND_PATH,
  .needs     = DOT_METHOD_NEEDS_PRIOR,
  .step_size = 0.01,
  .updates   = 16,
  .update    = update,
  .assumes = N_ ("The score is a calibrated logit, or a critic whose exponential weighs the "
                 "prior."),
};
