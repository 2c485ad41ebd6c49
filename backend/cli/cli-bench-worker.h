/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One measurement, in a process of its own. */

#pragma once

#include "cli-bench-arguments.h"

gboolean cli_bench_worker_run (const CliBenchCase *one, GCancellable *cancellable, GError **error);
gboolean cli_bench_worker_find_peak (DotPrecision precision, GError **error);
