/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine experiment is told. */

#pragma once

#include "dot.h"
#include "base/shard.h"
#include "experiment/experiment.h"

/**
 * CliExperimentArguments:
 * @class: (nullable): the experiment; %NULL: they are to be listed
 * @values: (nullable): its options
 * @work: (nullable): where finished parts are kept
 * @shard: what is made here
 * @output: (nullable): the folder for its files
 * @as_json: whether the rows are printed as JSON
 */
typedef struct
{
  const DotExperimentClass *class;
  DotExperimentValues *values;
  char                *work;
  DotShard             shard;
  char                *output;
  gboolean             as_json;
} CliExperimentArguments;

CliExperimentArguments *cli_experiment_arguments_parse (int argc, char **argv, GError **error);
void                    cli_experiment_arguments_free (CliExperimentArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliExperimentArguments, cli_experiment_arguments_free)
