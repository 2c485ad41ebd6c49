/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "data/batches.h"
#include "checkpoint.h"
#include "train-config.h"
#include "train-log.h"
#include "train-options.h"

#include "base/lock.h"
#include "network/architecture.h"

G_BEGIN_DECLS

/* What is summed up for the log's next row. */
enum
{
  DOT_SUM_DISCRIMINATOR_LOSS,
  DOT_SUM_PENALTY,
  DOT_SUM_SLOPE,
  DOT_SUM_REAL_SCORE,
  DOT_SUM_FAKE_SCORE,
  DOT_SUM_DISCRIMINATOR_UPDATES,
  DOT_SUM_GENERATOR_LOSS,
  DOT_SUM_GENERATOR_UPDATES,
  DOT_SUM_PROJECTED_LOSS,
  DOT_SUM_PROJECTED_REAL_SCORE,
  DOT_SUM_PROJECTED_FAKE_SCORE,
  DOT_SUM_PROJECTED_GENERATOR_LOSS,
  DOT_SUM_TEXTURE_LOSS
};

/**
 * DotTrainRun:
 * @shape: of the pair
 * @lock: on its folder
 * @ranks: (nullable): the processes that train together
 * @first, @n: which part of each batch is this one's
 * @items: numbers of one picture
 * @checksum: of the configuration and of the feature network, where there is
 *   one
 * @images … @generator_numbers: room for one batch
 * @began: when it began or went on, in microseconds
 *
 * A training on its way.
 */
typedef struct
{
  const DotTrainConfig  *config;
  const DotTrainOptions *options;
  DotDataset            *dataset;
  DotBatches            *batches;
  DotTrainer            *trainer;
  DotPairShape           shape;
  DotTrainState          state;
  DotLock                lock;
  DotRanks              *ranks;
  guint                  first;
  guint                  n;
  gsize                  items;
  char                  *log;
  char                  *checksum;
  gint64                 began;
  float                 *images;
  gint32                *labels;
  float                 *latents;
  gint32                *fake_labels;
  gint32                *wrong_labels;
  float                 *mixing;
  float                 *real_numbers;
  float                 *fake_numbers;
  float                 *generator_numbers;
} DotTrainRun;

gboolean           dot_train_run_open (DotTrainRun           *run,
                                       const DotTrainConfig  *config,
                                       const DotTrainOptions *options,
                                       GError               **error);
DotProjectedHeads *dot_train_run_judges_open (DotTrainRun         *run,
                                              const char          *folder,
                                              DotTrainerProjected *options,
                                              GError             **error);
void               dot_train_run_clear (DotTrainRun *run);
gboolean           dot_train_run_is_first (const DotTrainRun *run);
gboolean           dot_train_run_ranks_divide (DotTrainRun *run, GError **error);
gboolean           dot_train_run_ranks_join (DotTrainRun *run, GError **error);
gboolean           dot_train_run_ranks_share (DotTrainRun *run, GError **error);
gboolean           dot_train_run_step (DotTrainRun *run, GError **error);
gboolean           dot_train_run_refine (DotTrainRun *run, const gint32 *labels, GError **error);
gboolean           dot_train_run_step_finish (DotTrainRun *run, GError **error);
gboolean           dot_train_run_estimate_statistics (DotTrainRun *run, gsize n, GError **error);
void               dot_train_run_fill_form (const DotTrainRun *run, DotTrainRow *row);
gboolean           dot_train_run_report (DotTrainRun *run, GError **error);
gboolean           dot_train_run_save (DotTrainRun *run, GError **error);
gboolean           dot_train_run_save_weights (DotTrainRun *run, GError **error);
gboolean           dot_train_run_outdate (DotTrainRun *run, GError **error);
char              *dot_train_run_finish (DotTrainRun *run, GError **error);
gboolean           dot_train_run_samples_draw (DotTrainRun *run, GError **error);
void dot_train_run_show_progress (DotTrainRun *run, const char *message, double fraction);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotTrainRun, dot_train_run_clear)

G_END_DECLS
