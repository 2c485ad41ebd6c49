/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Noise that is always the same, added to all channels. */

#include "view.h"

/* @first: of some channels of a pixel */
static void
add_noise (DotView out, DotView in, gsize first, gsize n, float number, const DotNoise *noise)
{
  float  from[PIECE];
  float  to[PIECE];
  float *y = view_begin (out, first, to);

  dot_row_shift (y, view_load (in, first, n, from), number, n);
  dot_row_activate (y, y, noise->activation, n);
  if (noise->limit > 0.0f)
    dot_row_clamp (y, y, noise->limit, n);
  view_store (out, first, n, y);
}

/**
 * dot_kernel_noise:
 * @out: may be @in
 * @pixels: of one sample
 *
 * out = activation (in + the pixel's noise), and maybe clamped.
 */
void
dot_kernel_noise (DotContext     *context,
                  DotView         out,
                  DotView         in,
                  gsize           batch,
                  DotPixels       pixels,
                  const DotNoise *noise)
{
  gsize all = batch * pixels.count;

#pragma omp parallel for schedule(static) if (all * pixels.channels > ALONE)
  for (gsize p = 0; p < all; p++)
    for (gsize c = 0; c < pixels.channels; c += PIECE)
      add_noise (out, in, p * pixels.channels + c, MIN (PIECE, pixels.channels - c),
                 noise->pixels[p % pixels.count], noise);
}
