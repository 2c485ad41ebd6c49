/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* Which pixels a bilinear one is between, along one axis.  Every device
 * computes it in the same way. */

#include <glib.h>

#include <math.h>

G_BEGIN_DECLS

#ifdef __CUDACC__
#define DOT_TAP static inline __host__ __device__
#else
#define DOT_TAP static inline
#endif

/**
 * DotTap:
 * @first, @second: pixels of the input, the same one at its end
 * @weights: of both; they add up to 1
 */
typedef struct
{
  gsize first;
  gsize second;
  float weights[2];
} DotTap;

/* @i: pixel of the output; @in, @out: how many there are */
DOT_TAP DotTap
dot_tap_find (gsize i, gsize in, gsize out)
{
  float  at  = (float) in / (float) out * ((float) i + 0.5f) - 0.5f;
  DotTap tap = { 0, 0, { 0.0f, 0.0f } };

  if (at < 0.0f)
    at = 0.0f;
  tap.first      = (gsize) at;
  tap.first      = tap.first < in ? tap.first : in - 1;
  tap.second     = tap.first + 1 < in ? tap.first + 1 : in - 1;
  tap.weights[1] = at - (float) tap.first;
  tap.weights[0] = 1.0f - tap.weights[1];
  return tap;
}

/* The first pixel of the output that may take from pixel @i of the input. */
DOT_TAP gsize
dot_tap_begin (gsize i, gsize in, gsize out)
{
  double at = floor (((double) i - 0.5) * out / in - 0.5) - 1.0;

  return at < 0.0 ? 0 : (gsize) at;
}

/* The one after the last. */
DOT_TAP gsize
dot_tap_end (gsize i, gsize in, gsize out)
{
  double at = ceil (((double) i + 1.5) * out / in - 0.5) + 2.0;

  return at > (double) out ? out : (gsize) at;
}

G_END_DECLS
