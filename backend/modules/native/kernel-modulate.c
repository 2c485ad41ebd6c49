/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Sums over the pixels of a picture, channel by channel. */

#include "view.h"

/* Channels that are summed at once: a cache line. */
#define STRIPE 16

/* @first: of the channels; in the same order whatever the threads */
static void
sum_stripe (float    *out,
            DotView   gradient,
            DotView   in,
            gsize     sample,
            DotPixels pixels,
            gsize     first,
            gboolean  accumulate)
{
  gsize  n                = MIN (STRIPE, pixels.channels - first);
  float *place            = out + 2 * sample * pixels.channels + first;
  double products[STRIPE] = { 0.0 };
  double sums[STRIPE]     = { 0.0 };

  for (gsize p = sample * pixels.count; p < (sample + 1) * pixels.count; p++)
    {
      float a[STRIPE];
      float b[STRIPE];
      gsize at = p * pixels.channels + first;

      dot_row_products (products, sums, view_load (gradient, at, n, a), view_load (in, at, n, b),
                        n);
    }
  for (gsize i = 0; i < n; i++)
    {
      float *shift = place + pixels.channels + i;

      place[i] = (float) (products[i] + (accumulate ? place[i] : 0.0f));
      *shift   = (float) (sums[i] + (accumulate ? *shift : 0.0f));
    }
}

/**
 * dot_kernel_modulate_rows:
 * @out: (batch, 2 · channels): of scales, then of shifts
 * @in: what was scaled and shifted
 * @pixels: of one sample
 *
 * The gradient with respect to scales and shifts that each sample has for each
 * channel: ∑ gradient · in, and ∑ gradient.
 */
void
dot_kernel_modulate_rows (DotContext *context,
                          float      *out,
                          DotView     gradient,
                          DotView     in,
                          gsize       batch,
                          DotPixels   pixels,
                          gboolean    accumulate)
{
  gsize stripes = (pixels.channels + STRIPE - 1) / STRIPE;

#pragma omp parallel for schedule(static) if (batch * pixels.count * pixels.channels > ALONE)
  for (gsize i = 0; i < batch * stripes; i++)
    sum_stripe (out, gradient, in, i / stripes, pixels, i % stripes * STRIPE, accumulate);
}
