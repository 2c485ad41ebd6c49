/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "data/dataset.h"
#include "ranks.h"

G_BEGIN_DECLS

/**
 * DotTrainGenerateFunc:
 * @first: the number of the first picture: the same number is the same picture
 * @images: (out): (n, C, H, W) of the averaged generator
 * @labels: (nullable) (out): (n)
 *
 * How an evaluator gets pictures.
 */
typedef gboolean (*DotTrainGenerateFunc) (gpointer source,
                                          guint64  first,
                                          gsize    n,
                                          float   *images,
                                          gint32  *labels,
                                          GError **error);

/**
 * DotTrainMeasures:
 * @inception_score: and its deviation
 *
 * What an evaluator finds; NaN where something isn't computed.
 */
typedef struct
{
  double inception_score[2];
  double fid;
} DotTrainMeasures;

/**
 * DotTrainPrepareFunc:
 * @dataset: the real pictures, which stay as long as the run
 *
 * Gets an evaluator ready before the first step: what it can't do it says then.
 */
typedef gboolean (*DotTrainPrepareFunc) (DotDataset   *dataset,
                                         gpointer      user_data,
                                         GCancellable *cancellable,
                                         GError      **error);

/**
 * DotTrainEvaluateFunc:
 * @generate: with @source, makes pictures of what is trained
 * @measures: (out): what was found
 *
 * Measures what is trained.
 */
typedef gboolean (*DotTrainEvaluateFunc) (DotTrainGenerateFunc generate,
                                          gpointer             source,
                                          DotTrainMeasures    *measures,
                                          gpointer             user_data,
                                          GCancellable        *cancellable,
                                          GError             **error);

/**
 * DotTrainOptions:
 * @out: the run's folder
 * @device: where to compute
 * @n_threads: 0 for as many as the processor has
 * @ranks: which of the processes that train together this one is; without a
 *   rendezvous they meet by a file in @out.  Rank 0 alone writes there
 * @trust: whether a judge's feature network may run wherever it lies; it is a
 *   program
 * @prepare: (nullable): called before the first step
 * @evaluate: (nullable): fills the log's inception score and FID
 * @progress: (nullable): told about it, in the thread that trains
 * @notice: (nullable): told what of the data is left out, in that thread
 */
typedef struct
{
  const char          *out;
  DotDevice            device;
  guint                n_threads;
  DotRanksOptions      ranks;
  gboolean             trust;
  DotTrainPrepareFunc  prepare;
  DotTrainEvaluateFunc evaluate;
  gpointer             evaluate_data;
  DotProgressFunc      progress;
  DotNoticeFunc        notice;
  gpointer             user_data;
  GCancellable        *cancellable;
} DotTrainOptions;

G_END_DECLS
