/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Discriminator gradient flow (Ansari, Ang and Soh, ICLR 2021, Algorithm 1):
 * z ← z + η s(D) ∇D(G(z)) + √(2 η γ) n, where s is 1 for the KL divergence, σ(D)
 * for Jensen and Shannon's, σ(−D) for the logarithmic one.  In target space G is
 * left out. */

#include "method-list.h"
#include "path.h"

#include "base/intl.h"

#include <math.h>

static double
weight (DotDivergence divergence, double score)
{
  switch (divergence)
    {
    case DOT_DIVERGENCE_JS:
      return 1.0 / (1.0 + exp (-score));
    case DOT_DIVERGENCE_LOGD:
      return 1.0 / (1.0 + exp (score));
    default:
      return 1.0;
    }
}

static void
propose (DotPath *path, gsize candidate, guint t)
{
  const DotMethodOptions *options  = path->run->options;
  gsize                   from     = candidate * path->dimension;
  const double           *noise    = dot_path_draw_noise (path, candidate, t, 0);
  double                  spread   = sqrt (2.0 * options->step_size * options->noise);
  double                 *proposal = path->proposals + from;
  double rate = options->step_size * weight (options->divergence, path->scores[candidate]);

  for (gsize i = 0; i < path->dimension; i++)
    proposal[i] = path->points[from + i] + rate * path->gradients[from + i] + spread * noise[i];
  dot_path_clip (path, proposal);
}

static gboolean
update (DotPath *path, guint t, GError **error)
{
  for (gsize b = 0; b < path->run->batch; b++)
    propose (path, b, t);
  return dot_path_accept_all (path, t, error);
}

const DotMethodClass dot_method_dgflow = {
  .kind      = DOT_METHOD_KIND_PATH,
  .step_size = 0.1,
  .updates   = 25,
  .update    = update,
  .assumes = N_ ("The score is the logarithm of the density ratio where the flow begins, so "
                 "it takes few steps; nothing holds latents near the prior."),
};
