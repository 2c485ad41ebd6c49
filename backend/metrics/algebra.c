/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "algebra.h"

#include "base/module.h"

/**
 * dot_algebra_load:
 *
 * Loads the module that knows linear algebra and transport problems, at the first
 * call.
 *
 * Returns: (transfer none): it, or %NULL with %DOT_ERROR_NO_BACKEND
 */
const DotMetricsClass *
dot_algebra_load (GError **error)
{
  return dot_module_load (DOT_METRICS_MODULE, DOT_METRICS_SYMBOL, DOT_METRICS_ABI, error);
}
