/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* BigGAN (Brock, Donahue and Simonyan, "Large scale GAN training for high
 * fidelity natural image synthesis", ICLR 2019), 32 to 256 pixels.  How many
 * blocks and channels there are is read from the file. */

#include "architecture.h"

#include "biggan-discriminator.h"
#include "biggan-generator.h"

#include "base/intl.h"

static gboolean
describe_generator_biggan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  return dot_biggan_generator_describe (dot_biggan_names_find (FALSE, weights), weights, shape,
                                        error);
}

static gboolean
describe_discriminator_biggan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  return dot_biggan_discriminator_describe (dot_biggan_names_find (FALSE, weights), weights, shape,
                                            error);
}

static DotNetwork *
read_generator_biggan (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  return dot_biggan_generator_read (dot_biggan_names_find (FALSE, weights), weights, shape, error);
}

static DotNetwork *
read_discriminator_biggan (DotWeights         *weights,
                           const DotPairShape *shape,
                           DotForm             form,
                           GError            **error)
{
  return dot_biggan_discriminator_read (dot_biggan_names_find (FALSE, weights), weights, shape,
                                        error);
}

const DotArchitecture dot_biggan = {
  .name                   = "biggan",
  .label                  = N_ ("BigGAN"),
  .named                  = TRUE,
  .describe_generator     = describe_generator_biggan,
  .describe_discriminator = describe_discriminator_biggan,
  .read_generator         = read_generator_biggan,
  .read_discriminator     = read_discriminator_biggan,
};
