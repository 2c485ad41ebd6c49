/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Latents that are looked for stay such as the generator has seen. */

#include "inversion-prior.h"

#include "model/model.h"

#include <math.h>

/* Normal latents are about √d long; hardly any is longer by this. */
#define LONGER 3.0

static void
shorten (double *latent, gsize d)
{
  double longest = sqrt ((double) d) + LONGER;
  double squares = 0.0;

  for (gsize i = 0; i < d; i++)
    squares += latent[i] * latent[i];
  for (gsize i = 0; sqrt (squares) > longest && i < d; i++)
    latent[i] *= longest / sqrt (squares);
}

/**
 * dot_inversion_prior_constrain:
 * @latents: (inout): (n, d)
 *
 * Brings back what has left the prior.
 */
void
dot_inversion_prior_constrain (DotModel *model, double *latents, gsize n)
{
  gsize d = dot_model_get_latent_size (model);

  if (dot_model_get_prior (model) == DOT_PRIOR_UNIFORM)
    for (gsize i = 0; i < n * d; i++)
      latents[i] = CLAMP (latents[i], -1.0, 1.0);
  else
    for (gsize b = 0; b < n; b++)
      shorten (latents + b * d, d);
}
