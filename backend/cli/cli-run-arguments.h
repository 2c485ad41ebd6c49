/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What decides a run, for every command that has one. */

#pragma once

#include "dot.h"

/* Which options of a run a command has. */
typedef enum
{
  CLI_RUN_ALL,
  CLI_RUN_SAMPLES, /* those of one run only are left out */
  CLI_RUN_PAIR     /* which pair, and what computes it */
} CliRunKind;

GOptionEntry *cli_run_arguments_join (const GOptionEntry *own, CliRunKind kind);
gboolean      cli_run_arguments_given (const char *name);
gboolean      cli_run_arguments_as_json (void);
gboolean      cli_run_arguments_read (DotRefineOptions *options, GError **error);
