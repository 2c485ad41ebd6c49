/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_LATENT_H__
#define __DOT_LATENT_H__

#include "dot.h"

/* Streams keep what one seed draws for different ends apart. */
typedef enum
{
  DOT_STREAM_LATENT,
  DOT_STREAM_LIPSCHITZ,
  DOT_STREAM_SUBSET
} DotStream;

void dot_philox_block (const guint32 counter[4], const guint32 key[2], guint32 block[4]);
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
void dot_latent_between (DotPrior      prior,
                         const double *from,
                         const double *to,
                         double        t,
                         double       *latent,
                         gsize         dimension);

#endif /* __DOT_LATENT_H__ */
