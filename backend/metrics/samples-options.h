/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include "base/shard.h"

G_BEGIN_DECLS

/**
 * DotSamplesOptions:
 * @run: the pair's options and the transport's; @seed is the first sample's, and
 *   its class_name %NULL for all classes in turn; its count, updates, labels,
 *   latents, states and keep_every aren't looked at
 * @count: how many samples
 * @batch: how many are refined at once
 * @updates: (n_updates) after how many updates they are looked at, ascending
 * @n_updates: how many there are, at least 1
 * @work: (nullable): the folder where what is finished is kept; the person's
 *   cache, until the end, where it is %NULL
 * @shard: which batches are made
 */
typedef struct
{
  const DotRefineOptions *run;
  gsize                   count;
  gsize                   batch;
  const guint            *updates;
  guint                   n_updates;
  const char             *work;
  DotShard                shard;
} DotSamplesOptions;

gsize dot_samples_options_count_batches (const DotSamplesOptions *options);

G_END_DECLS
