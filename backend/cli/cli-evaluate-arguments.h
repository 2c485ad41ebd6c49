/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine evaluate is told. */

#pragma once

#include "dot.h"
#include "metrics/evaluation.h"

/* Pictures that are refined, and looked at, at once. */
#define CLI_EVALUATE_BATCH 50

/**
 * CliEvaluateArguments:
 * @options: what decides the runs
 * @samples: how many pictures, batches and updates; points into this struct
 * @updates: (element-type guint): ascending
 * @metrics: which are wanted
 * @kid: how KID is computed
 * @against: (nullable): where the real pictures are
 * @features: the feature networks
 * @work: (nullable): where finished batches are kept
 * @as_json: whether the results are printed as JSON
 * @default_metrics: whether @metrics are those that nobody has asked for
 */
typedef struct
{
  DotRefineOptions *options;
  DotSamplesOptions samples;
  GArray           *updates;
  DotMetrics        metrics;
  DotKidOptions     kid;
  char             *against;
  GStrv             features;
  char             *work;
  gboolean          as_json;
  gboolean          default_metrics;
} CliEvaluateArguments;

CliEvaluateArguments *cli_evaluate_arguments_parse (int argc, char **argv, GError **error);
void                  cli_evaluate_arguments_free (CliEvaluateArguments *arguments);
GStrv                 cli_evaluate_arguments_list_wnids (DotModel *model, const DotClass *only);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliEvaluateArguments, cli_evaluate_arguments_free)
