/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run came to. */

#pragma once

#include "cli-refine-arguments.h"

typedef struct _CliResults CliResults;

CliResults *cli_results_new (void);
void        cli_results_free (CliResults *results);
void cli_results_add (CliResults *results, const DotStep *step, gsize candidate, const char *file);
void cli_results_print_table (CliResults *results);
void cli_results_print_json (CliResults               *results,
                             DotPair                  *pair,
                             const CliRefineArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResults, cli_results_free)
