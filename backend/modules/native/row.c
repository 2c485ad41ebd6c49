/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The loops that the compiler turns into vector instructions: each is
 * compiled for several processors, and the best is taken when the module is
 * loaded.  Outputs may be one of the inputs. */

#include "row.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__) && ! defined(__clang__)
#define VECTORIZED __attribute__ ((target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORIZED
#endif

/**
 * dot_row_widen:
 *
 * bfloat16 is the upper half of a float32.
 */
VECTORIZED void
dot_row_widen (float *out, const guint16 *in, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits = (guint32) in[i] << 16;

      memcpy (&out[i], &bits, sizeof (bits));
    }
}

/**
 * dot_row_narrow:
 *
 * Rounds to the nearest bfloat16, ties to even; a NaN stays one.
 */
VECTORIZED void
dot_row_narrow (guint16 *out, const float *in, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;
      guint32 rounded;

      memcpy (&bits, &in[i], sizeof (bits));
      rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
      out[i]  = (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : rounded;
    }
}

VECTORIZED void
dot_row_affine (float *out, const float *in, const float *scale, const float *shift, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = in[i] * scale[i] + shift[i];
}

VECTORIZED static void
relu (float *out, const float *in, float leak, gsize n)
{
  /* Written so that a NaN stays one. */
  for (gsize i = 0; i < n; i++)
    out[i] = in[i] < 0.0f ? leak * in[i] : in[i];
}

void
dot_row_activate (float *out, const float *in, DotActivation activation, gsize n)
{
  switch (activation)
    {
    case DOT_ACTIVATION_RELU:
      relu (out, in, 0.0f, n);
      break;
    case DOT_ACTIVATION_LEAKY_RELU:
      relu (out, in, DOT_ACTIVATION_LEAK, n);
      break;
    case DOT_ACTIVATION_TANH:
      for (gsize i = 0; i < n; i++)
        out[i] = tanhf (in[i]);
      break;
    case DOT_ACTIVATION_NONE:
      if (out != in)
        memcpy (out, in, n * sizeof (float));
    }
}

VECTORIZED static void
relu_gate (float *out, const float *gradient, const float *result, float leak, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = result[i] > 0.0f ? gradient[i] : leak * gradient[i];
}

VECTORIZED static void
tanh_gate (float *out, const float *gradient, const float *result, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = gradient[i] * (1.0f - result[i] * result[i]);
}

/**
 * dot_row_gate:
 * @result: of the activation
 *
 * The gradient before an activation from the one after it.
 */
void
dot_row_gate (float        *out,
              const float  *gradient,
              const float  *result,
              DotActivation activation,
              gsize         n)
{
  switch (activation)
    {
    case DOT_ACTIVATION_RELU:
      relu_gate (out, gradient, result, 0.0f, n);
      break;
    case DOT_ACTIVATION_LEAKY_RELU:
      relu_gate (out, gradient, result, DOT_ACTIVATION_LEAK, n);
      break;
    case DOT_ACTIVATION_TANH:
      tanh_gate (out, gradient, result, n);
      break;
    case DOT_ACTIVATION_NONE:
      if (out != gradient)
        memcpy (out, gradient, n * sizeof (float));
    }
}

VECTORIZED void
dot_row_shift (float *out, const float *in, float shift, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = in[i] + shift;
}

/**
 * dot_row_clamp:
 *
 * Keeps what is within ±@limit; a NaN stays one.
 */
VECTORIZED void
dot_row_clamp (float *out, const float *in, float limit, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      float lower = in[i] > limit ? limit : in[i];

      out[i] = lower < -limit ? -limit : lower;
    }
}

/**
 * dot_row_clamp_gate:
 * @result: what was kept
 *
 * The gradient before from the one after it.
 */
VECTORIZED void
dot_row_clamp_gate (float *out, const float *gradient, const float *result, float limit, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = result[i] >= limit || result[i] <= -limit ? 0.0f : gradient[i];
}

VECTORIZED void
dot_row_multiply (float *out, const float *in, const float *scale, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = in[i] * scale[i];
}

/**
 * dot_row_axpy:
 *
 * out = first + factor · second.
 */
VECTORIZED void
dot_row_axpy (float *out, const float *first, const float *second, float factor, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = first[i] + factor * second[i];
}

VECTORIZED void
dot_row_scale (float *out, const float *in, float factor, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = factor * in[i];
}

/**
 * dot_row_halve:
 * @out: (pixels, channels)
 * @in: (2 · pixels, channels)
 *
 * Each pixel is @factor times the sum of two.
 */
VECTORIZED void
dot_row_halve (float *out, const float *in, float factor, gsize pixels, gsize channels)
{
  for (gsize p = 0; p < pixels; p++)
    for (gsize c = 0; c < channels; c++)
      out[p * channels + c] = factor * (in[2 * p * channels + c] + in[(2 * p + 1) * channels + c]);
}

/**
 * dot_row_double:
 * @out: (2 · pixels, channels)
 * @in: (pixels, channels)
 *
 * Each pixel is put there twice, times @factor.
 */
VECTORIZED void
dot_row_double (float *out, const float *in, float factor, gsize pixels, gsize channels)
{
  for (gsize p = 0; p < pixels; p++)
    for (gsize c = 0; c < channels; c++)
      out[2 * p * channels + c] = out[(2 * p + 1) * channels + c] = factor * in[p * channels + c];
}

/**
 * dot_row_mix:
 *
 * out = weights[0] · a + weights[1] · b.
 */
VECTORIZED void
dot_row_mix (float *out, const float *a, const float *b, const float weights[2], gsize n)
{
  const float first  = weights[0];
  const float second = weights[1];

  for (gsize i = 0; i < n; i++)
    out[i] = first * a[i] + second * b[i];
}

/**
 * dot_row_larger:
 * @at: where each of @most comes from
 * @place: of @in
 *
 * Keeps what is larger, and the first of what is equal; a NaN stays one.
 */
VECTORIZED void
dot_row_larger (float *most, guint32 *at, const float *in, guint32 place, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      gboolean larger = in[i] > most[i] || in[i] != in[i];

      most[i] = larger ? in[i] : most[i];
      at[i]   = larger ? place : at[i];
    }
}

/**
 * dot_row_scatter:
 *
 * Adds those that come from @place.
 */
VECTORIZED void
dot_row_scatter (float *out, const float *in, const guint32 *at, guint32 place, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = at[i] == place ? out[i] + in[i] : out[i];
}

/**
 * dot_row_products:
 *
 * Adds a · b to @products and a to @sums.
 */
VECTORIZED void
dot_row_products (double *products, double *sums, const float *a, const float *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      products[i] += (double) a[i] * b[i];
      sums[i] += a[i];
    }
}

/* Sixteen sums side by side, so that the additions need not wait for each
 * other. */
VECTORIZED float
dot_row_dot (const float *a, const float *b, gsize n)
{
  float sums[16] = {
    0.0f,
  };
  float sum = 0.0f;
  gsize i   = 0;

  for (; i + 16 <= n; i += 16)
    for (gsize j = 0; j < 16; j++)
      sums[j] += a[i + j] * b[i + j];
  for (; i < n; i++)
    sum += a[i] * b[i];
  for (gsize j = 0; j < 16; j++)
    sum += sums[j];
  return sum;
}
