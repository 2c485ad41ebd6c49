/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "base/random.h"

void dot_latent_draw (DotPrior  prior,
                      guint32   seed,
                      DotStream stream,
                      double   *latent,
                      gsize     dimension);
void dot_latent_truncate (DotPrior prior,
                          guint32  seed,
                          double   truncation,
                          double  *latent,
                          gsize    dimension);
void dot_latent_draw_number (DotPrior  prior,
                             guint32   seed,
                             DotStream stream,
                             guint32   number,
                             double    truncation,
                             double   *latent,
                             gsize     dimension);
void dot_latent_between (DotPrior      prior,
                         const double *from,
                         const double *to,
                         double        t,
                         double       *latent,
                         gsize         dimension);
