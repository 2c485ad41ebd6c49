/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The face of the module. */

#include "metrics/algebra.h"

#include <gmodule.h>

static const DotMetricsClass metrics = {
  .abi       = DOT_METRICS_ABI,
  .eigen     = dot_openblas_eigen,
  .singular  = dot_openblas_singular,
  .product   = dot_openblas_product,
  .gram      = dot_openblas_gram,
  .transport = dot_lemon_transport,
};

G_MODULE_EXPORT const DotMetricsClass *dot_metrics_module (void);

const DotMetricsClass *
dot_metrics_module (void)
{
  return &metrics;
}
