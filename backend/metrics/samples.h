/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "features.h"

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

/**
 * DotSamples:
 * @count: N
 * @n_updates: U
 * @n_features: F; 0 where no network was asked
 * @n_classes: C
 * @features: (U, N, F)
 * @probabilities: (U, N, C)
 * @scores: (U, N) the discriminator's
 *
 * What is known of a pair's pictures after some numbers of updates.
 */
typedef struct
{
  gsize  count;
  guint  n_updates;
  gsize  n_features;
  gsize  n_classes;
  float *features;
  float *probabilities;
  float *scores;
} DotSamples;

gsize       dot_samples_count_batches (const DotSamplesOptions *options);
DotSamples *dot_samples_make (DotPair                 *pair,
                              const DotSamplesOptions *options,
                              DotFeatures             *network,
                              DotProgressFunc          progress,
                              gpointer                 user_data,
                              GCancellable            *cancellable,
                              GError                 **error);
void        dot_samples_free (DotSamples *samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotSamples, dot_samples_free)

G_END_DECLS
