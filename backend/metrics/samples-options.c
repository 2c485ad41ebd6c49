/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which samples are made, and in how many parts. */

#include "samples-options.h"

/**
 * dot_samples_options_count_batches:
 *
 * Returns: how many parts the samples are made in
 */
gsize
dot_samples_options_count_batches (const DotSamplesOptions *options)
{
  return (options->count + options->batch - 1) / options->batch;
}
