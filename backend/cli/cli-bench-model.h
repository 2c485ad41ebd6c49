/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

/* The model that is made when it is asked for. */
#define CLI_BENCH_RANDOM "random-128"

DotModel *cli_bench_model_find (const char *id, GCancellable *cancellable, GError **error);
