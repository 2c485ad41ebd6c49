/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* What the kernels of kernel-style.cu do to one number: demodulation, noise and
 * clamps. */

#include "elements.h"
#include "network/network.h"

/* @gate: before the square root: of each channel
 * @shift: (nullable): of what goes forward */
typedef struct
{
  float          *out;
  const float    *in;
  DotDemodulation how;
  const float    *shift;
  const float    *gate;
  gboolean        accumulate;
} DotDemodulateArgs;

/* What number @i of a style puts into row @row: a channel of a sample. */
DOT_ELEMENT double
dot_element_demodulate_square (const DotDemodulateArgs *a, gsize row, gsize i)
{
  gsize sample  = dot_element_quotient (row, a->how.channels);
  gsize channel = row - sample * a->how.channels;
  float number  = a->in[sample * a->how.stride + i];

  return (double) a->how.weight[channel * a->how.columns + i] * ((double) number * number);
}

/* @sum: of the squares */
DOT_ELEMENT void
dot_element_demodulate_put (const DotDemodulateArgs *a, gsize row, double sum)
{
  gsize  sample  = dot_element_quotient (row, a->how.channels);
  gsize  channel = row - sample * a->how.channels;
  float *scale   = a->out + row + sample * a->how.channels;

  scale[0]               = (float) (1.0 / sqrt (sum + DOT_DEMODULATE_EPSILON));
  scale[a->how.channels] = a->shift[channel];
}

typedef struct
{
  float       *out;
  const float *gradient;
  const float *result;
  gsize        channels;
} DotDemodulateGateArgs;

/* @i: a channel of a sample */
DOT_ELEMENT void
dot_element_demodulate_gate (const DotDemodulateGateArgs *a, gsize i)
{
  gsize at    = i + dot_element_quotient (i, a->channels) * a->channels;
  float scale = a->result[at];

  a->out[i] = a->gradient[at] * (scale * scale * scale);
}

/* What channel @channel puts into the gradient of row @row: a number of a sample's
 * style. */
DOT_ELEMENT double
dot_element_demodulate_product (const DotDemodulateArgs *a, gsize row, gsize channel)
{
  gsize sample = dot_element_quotient (row, a->how.stride);
  gsize i      = row - sample * a->how.stride;

  if (i >= a->how.columns)
    return 0.0;
  return (double) a->gate[sample * a->how.channels + channel] *
         a->how.weight[channel * a->how.columns + i];
}

/* @sum: of the products */
DOT_ELEMENT void
dot_element_demodulate_back (const DotDemodulateArgs *a, gsize row, double sum)
{
  a->out[row] = (float) ((a->accumulate ? a->out[row] : 0.0f) - a->in[row] * sum);
}

typedef struct
{
  DotView   out;
  DotView   in;
  DotPixels pixels;
  DotNoise  noise;
} DotNoiseArgs;

/* Written so that a NaN stays one. */
DOT_ELEMENT float
dot_element_limit (float x, float limit)
{
  float lower = x > limit ? limit : x;

  return lower < -limit ? -limit : lower;
}

DOT_ELEMENT void
dot_element_noise (const DotNoiseArgs *a, gsize i)
{
  gsize pixel = dot_element_quotient (i, a->pixels.channels);
  float x     = dot_element_load (a->in, i) +
            a->noise.pixels[dot_element_rest (pixel, a->pixels.count)];

  x = dot_element_activate (x, a->noise.activation);
  if (a->noise.limit > 0.0f)
    x = dot_element_limit (x, a->noise.limit);
  dot_element_store (a->out, i, x);
}

/* @gradient: of what goes backward */
typedef struct
{
  DotView       out;
  DotView       in;
  DotView       gradient;
  DotActivation activation;
  float         limit;
  gboolean      accumulate;
} DotClampArgs;

DOT_ELEMENT void
dot_element_clamp (const DotClampArgs *a, gsize i)
{
  dot_element_store (a->out, i, dot_element_limit (dot_element_load (a->in, i), a->limit));
}

/* @a->in: what was kept; what was cut off has at least the limit's size as it is
 * stored */
DOT_ELEMENT void
dot_element_clamp_back (const DotClampArgs *a, gsize i)
{
  float stored = a->in.narrow ? dot_element_widen (dot_element_narrow (a->limit)) : a->limit;
  float limit  = stored < a->limit ? stored : a->limit;
  float result = dot_element_load (a->in, i);
  float g      = dot_element_load (a->gradient, i);

  g = result >= limit || result <= -limit ? 0.0f : g;
  dot_element_put (a->out, i, dot_element_gate (g, result, a->activation), a->accumulate);
}
