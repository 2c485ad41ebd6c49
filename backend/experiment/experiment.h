/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-class.h"

#include "base/shard.h"

G_BEGIN_DECLS

/**
 * DotExperimentRun:
 * @work: (nullable): the folder of finished parts; one in the person's cache, until
 *   the end, where it is %NULL
 * @shard: what is made here; %DOT_SHARD_NONE for all
 * @progress: (nullable): told how much is done
 * @notice: (nullable): told what a person should know, though it is no failure
 *
 * How an experiment is made.
 */
typedef struct
{
  const char     *work;
  DotShard        shard;
  DotProgressFunc progress;
  void (*notice) (const char *sentence, gpointer user_data);
  gpointer user_data;
} DotExperimentRun;

const DotExperimentClass *const *dot_experiment_list (guint *n);
const DotExperimentClass        *dot_experiment_find (const char *name, GError **error);

DotExperiment *dot_experiment_new (const DotExperimentClass *class, DotExperimentValues *values);
void           dot_experiment_free (DotExperiment *experiment);

/* What it comes to; dot_experiment_run() is in experiment-run.h. */
DotExperimentTable *dot_experiment_join (DotExperiment *experiment,
                                         GPtrArray     *results,
                                         GError       **error);
void                dot_experiment_write_json (DotExperiment            *experiment,
                                               const DotExperimentTable *table,
                                               JsonBuilder              *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotExperiment, dot_experiment_free)

G_END_DECLS
