/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The commands, which main.c dispatches to. */

#pragma once

#include <glib.h>

typedef enum
{
  CLI_EXIT_DONE      = 0,
  CLI_EXIT_FAILED    = 1,
  CLI_EXIT_USAGE     = 2,
  CLI_EXIT_CANCELLED = 130
} CliExit;

/**
 * CliCommandFunc:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * A command of dot-refine.  It prints its results on the standard output and
 * leaves it to main.c to print the error and to choose the exit code.
 *
 * Returns: whether it is done.
 */
typedef gboolean (*CliCommandFunc) (int argc, char **argv, GError **error);

gboolean cli_models (int argc, char **argv, GError **error);
gboolean cli_info (int argc, char **argv, GError **error);
gboolean cli_download (int argc, char **argv, GError **error);
gboolean cli_remove (int argc, char **argv, GError **error);
gboolean cli_import (int argc, char **argv, GError **error);
gboolean cli_refine (int argc, char **argv, GError **error);
gboolean cli_invert (int argc, char **argv, GError **error);
gboolean cli_evaluate (int argc, char **argv, GError **error);
gboolean cli_calibrate (int argc, char **argv, GError **error);
gboolean cli_statistics (int argc, char **argv, GError **error);
gboolean cli_emd (int argc, char **argv, GError **error);
gboolean cli_train (int argc, char **argv, GError **error);
gboolean cli_curves (int argc, char **argv, GError **error);
gboolean cli_experiment (int argc, char **argv, GError **error);
gboolean cli_bench (int argc, char **argv, GError **error);
gboolean cli_doctor (int argc, char **argv, GError **error);
void     cli_diagnostics (void);
