/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotInversionPoint:
 * @latent: (d)
 * @image: (C, H, W): what it makes
 * @distance: of that from the target
 *
 * Where a search is.
 */
typedef struct
{
  double *latent;
  float  *image;
  double *distance;
} DotInversionPoint;

gboolean dot_inversion_polish (DotPair                 *pair,
                               guint                    label,
                               const double            *target,
                               const DotInversionPoint *point,
                               guint                    steps,
                               GCancellable            *cancellable,
                               GError                 **error);

G_END_DECLS
