/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* What each kernel does to one number, and where it finds it.  The GPU runs
 * these in parallel; compiled for the CPU they are compared with its kernels,
 * so that a test needs no GPU.  Outputs may be inputs as they may there. */

#include "modules/plan/device.h"
#include "modules/plan/tap.h"

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

/*  other sizes  */

/* @in: (nullable): of a largest's gradient: what it was taken from */
typedef struct
{
  DotView  out;
  DotView  from;
  DotView  in;
  DotSizes sizes;
  gboolean accumulate;
} DotSizesArgs;

/* A number of a picture, or what it is taken apart into. */
typedef struct
{
  gsize sample;
  gsize y;
  gsize x;
  gsize channel;
} DotPlace;

DOT_ELEMENT DotPlace
dot_element_place (const DotSizes *sizes, gsize i, gsize height, gsize width)
{
  gsize    pixel = dot_element_quotient (i, sizes->channels);
  gsize    row   = dot_element_quotient (pixel, width);
  DotPlace place = { dot_element_quotient (row, height), dot_element_rest (row, height),
                     pixel - row * width, i - pixel * sizes->channels };

  return place;
}

DOT_ELEMENT float
dot_element_inner (const DotSizesArgs *a, DotView view, const DotPlace *place, gsize y, gsize x)
{
  const DotSizes *s = &a->sizes;

  return dot_element_load (view, ((place->sample * s->height + y) * s->width + x) * s->channels +
                                   place->channel);
}

DOT_ELEMENT float
dot_element_outer (const DotSizesArgs *a, DotView view, const DotPlace *place, gsize y, gsize x)
{
  const DotSizes *s = &a->sizes;

  return dot_element_load (view,
                           ((place->sample * s->out_height + y) * s->out_width + x) * s->channels +
                             place->channel);
}

/*  the filter [1, 3, 3, 1]: @sizes are those of the smaller picture  */

typedef struct
{
  DotView  out;
  DotView  in;
  DotSizes sizes;
  float    factor;
  gboolean accumulate;
} DotFirArgs;

/* A number of the smaller picture, or with a @scale of 2 of the larger. */
DOT_ELEMENT float
dot_element_fir_load (const DotFirArgs *a, const DotPlace *p, gsize scale, gsize y, gsize x)
{
  const DotSizes *s = &a->sizes;

  return dot_element_load (a->in, ((p->sample * s->height * scale + y) * s->width * scale + x) *
                                      s->channels +
                                    p->channel);
}

/* Column @x of row @y of the larger picture, from the rows of the smaller. */
DOT_ELEMENT float
dot_element_fir_up_column (const DotFirArgs *a, const DotPlace *p, gsize x)
{
  gsize y   = p->y / 2;
  float sum = 3.0f * dot_element_fir_load (a, p, 1, y, x);

  if (p->y % 2 == 0 && y > 0)
    sum = sum + dot_element_fir_load (a, p, 1, y - 1, x);
  if (p->y % 2 == 1 && y + 1 < a->sizes.height)
    sum = sum + dot_element_fir_load (a, p, 1, y + 1, x);
  return sum;
}

/* @i: of the result, which is the larger picture */
DOT_ELEMENT void
dot_element_fir_up (const DotFirArgs *a, gsize i)
{
  DotPlace p   = dot_element_place (&a->sizes, i, 2 * a->sizes.height, 2 * a->sizes.width);
  gsize    x   = p.x / 2;
  float    sum = 3.0f * a->factor * dot_element_fir_up_column (a, &p, x);

  if (p.x % 2 == 0 && x > 0)
    sum = sum + a->factor * dot_element_fir_up_column (a, &p, x - 1);
  if (p.x % 2 == 1 && x + 1 < a->sizes.width)
    sum = sum + a->factor * dot_element_fir_up_column (a, &p, x + 1);
  dot_element_put (a->out, i, sum, a->accumulate);
}

/* Column @x of the larger picture, from four of its rows. */
DOT_ELEMENT float
dot_element_fir_down_column (const DotFirArgs *a, const DotPlace *p, gsize x)
{
  float sum = 3.0f * dot_element_fir_load (a, p, 2, 2 * p->y, x);

  if (p->y > 0)
    sum = sum + dot_element_fir_load (a, p, 2, 2 * p->y - 1, x);
  sum = sum + 3.0f * dot_element_fir_load (a, p, 2, 2 * p->y + 1, x);
  if (p->y + 1 < a->sizes.height)
    sum = sum + dot_element_fir_load (a, p, 2, 2 * p->y + 2, x);
  return sum;
}

/* @i: of the result, which is the smaller picture */
DOT_ELEMENT void
dot_element_fir_down (const DotFirArgs *a, gsize i)
{
  DotPlace p   = dot_element_place (&a->sizes, i, a->sizes.height, a->sizes.width);
  float    sum = 3.0f * a->factor * dot_element_fir_down_column (a, &p, 2 * p.x);

  if (p.x > 0)
    sum = sum + a->factor * dot_element_fir_down_column (a, &p, 2 * p.x - 1);
  sum = sum + 3.0f * a->factor * dot_element_fir_down_column (a, &p, 2 * p.x + 1);
  if (p.x + 1 < a->sizes.width)
    sum = sum + a->factor * dot_element_fir_down_column (a, &p, 2 * p.x + 2);
  dot_element_put (a->out, i, sum, a->accumulate);
}

/* @i: of the result */
DOT_ELEMENT void
dot_element_resize (const DotSizesArgs *a, gsize i)
{
  DotPlace p    = dot_element_place (&a->sizes, i, a->sizes.out_height, a->sizes.out_width);
  DotTap   v    = dot_tap_find (p.y, a->sizes.height, a->sizes.out_height);
  DotTap   h    = dot_tap_find (p.x, a->sizes.width, a->sizes.out_width);
  float    left = v.weights[0] * dot_element_inner (a, a->from, &p, v.first, h.first) +
               v.weights[1] * dot_element_inner (a, a->from, &p, v.second, h.first);
  float right = v.weights[0] * dot_element_inner (a, a->from, &p, v.first, h.second) +
                v.weights[1] * dot_element_inner (a, a->from, &p, v.second, h.second);

  dot_element_store (a->out, i, h.weights[0] * left + h.weights[1] * right);
}

/* What column @x of the gradient gives row @p->y of the input. */
DOT_ELEMENT float
dot_element_resize_column (const DotSizesArgs *a, const DotPlace *p, gsize x)
{
  gsize end = dot_tap_end (p->y, a->sizes.height, a->sizes.out_height);
  float sum = 0.0f;

  for (gsize y = dot_tap_begin (p->y, a->sizes.height, a->sizes.out_height); y < end; y++)
    {
      DotTap tap = dot_tap_find (y, a->sizes.height, a->sizes.out_height);

      if (tap.first == p->y)
        sum = sum + tap.weights[0] * dot_element_outer (a, a->from, p, y, x);
      if (tap.second == p->y)
        sum = sum + tap.weights[1] * dot_element_outer (a, a->from, p, y, x);
    }
  return sum;
}

/* @i: of the input's gradient */
DOT_ELEMENT void
dot_element_resize_back (const DotSizesArgs *a, gsize i)
{
  DotPlace p   = dot_element_place (&a->sizes, i, a->sizes.height, a->sizes.width);
  gsize    end = dot_tap_end (p.x, a->sizes.width, a->sizes.out_width);
  float    sum = 0.0f;

  for (gsize x = dot_tap_begin (p.x, a->sizes.width, a->sizes.out_width); x < end; x++)
    {
      DotTap tap = dot_tap_find (x, a->sizes.width, a->sizes.out_width);

      if (tap.first == p.x)
        sum = sum + tap.weights[0] * dot_element_resize_column (a, &p, x);
      if (tap.second == p.x)
        sum = sum + tap.weights[1] * dot_element_resize_column (a, &p, x);
    }
  dot_element_put (a->out, i, sum, a->accumulate);
}

/* Where the largest of a window is, row · 3 + column: the first of those that
 * are equal; a NaN is larger than all. */
DOT_ELEMENT guint
dot_element_largest (const DotSizesArgs *a,
                     DotView             in,
                     const DotPlace     *p,
                     gsize               y,
                     gsize               x,
                     float              *most)
{
  guint at = 0;

  *most = dot_element_inner (a, in, p, 2 * y, 2 * x);
  for (gsize i = 0; i < a->sizes.window && 2 * y + i < a->sizes.height; i++)
    for (gsize j = 0; j < a->sizes.window && 2 * x + j < a->sizes.width; j++)
      {
        float number = dot_element_inner (a, in, p, 2 * y + i, 2 * x + j);

        if (i + j > 0 && (number > *most || number != number))
          {
            *most = number;
            at    = (guint) (3 * i + j);
          }
      }
  return at;
}

/* @i: of the result */
DOT_ELEMENT void
dot_element_max_pool (const DotSizesArgs *a, gsize i)
{
  DotPlace p = dot_element_place (&a->sizes, i, a->sizes.out_height, a->sizes.out_width);
  float    most;

  dot_element_largest (a, a->from, &p, p.y, p.x, &most);
  dot_element_store (a->out, i, most);
}

/* @i: of the input's gradient: of the windows that look there those whose
 * largest it is */
DOT_ELEMENT void
dot_element_max_pool_back (const DotSizesArgs *a, gsize i)
{
  DotPlace p   = dot_element_place (&a->sizes, i, a->sizes.height, a->sizes.width);
  float    sum = 0.0f;
  float    most;

  for (gsize y = p.y < 2 ? 0 : (p.y - 1) / 2; 2 * y <= p.y && y < a->sizes.out_height; y++)
    for (gsize x = p.x < 2 ? 0 : (p.x - 1) / 2; 2 * x <= p.x && x < a->sizes.out_width; x++)
      if (dot_element_largest (a, a->in, &p, y, x, &most) == 3 * (p.y - 2 * y) + p.x - 2 * x)
        sum = sum + dot_element_outer (a, a->from, &p, y, x);
  dot_element_put (a->out, i, sum, a->accumulate);
}

typedef struct
{
  DotView  out;
  DotView  in;
  DotPart  part;
  gboolean accumulate;
} DotCopyArgs;

/* @i: of the numbers that are meant */
DOT_ELEMENT void
dot_element_copy (const DotCopyArgs *a, gsize i)
{
  gsize pixel   = dot_element_quotient (i, a->part.channels);
  gsize channel = i - pixel * a->part.channels;
  float number  = dot_element_load (a->in, pixel * a->part.in_whole + a->part.in_first + channel);

  dot_element_put (a->out, pixel * a->part.out_whole + a->part.out_first + channel, number,
                   a->accumulate);
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

/*  scales and shifts of each sample  */

typedef struct
{
  float    *out;
  DotView   gradient;
  DotView   in;
  DotPixels pixels;
  gboolean  accumulate;
} DotModulateArgs;

/* Where pixel @pixel of row @row lies: a channel of a sample. */
DOT_ELEMENT gsize
dot_element_row_place (const DotModulateArgs *a, gsize row, gsize pixel)
{
  gsize sample = dot_element_quotient (row, a->pixels.channels);

  return (sample * a->pixels.count + pixel) * a->pixels.channels + row -
         sample * a->pixels.channels;
}

DOT_ELEMENT double
dot_element_row_product (const DotModulateArgs *a, gsize row, gsize pixel)
{
  gsize i = dot_element_row_place (a, row, pixel);

  return (double) dot_element_load (a->gradient, i) * dot_element_load (a->in, i);
}

DOT_ELEMENT double
dot_element_row_gradient (const DotModulateArgs *a, gsize row, gsize pixel)
{
  return dot_element_load (a->gradient, dot_element_row_place (a, row, pixel));
}

/* @product, @sum: of both over the pixels */
DOT_ELEMENT void
dot_element_row_put (const DotModulateArgs *a, gsize row, double product, double sum)
{
  gsize  sample = dot_element_quotient (row, a->pixels.channels);
  float *scale  = a->out + row + sample * a->pixels.channels;
  float *shift  = scale + a->pixels.channels;

  *scale = (float) (product + (a->accumulate ? *scale : 0.0f));
  *shift = (float) (sum + (a->accumulate ? *shift : 0.0f));
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
