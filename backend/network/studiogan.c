/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The pairs of StudioGAN (Kang, Shin and Park, "StudioGAN: a taxonomy and
 * benchmark of GANs for image synthesis", TPAMI 2023) whose networks are built as
 * BigGAN's: SNGAN, SAGAN, BigGAN, ContraGAN, ReACGAN, 32 to 128 pixels. */

#include "architecture.h"

#include "biggan-discriminator.h"
#include "biggan-generator.h"

#include "base/intl.h"

static gboolean
describe_generator_studiogan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  return dot_biggan_generator_describe (dot_biggan_names_find (TRUE, weights), weights, shape,
                                        error);
}

static gboolean
describe_discriminator_studiogan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  return dot_biggan_discriminator_describe (dot_biggan_names_find (TRUE, weights), weights, shape,
                                            error);
}

static DotNetwork *
read_generator_studiogan (DotWeights         *weights,
                          const DotPairShape *shape,
                          DotForm             form,
                          GError            **error)
{
  return dot_biggan_generator_read (dot_biggan_names_find (TRUE, weights), weights, shape, error);
}

static DotNetwork *
read_discriminator_studiogan (DotWeights         *weights,
                              const DotPairShape *shape,
                              DotForm             form,
                              GError            **error)
{
  return dot_biggan_discriminator_read (dot_biggan_names_find (TRUE, weights), weights, shape,
                                        error);
}

const DotArchitecture dot_studiogan = {
  .name                   = "studiogan",
  .label                  = N_ ("StudioGAN"),
  .named                  = TRUE,
  .describe_generator     = describe_generator_studiogan,
  .describe_discriminator = describe_discriminator_studiogan,
  .read_generator         = read_generator_studiogan,
  .read_discriminator     = read_discriminator_studiogan,
};
