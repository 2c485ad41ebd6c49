/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "features.h"
#include "samples-options.h"

G_BEGIN_DECLS

/**
 * DotSamplesFeatures:
 * @n_features: F
 * @n_classes: C
 * @features: (U, N, F)
 * @probabilities: (U, N, C)
 *
 * What one feature network makes of the pictures.
 */
typedef struct
{
  gsize  n_features;
  gsize  n_classes;
  float *features;
  float *probabilities;
} DotSamplesFeatures;

/**
 * DotSamples:
 * @count: N
 * @n_updates: U
 * @n_networks: how many feature networks were asked
 * @networks: (n_networks) in the order in which they were given
 * @scores: (U, N) the discriminator's
 * @drawn: (nullable): (U, N) how many latents were proposed, where the method refuses
 *   some
 * @accepted: (nullable): (U, N) how many of them it accepted
 * @refined: how many of them weren't kept from an earlier call
 * @seconds: that refining those took, without what networks looked at
 *
 * What is known of a pair's pictures after some numbers of updates.
 */
typedef struct
{
  gsize               count;
  guint               n_updates;
  guint               n_networks;
  DotSamplesFeatures *networks;
  float              *scores;
  float              *drawn;
  float              *accepted;
  gsize               refined;
  double              seconds;
} DotSamples;

DotSamples *dot_samples_make (DotPair                 *pair,
                              const DotSamplesOptions *options,
                              DotFeatures *const      *networks,
                              guint                    n_networks,
                              DotProgressFunc          progress,
                              gpointer                 user_data,
                              GCancellable            *cancellable,
                              GError                 **error);
void        dot_samples_free (DotSamples *samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotSamples, dot_samples_free)

G_END_DECLS
