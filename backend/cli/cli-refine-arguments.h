/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine refine is told. */

#pragma once

#include "dot.h"

/**
 * CliRefineArguments:
 * @options: what decides the run
 * @out: (nullable): the folder for the pictures
 * @trace: (nullable): the .npz for every update
 * @exports: of #DotExportOptions: files to make of all kept updates
 * @as_json: whether the results are printed as JSON
 */
typedef struct
{
  DotRefineOptions *options;
  char             *out;
  char             *trace;
  GPtrArray        *exports;
  gboolean          as_json;
} CliRefineArguments;

CliRefineArguments *cli_refine_arguments_parse (int argc, char **argv, GError **error);
void                cli_refine_arguments_free (CliRefineArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRefineArguments, cli_refine_arguments_free)
