/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

/**
 * DotCalibrateOptions:
 * @against: (nullable): real pictures: a path as in #DotDatasetOptions
 * @real_scores: (nullable): an .npy of real pictures' scores instead: (n), or
 *   (n, 2) of labels and scores
 * @samples: how many real pictures of a class are looked at, at most
 * @batch: how many at once
 * @progress: (nullable): told how much is done
 * @notice: (nullable): told what is left out
 */
typedef struct
{
  const char     *against;
  const char     *real_scores;
  gsize           samples;
  gsize           batch;
  DotProgressFunc progress;
  DotNoticeFunc   notice;
  gpointer        user_data;
} DotCalibrateOptions;

GPtrArray *dot_real_scores_read (DotPair                   *pair,
                                 const DotCalibrateOptions *options,
                                 GCancellable              *cancellable,
                                 GError                   **error);
gsize      dot_real_scores_count_labels (DotPair *pair);

G_END_DECLS
