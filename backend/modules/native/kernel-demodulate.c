/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the output of a convolution is divided by whose input was scaled by a
 * style: the length that its weights have with these scales. */

#include "view.h"

#include "network/network.h"

#include <math.h>

/* Numbers of a style whose gradient is summed at once: a cache line. */
#define STRIPE 16

static double
sum_squares (const float *weight, const float *in, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) weight[i] * ((double) in[i] * in[i]);
  return sum;
}

/**
 * dot_kernel_demodulate:
 * @out: (batch, 2 · channels): scales, then shifts
 * @in: (batch, stride)
 * @shift: (channels)
 *
 * 1 / √(W in² + 1e−8), and @shift.
 */
void
dot_kernel_demodulate (DotContext            *context,
                       float                 *out,
                       const float           *in,
                       gsize                  batch,
                       const DotDemodulation *how,
                       const float           *shift)
{
  gsize n = how->channels;

#pragma omp parallel for schedule(static) if (batch * n * how->columns > ALONE)
  for (gsize i = 0; i < batch * n; i++)
    {
      const float *from = in + i / n * how->stride;
      float       *to   = out + i / n * 2 * n + i % n;
      double       sum  = sum_squares (how->weight + i % n * how->columns, from, how->columns);

      to[0] = (float) (1.0 / sqrt (sum + DOT_DEMODULATE_EPSILON));
      to[n] = shift[i % n];
    }
}

/**
 * dot_kernel_demodulate_gate:
 * @out: (batch, channels)
 * @gradient: (batch, 2 · channels): of which that of the scales is looked at
 * @result: (batch, 2 · channels): of dot_kernel_demodulate()
 *
 * The gradient with respect to what the square root is of, times −2.
 */
void
dot_kernel_demodulate_gate (DotContext  *context,
                            float       *out,
                            const float *gradient,
                            const float *result,
                            gsize        batch,
                            gsize        channels)
{
  for (gsize i = 0; i < batch * channels; i++)
    {
      gsize at    = i / channels * 2 * channels + i % channels;
      float scale = result[at];

      out[i] = gradient[at] * (scale * scale * scale);
    }
}

/* @first: of the numbers of a style */
static void
sum_stripe (double *sums, const float *gate, const DotDemodulation *how, gsize first, gsize n)
{
  for (gsize o = 0; o < how->channels; o++)
    {
      const float *weight = how->weight + o * how->columns + first;

      for (gsize i = 0; i < n; i++)
        sums[i] += (double) gate[o] * weight[i];
    }
}

/* Numbers that don't count have none. */
static void
back_stripe (float                 *out,
             const float           *gate,
             const float           *in,
             const DotDemodulation *how,
             gsize                  first,
             gboolean               accumulate)
{
  gsize  n            = MIN (STRIPE, how->stride - first);
  gsize  counted      = first < how->columns ? MIN (n, how->columns - first) : 0;
  double sums[STRIPE] = { 0.0 };

  sum_stripe (sums, gate, how, first, counted);
  for (gsize i = 0; i < n; i++)
    out[first + i] = (float) ((accumulate ? out[first + i] : 0.0f) - in[first + i] * sums[i]);
}

/**
 * dot_kernel_demodulate_back:
 * @out: (batch, stride): the gradient with respect to @in
 * @gate: (batch, channels): of dot_kernel_demodulate_gate()
 * @in: (batch, stride)
 *
 * The gradient of dot_kernel_demodulate(): −in · Wᵀ gate.
 */
void
dot_kernel_demodulate_back (DotContext            *context,
                            float                 *out,
                            const float           *gate,
                            const float           *in,
                            gsize                  batch,
                            const DotDemodulation *how,
                            gboolean               accumulate)
{
  gsize stripes = (how->stride + STRIPE - 1) / STRIPE;

#pragma omp parallel for schedule(static) if (batch * how->channels * how->columns > ALONE)
  for (gsize i = 0; i < batch * stripes; i++)
    {
      gsize sample = i / stripes;

      back_stripe (out + sample * how->stride, gate + sample * how->channels,
                   in + sample * how->stride, how, i % stripes * STRIPE, accumulate);
    }
}
