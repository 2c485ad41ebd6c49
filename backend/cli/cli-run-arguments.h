/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What decides a run, for every command that has one. */

#pragma once

#include "dot.h"

GOptionEntry *cli_run_arguments_join (const GOptionEntry *own, gboolean refine);
gboolean      cli_run_arguments_given (const char *name);
gboolean      cli_run_arguments_as_json (void);
gboolean      cli_run_arguments_read (DotRefineOptions *options, GError **error);
