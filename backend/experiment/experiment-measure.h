/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-class.h"

#include "metrics/evaluation.h"

#include "base/intl.h"

G_BEGIN_DECLS

/* The options of which pictures, as they stand in an experiment's own. */
#define DOT_EXPERIMENT_SAMPLE_OPTIONS                                                       \
  { "samples",           DOT_EXPERIMENT_OPTION_COUNT,                                       \
    .initial = "5000",   .minimum = 1,                                                      \
    .maximum = 10000000, .help = N_ ("How many pictures, of all classes in turn (5000)") }, \
    { "batch",          DOT_EXPERIMENT_OPTION_COUNT,                                        \
      .initial = "50",  .minimum = 1,                                                       \
      .maximum = 10000, .help = N_ ("How many are refined at once (50)") },                 \
  {                                                                                         \
    "seed", DOT_EXPERIMENT_OPTION_COUNT, .initial = "0", .maximum = DOT_MAX_SEED,           \
      .help = N_ ("Decides the first sample's latent; the next ones follow (0)")            \
  }

/* How DOT refines them, as the paper does; HELP says what OPTIMIZER is. */
#define DOT_EXPERIMENT_TRANSPORT_OPTIONS(OPTIMIZER, HELP)             \
  { "optimizer", DOT_EXPERIMENT_OPTION_WORD, .initial = OPTIMIZER,    \
    .enum_type = dot_optimizer_get_type, .help = HELP },              \
    { "rate",                                                         \
      DOT_EXPERIMENT_OPTION_NUMBER,                                   \
      .initial = "0.01",                                              \
      .minimum = 1e-9,                                                \
      .maximum = 1e6,                                                 \
      .help    = N_ ("How far a step goes (0.01)") },                    \
  {                                                                   \
    "projection", DOT_EXPERIMENT_OPTION_WORD, .initial = "paper",     \
      .enum_type = dot_projection_get_type,                           \
      .help      = N_ ("What keeps a normal latent's length (paper)") \
  }

/**
 * DotExperimentMeasure:
 * @pair: which of the experiment's models
 * @run: how it is refined, from the first seed on
 * @updates: (n_updates) after how many updates pictures are looked at, ascending
 * @metrics: which are wanted; those that can't be had are NaN
 */
typedef struct
{
  guint                   pair;
  const DotRefineOptions *run;
  const guint            *updates;
  guint                   n_updates;
  DotMetrics              metrics;
} DotExperimentMeasure;

DotRefineOptions *dot_experiment_measure_new_run (DotExperiment *experiment, guint pair);
gboolean          dot_experiment_measure_check (DotExperiment          *experiment,
                                                const DotRefineOptions *run,
                                                GError                **error);
gboolean          dot_experiment_measure (DotExperiment              *experiment,
                                          const DotExperimentMeasure *measure,
                                          DotExperimentResult        *result,
                                          GCancellable               *cancellable,
                                          GError                    **error);
double            dot_experiment_measure_get (const DotExperimentResult *result,
                                              const char                *list,
                                              guint                      network,
                                              guint                      update);
gboolean          dot_experiment_measure_is_finite (const DotExperimentResult *result);

G_END_DECLS
