/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* What each kernel does to one number, and where it finds it.  The GPU runs
 * these in parallel; compiled for the CPU they are compared with its kernels,
 * so that a test needs no GPU.  Outputs may be inputs as they may there. */

#include "modules/plan/device.h"

#include <math.h>
#include <string.h>

#ifdef __CUDACC__
#define DOT_ELEMENT static inline __host__ __device__
#else
#define DOT_ELEMENT static inline
#endif

/*  numbers of both precisions  */

/* bfloat16 is the upper half of a float32. */
DOT_ELEMENT float
dot_element_widen (guint16 narrow)
{
  guint32 bits = (guint32) narrow << 16;
  float   value;

  memcpy (&value, &bits, sizeof (value));
  return value;
}

/* To the nearest, ties to even; a NaN stays one. */
DOT_ELEMENT guint16
dot_element_narrow (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof (bits));
  if ((bits & 0x7fffffff) > 0x7f800000)
    return 0x7fc0;
  return (guint16) ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

DOT_ELEMENT float
dot_element_load (DotView view, gsize i)
{
  return view.narrow ? dot_element_widen (((const guint16 *) view.data)[i])
                     : ((const float *) view.data)[i];
}

DOT_ELEMENT void
dot_element_store (DotView view, gsize i, float value)
{
  if (view.narrow)
    ((guint16 *) view.data)[i] = dot_element_narrow (value);
  else
    ((float *) view.data)[i] = value;
}

DOT_ELEMENT void
dot_element_put (DotView view, gsize i, float value, gboolean accumulate)
{
  dot_element_store (view, i, accumulate ? dot_element_load (view, i) + value : value);
}

/* i / n and i % n: GPUs divide 32 bits much faster than 64. */
DOT_ELEMENT gsize
dot_element_quotient (gsize i, gsize n)
{
  return (i | n) >> 32 ? i / n : (guint32) i / (guint32) n;
}

DOT_ELEMENT gsize
dot_element_rest (gsize i, gsize n)
{
  return (i | n) >> 32 ? i % n : (guint32) i % (guint32) n;
}

/*  activations  */

/* Written so that a NaN stays one. */
DOT_ELEMENT float
dot_element_activate (float x, DotActivation activation)
{
  switch (activation)
    {
    case DOT_ACTIVATION_RELU:
      return x < 0.0f ? 0.0f * x : x;
    case DOT_ACTIVATION_LEAKY_RELU:
      return x < 0.0f ? DOT_ACTIVATION_LEAK * x : x;
    case DOT_ACTIVATION_TANH:
      return tanhf (x);
    default:
      return x;
    }
}

/* The gradient before an activation from the one after it. */
DOT_ELEMENT float
dot_element_gate (float gradient, float result, DotActivation activation)
{
  switch (activation)
    {
    case DOT_ACTIVATION_RELU:
      return result > 0.0f ? gradient : 0.0f * gradient;
    case DOT_ACTIVATION_LEAKY_RELU:
      return result > 0.0f ? gradient : DOT_ACTIVATION_LEAK * gradient;
    case DOT_ACTIVATION_TANH:
      return gradient * (1.0f - result * result);
    default:
      return gradient;
    }
}

/*  affine operations  */

/**
 * DotAffineArgs:
 * @bias: (nullable): is added first
 * @scale: (nullable): with @shift
 *
 * out = activation (scale · (in + bias) + shift).
 */
typedef struct
{
  DotView       out;
  DotView       in;
  gsize         channels;
  const float  *bias;
  const float  *scale;
  const float  *shift;
  DotActivation activation;
} DotAffineArgs;

DOT_ELEMENT void
dot_element_affine (const DotAffineArgs *a, gsize i)
{
  gsize channel = dot_element_rest (i, a->channels);
  float x       = dot_element_load (a->in, i);

  if (a->bias)
    x = x + a->bias[channel];
  if (a->scale)
    x = x * a->scale[channel] + a->shift[channel];
  dot_element_store (a->out, i, dot_element_activate (x, a->activation));
}

typedef struct
{
  DotView       out;
  DotView       gradient;
  DotView       result;
  gsize         channels;
  const float  *scale;
  DotActivation activation;
  gboolean      accumulate;
} DotBackArgs;

DOT_ELEMENT void
dot_element_back (const DotBackArgs *a, gsize i)
{
  float g = dot_element_load (a->gradient, i);

  if (a->activation != DOT_ACTIVATION_NONE)
    g = dot_element_gate (g, dot_element_load (a->result, i), a->activation);
  if (a->scale)
    g = g * a->scale[dot_element_rest (i, a->channels)];
  dot_element_put (a->out, i, g, a->accumulate);
}

typedef struct
{
  DotView out;
  DotView first;
  DotView second;
  float   factor;
} DotAddArgs;

DOT_ELEMENT void
dot_element_add (const DotAddArgs *a, gsize i)
{
  dot_element_store (a->out, i,
                     dot_element_load (a->first, i) + a->factor * dot_element_load (a->second, i));
}

/*  halving and doubling: @width is that of the smaller picture  */

typedef struct
{
  DotView  out;
  DotView  in;
  gsize    width;
  gsize    channels;
  float    factor;
  gboolean accumulate;
} DotResizeArgs;

/* Where the first of the 2×2 numbers lies that belong to number @i of the
 * smaller picture. */
DOT_ELEMENT gsize
dot_element_larger (const DotResizeArgs *a, gsize i)
{
  gsize pixel   = dot_element_quotient (i, a->channels);
  gsize channel = i - pixel * a->channels;
  gsize y       = dot_element_quotient (pixel, a->width);
  gsize x       = pixel - y * a->width;

  return (4 * y * a->width + 2 * x) * a->channels + channel;
}

DOT_ELEMENT void
dot_element_pool (const DotResizeArgs *a, gsize i)
{
  gsize upper = dot_element_larger (a, i);
  gsize lower = upper + 2 * a->width * a->channels;
  float left  = dot_element_load (a->in, upper) + dot_element_load (a->in, lower);
  float right = dot_element_load (a->in, upper + a->channels) +
                dot_element_load (a->in, lower + a->channels);

  dot_element_put (a->out, i, a->factor * (left + right), a->accumulate);
}

DOT_ELEMENT void
dot_element_unpool (const DotResizeArgs *a, gsize i)
{
  gsize upper = dot_element_larger (a, i);
  gsize lower = upper + 2 * a->width * a->channels;
  float value = a->factor * dot_element_load (a->in, i);

  dot_element_put (a->out, upper, value, a->accumulate);
  dot_element_put (a->out, upper + a->channels, value, a->accumulate);
  dot_element_put (a->out, lower, value, a->accumulate);
  dot_element_put (a->out, lower + a->channels, value, a->accumulate);
}

/*  further channels  */

typedef struct
{
  DotView      out;
  DotView      in;
  gsize        channels;
  const float *further;
  gsize        n_further;
  gboolean     accumulate;
} DotFurtherArgs;

/* @i: of the result, which has the further channels */
DOT_ELEMENT void
dot_element_concat (const DotFurtherArgs *a, gsize i)
{
  gsize pixel   = dot_element_quotient (i, a->channels + a->n_further);
  gsize channel = i - pixel * (a->channels + a->n_further);

  dot_element_store (a->out, i,
                     channel < a->channels ? dot_element_load (a->in, pixel * a->channels + channel)
                                           : a->further[channel - a->channels]);
}

/* @i: of the result, which doesn't have them */
DOT_ELEMENT void
dot_element_slice (const DotFurtherArgs *a, gsize i)
{
  gsize pixel = dot_element_quotient (i, a->channels);

  dot_element_put (a->out, i, dot_element_load (a->in, i + pixel * a->n_further), a->accumulate);
}

/*  the score  */

typedef struct
{
  DotView view;
  gsize   items;
  DotHead head;
  double *scores;
} DotHeadArgs;

/* What number @i of a sample puts into its score. */
DOT_ELEMENT double
dot_element_dot (const DotHeadArgs *a, gsize sample, gsize i)
{
  return (double) dot_element_load (a->view, sample * a->items + i) *
         a->head.weight[dot_element_rest (i, a->head.period)];
}

/* @i: of all samples, which have whole numbers of periods */
DOT_ELEMENT void
dot_element_spread (const DotHeadArgs *a, gsize i)
{
  dot_element_store (a->view, i, a->head.weight[dot_element_rest (i, a->head.period)]);
}

/*  attention  */

/* @out may be @gradient; without a gradient it is the softmax of @result. */
typedef struct
{
  DotView out;
  DotView gradient;
  DotView result;
  gsize   columns;
} DotSoftmaxArgs;

DOT_ELEMENT double
dot_element_softmax_product (const DotSoftmaxArgs *a, gsize i)
{
  return (double) dot_element_load (a->gradient, i) * dot_element_load (a->result, i);
}

/* @sum: of dot_element_softmax_product() over the row */
DOT_ELEMENT void
dot_element_softmax_back (const DotSoftmaxArgs *a, gsize i, double sum)
{
  dot_element_store (a->out, i,
                     dot_element_load (a->result, i) *
                       (dot_element_load (a->gradient, i) - (float) sum));
}
