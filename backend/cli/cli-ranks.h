/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which of the processes of a training this one is. */

#pragma once

#include "train/ranks.h"

/**
 * CliRanksTexts:
 * @ranks, @rank, @rendezvous, @timeout: (nullable): what was given on the
 *   command line
 */
typedef struct
{
  char *ranks;
  char *rank;
  char *rendezvous;
  char *timeout;
} CliRanksTexts;

gboolean cli_ranks_parse (CliRanksTexts *texts, DotRanksOptions *options, GError **error);
