/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* StyleGAN2 with adaptive discriminator augmentation (Karras, Aittala, Hellsten,
 * Laine, Lehtinen and Aila, "Training generative adversarial networks with limited
 * data", NeurIPS 2020), with and without classes, 8 to 1024 pixels, in the names of
 * its authors' files.  How many channels and layers there are is read from the
 * file. */

#include "architecture.h"

#include "stylegan2-discriminator.h"
#include "stylegan2-generator.h"

#include "base/intl.h"

static DotNetwork *
read_generator_stylegan2 (DotWeights         *weights,
                          const DotPairShape *shape,
                          DotForm             form,
                          GError            **error)
{
  return dot_stylegan2_generator_read (weights, shape, error);
}

static DotNetwork *
read_discriminator_stylegan2 (DotWeights         *weights,
                              const DotPairShape *shape,
                              DotForm             form,
                              GError            **error)
{
  return dot_stylegan2_discriminator_read (weights, shape, error);
}

const DotArchitecture dot_stylegan2 = {
  .name                   = "stylegan2",
  .label                  = N_ ("StyleGAN2"),
  .named                  = TRUE,
  .limits_numbers         = TRUE,
  .describe_generator     = dot_stylegan2_generator_describe,
  .describe_discriminator = dot_stylegan2_discriminator_describe,
  .read_generator         = read_generator_stylegan2,
  .read_discriminator     = read_discriminator_stylegan2,
};
