/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine evaluate prints. */

#pragma once

#include "metrics/constants.h"
#include "cli-evaluate-arguments.h"

/**
 * CliEvaluateBlock:
 * @features: (nullable): the network's file
 * @reference: (nullable): the real pictures, as it sees them
 * @rows: a row a number of updates
 *
 * What one feature network says, or, where there is none, the discriminator alone.
 */
typedef struct
{
  const char    *features;
  DotStatistics *reference;
  DotEvaluation *rows;
} CliEvaluateBlock;

/**
 * CliEvaluateResults:
 * @blocks: (element-type CliEvaluateBlock): one a network, at least one
 * @constants: (nullable) (element-type DotConstant): where they are asked for
 */
typedef struct
{
  GArray *blocks;
  GArray *constants;
} CliEvaluateResults;

void cli_evaluate_results_init (CliEvaluateResults *results, const CliEvaluateArguments *arguments);
void cli_evaluate_results_print (const CliEvaluateResults   *results,
                                 const CliEvaluateArguments *arguments,
                                 DotPair                    *pair);
void cli_evaluate_results_print_shard (const CliEvaluateResults   *results,
                                       const CliEvaluateArguments *arguments);
void cli_evaluate_results_clear (CliEvaluateResults *results);
