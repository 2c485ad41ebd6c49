/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine bench is told. */

#pragma once

#include "dot.h"

/**
 * CliBenchRole:
 * @CLI_BENCH_MEASURE: starts the others, and says what came of it
 * @CLI_BENCH_WORKER: refines one batch in one way
 * @CLI_BENCH_PEAK: finds out how fast the processor could be
 *
 * Each measurement is a process of its own, so that its memory and its start
 * are its own too.
 */
typedef enum
{
  CLI_BENCH_MEASURE,
  CLI_BENCH_WORKER,
  CLI_BENCH_PEAK
} CliBenchRole;

/**
 * CliBenchCase:
 * @model: an id, or %CLI_BENCH_RANDOM; belongs to the arguments
 *
 * One way to compute: a line of the table.
 */
typedef struct
{
  const char  *model;
  DotEngine    engine;
  DotDevice    device;
  DotPrecision precision;
  guint        batch;
} CliBenchCase;

/**
 * CliBenchArguments:
 * @cases: (element-type CliBenchCase): engines × precisions × batches
 * @precisions: (element-type DotPrecision): those of the cases, each once and
 *   by its own name
 * @updates: how many to time in each case
 */
typedef struct
{
  char        *model;
  GArray      *cases;
  GArray      *precisions;
  guint        updates;
  gboolean     as_json;
  CliBenchRole role;
} CliBenchArguments;

CliBenchArguments *cli_bench_arguments_parse (int argc, char **argv, GError **error);
void               cli_bench_arguments_free (CliBenchArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliBenchArguments, cli_bench_arguments_free)
