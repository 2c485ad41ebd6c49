/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotCost:
 * @DOT_COST_SQUARED: ‖x − y‖²
 * @DOT_COST_EUCLID: ‖x − y‖
 *
 * What moving a point to another costs.
 */
typedef enum
{
  DOT_COST_SQUARED,
  DOT_COST_EUCLID
} DotCost;

gboolean dot_emd (const double *one,
                  gsize         n,
                  const double *other,
                  gsize         m,
                  gsize         dimension,
                  DotCost       cost,
                  double       *emd,
                  GCancellable *cancellable,
                  GError      **error);

G_END_DECLS
