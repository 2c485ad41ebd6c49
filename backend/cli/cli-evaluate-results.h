/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine evaluate prints. */

#pragma once

#include "metrics/constants.h"
#include "cli-evaluate-arguments.h"

/**
 * CliEvaluateResults:
 * @rows: a row a number of updates
 * @constants: (nullable) (element-type DotConstant): where they are asked for
 */
typedef struct
{
  DotEvaluation *rows;
  GArray        *constants;
} CliEvaluateResults;

void cli_evaluate_results_print (const CliEvaluateResults   *results,
                                 const CliEvaluateArguments *arguments,
                                 DotPair                    *pair,
                                 const DotStatistics        *reference);
void cli_evaluate_results_print_shard (const CliEvaluateResults   *results,
                                       const CliEvaluateArguments *arguments);
void cli_evaluate_results_clear (CliEvaluateResults *results);
