/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The kernels of cuda/kernel*.cu, one number after the other. */

#include "stand-in.h"

#include "modules/cuda/cuda-context.h"
#include "modules/cuda/elements-style.h"
#include "modules/cuda/motion.h"

/* A kernel with one thread a number: its arguments, and how many there are. */
#define KERNEL(name, Type)                               \
  typedef struct                                         \
  {                                                      \
    Type  args;                                          \
    gsize n;                                             \
  } name##_call;                                         \
                                                         \
  static void run_##name (gconstpointer data)            \
  {                                                      \
    const name##_call *call = data;                      \
                                                         \
    for (gsize i = 0; i < call->n; i++)                  \
      dot_element_##name (&call->args, i);               \
  }                                                      \
                                                         \
  static void launch_##name (Type args, gsize n)         \
  {                                                      \
    name##_call call = { args, n };                      \
                                                         \
    stand_in_enqueue (run_##name, &call, sizeof (call)); \
  }

KERNEL (affine, DotAffineArgs)
KERNEL (back, DotBackArgs)
KERNEL (add, DotAddArgs)
KERNEL (pool, DotResizeArgs)
KERNEL (unpool, DotResizeArgs)
KERNEL (fir_up, DotFirArgs)
KERNEL (fir_down, DotFirArgs)
KERNEL (resize, DotSizesArgs)
KERNEL (resize_back, DotSizesArgs)
KERNEL (max_pool, DotSizesArgs)
KERNEL (max_pool_back, DotSizesArgs)
KERNEL (copy, DotCopyArgs)
KERNEL (concat, DotFurtherArgs)
KERNEL (slice, DotFurtherArgs)
KERNEL (spread, DotHeadArgs)
KERNEL (demodulate_gate, DotDemodulateGateArgs)
KERNEL (noise, DotNoiseArgs)
KERNEL (clamp, DotClampArgs)
KERNEL (clamp_back, DotClampArgs)

void
dot_kernel_affine (DotContext   *context,
                   DotView       out,
                   DotView       in,
                   DotPixels     pixels,
                   const float  *scale,
                   const float  *shift,
                   DotActivation activation)
{
  launch_affine ((DotAffineArgs) { out, in, pixels.channels, NULL, scale, shift, activation },
                 pixels.count * pixels.channels);
}

void
dot_kernel_follow (DotContext   *context,
                   DotView       view,
                   DotPixels     pixels,
                   const float  *bias,
                   const float  *scale,
                   const float  *shift,
                   DotActivation activation)
{
  launch_affine ((DotAffineArgs) { view, view, pixels.channels, bias, scale, shift, activation },
                 pixels.count * pixels.channels);
}

void
dot_kernel_back (DotContext   *context,
                 DotView       out,
                 DotView       gradient,
                 DotView       result,
                 DotPixels     pixels,
                 const float  *scale,
                 DotActivation activation,
                 gboolean      accumulate)
{
  launch_back ((DotBackArgs) { out, gradient, result, pixels.channels, scale, activation,
                               accumulate },
               pixels.count * pixels.channels);
}

void
dot_kernel_add (DotContext *context,
                DotView     out,
                DotView     first,
                DotView     second,
                gsize       items,
                float       factor)
{
  launch_add ((DotAddArgs) { out, first, second, factor }, items);
}

void
dot_kernel_pool (DotContext *context,
                 DotView     out,
                 DotView     in,
                 gsize       rows,
                 gsize       width,
                 gsize       channels,
                 float       factor,
                 gboolean    accumulate)
{
  launch_pool ((DotResizeArgs) { out, in, width, channels, factor, accumulate },
               rows * width * channels);
}

void
dot_kernel_unpool (DotContext *context,
                   DotView     out,
                   DotView     in,
                   gsize       rows,
                   gsize       width,
                   gsize       channels,
                   float       factor,
                   gboolean    accumulate)
{
  launch_unpool ((DotResizeArgs) { out, in, width, channels, factor, accumulate },
                 rows * width * channels);
}

/* Numbers of what an operation that changes sizes takes, and puts out. */
static gsize
count_inner (const DotSizes *sizes)
{
  return sizes->batch * sizes->height * sizes->width * sizes->channels;
}

static gsize
count_outer (const DotSizes *sizes)
{
  return sizes->batch * sizes->out_height * sizes->out_width * sizes->channels;
}

void
dot_kernel_fir_up (DotContext     *context,
                   DotView         out,
                   DotView         in,
                   const DotSizes *sizes,
                   float           factor,
                   gboolean        accumulate)
{
  launch_fir_up ((DotFirArgs) { out, in, *sizes, factor, accumulate }, 4 * count_inner (sizes));
}

void
dot_kernel_fir_down (DotContext     *context,
                     DotView         out,
                     DotView         in,
                     const DotSizes *sizes,
                     float           factor,
                     gboolean        accumulate)
{
  launch_fir_down ((DotFirArgs) { out, in, *sizes, factor, accumulate }, count_inner (sizes));
}

void
dot_kernel_resize (DotContext *context, DotView out, DotView in, const DotSizes *sizes)
{
  launch_resize ((DotSizesArgs) { out, in, { NULL, FALSE }, *sizes, FALSE }, count_outer (sizes));
}

void
dot_kernel_resize_back (DotContext     *context,
                        DotView         out,
                        DotView         gradient,
                        const DotSizes *sizes,
                        gboolean        accumulate)
{
  launch_resize_back ((DotSizesArgs) { out, gradient, { NULL, FALSE }, *sizes, accumulate },
                      count_inner (sizes));
}

void
dot_kernel_max_pool (DotContext *context, DotView out, DotView in, const DotSizes *sizes)
{
  launch_max_pool ((DotSizesArgs) { out, in, { NULL, FALSE }, *sizes, FALSE }, count_outer (sizes));
}

void
dot_kernel_max_pool_back (DotContext     *context,
                          DotView         out,
                          DotView         gradient,
                          DotView         in,
                          const DotSizes *sizes,
                          gboolean        accumulate)
{
  launch_max_pool_back ((DotSizesArgs) { out, gradient, in, *sizes, accumulate },
                        count_inner (sizes));
}

void
dot_kernel_copy (DotContext    *context,
                 DotView        out,
                 DotView        in,
                 const DotPart *part,
                 gboolean       accumulate)
{
  launch_copy ((DotCopyArgs) { out, in, *part, accumulate }, part->pixels * part->channels);
}

void
dot_kernel_concat (DotContext  *context,
                   DotView      out,
                   DotView      in,
                   DotPixels    pixels,
                   const float *further,
                   gsize        n_further)
{
  launch_concat ((DotFurtherArgs) { out, in, pixels.channels, further, n_further, FALSE },
                 pixels.count * (pixels.channels + n_further));
}

void
dot_kernel_slice (DotContext *context,
                  DotView     out,
                  DotView     in,
                  DotPixels   pixels,
                  gsize       n_further,
                  gboolean    accumulate)
{
  launch_slice ((DotFurtherArgs) { out, in, pixels.channels, NULL, n_further, accumulate },
                pixels.count * pixels.channels);
}

void
dot_kernel_spread (DotContext    *context,
                   DotView        out,
                   gsize          batch,
                   DotPixels      pixels,
                   const DotHead *head)
{
  gsize items = pixels.count * pixels.channels;

  launch_spread ((DotHeadArgs) { out, items, *head, NULL }, batch * items);
}

/*  sums over rows  */

typedef struct
{
  DotHeadArgs args;
  gsize       batch;
} Dot;

static void
run_dot (gconstpointer data)
{
  const Dot *call = data;

  for (gsize b = 0; b < call->batch; b++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < call->args.items; i++)
        sum += dot_element_dot (&call->args, b, i);
      call->args.scores[b] = call->args.head.bias +
                             (call->args.head.shift ? *call->args.head.shift : 0.0) + sum;
    }
}

void
dot_kernel_dot (DotContext    *context,
                double        *scores,
                DotView        in,
                gsize          batch,
                DotPixels      pixels,
                const DotHead *head)
{
  Dot call = { { in, pixels.count * pixels.channels, *head, scores }, batch };

  stand_in_enqueue (run_dot, &call, sizeof (call));
}

typedef struct
{
  DotModulateArgs args;
  gsize           rows;
} Modulation;

static void
run_modulate_rows (gconstpointer data)
{
  const Modulation *call = data;

  for (gsize row = 0; row < call->rows; row++)
    {
      double product = 0.0;
      double sum     = 0.0;

      for (gsize i = 0; i < call->args.pixels.count; i++)
        {
          product += dot_element_row_product (&call->args, row, i);
          sum += dot_element_row_gradient (&call->args, row, i);
        }
      dot_element_row_put (&call->args, row, product, sum);
    }
}

void
dot_kernel_modulate_rows (DotContext *context,
                          float      *out,
                          DotView     gradient,
                          DotView     in,
                          gsize       batch,
                          DotPixels   pixels,
                          gboolean    accumulate)
{
  Modulation call = { { out, gradient, in, pixels, accumulate }, batch * pixels.channels };

  stand_in_enqueue (run_modulate_rows, &call, sizeof (call));
}

typedef struct
{
  DotDemodulateArgs args;
  gsize             rows;
} Demodulation;

static void
run_demodulate (gconstpointer data)
{
  const Demodulation *call = data;

  for (gsize row = 0; row < call->rows; row++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < call->args.how.columns; i++)
        sum += dot_element_demodulate_square (&call->args, row, i);
      dot_element_demodulate_put (&call->args, row, sum);
    }
}

void
dot_kernel_demodulate (DotContext            *context,
                       float                 *out,
                       const float           *in,
                       gsize                  batch,
                       const DotDemodulation *how,
                       const float           *shift)
{
  Demodulation call = { { out, in, *how, shift, NULL, FALSE }, batch * how->channels };

  stand_in_enqueue (run_demodulate, &call, sizeof (call));
}

void
dot_kernel_demodulate_gate (DotContext  *context,
                            float       *out,
                            const float *gradient,
                            const float *result,
                            gsize        batch,
                            gsize        channels)
{
  launch_demodulate_gate ((DotDemodulateGateArgs) { out, gradient, result, channels },
                          batch * channels);
}

static void
run_demodulate_back (gconstpointer data)
{
  const Demodulation *call = data;

  for (gsize row = 0; row < call->rows; row++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < call->args.how.channels; i++)
        sum += dot_element_demodulate_product (&call->args, row, i);
      dot_element_demodulate_back (&call->args, row, sum);
    }
}

void
dot_kernel_demodulate_back (DotContext            *context,
                            float                 *out,
                            const float           *gate,
                            const float           *in,
                            gsize                  batch,
                            const DotDemodulation *how,
                            gboolean               accumulate)
{
  Demodulation call = { { out, in, *how, NULL, gate, accumulate }, batch * how->stride };

  stand_in_enqueue (run_demodulate_back, &call, sizeof (call));
}

void
dot_kernel_noise (DotContext     *context,
                  DotView         out,
                  DotView         in,
                  gsize           batch,
                  DotPixels       pixels,
                  const DotNoise *noise)
{
  launch_noise ((DotNoiseArgs) { out, in, pixels, *noise }, batch * pixels.count * pixels.channels);
}

void
dot_kernel_clamp (DotContext *context, DotView out, DotView in, gsize items, float limit)
{
  launch_clamp ((DotClampArgs) { out, in, { NULL, FALSE }, DOT_ACTIVATION_NONE, limit, FALSE },
                items);
}

void
dot_kernel_clamp_back (DotContext   *context,
                       DotView       out,
                       DotView       gradient,
                       DotView       result,
                       gsize         items,
                       DotActivation activation,
                       float         limit,
                       gboolean      accumulate)
{
  launch_clamp_back ((DotClampArgs) { out, result, gradient, activation, limit, accumulate },
                     items);
}

typedef struct
{
  DotSoftmaxArgs args;
  gsize          rows;
} Softmax;

static void
run_softmax (gconstpointer data)
{
  const Softmax *call = data;

  for (gsize first = 0; first < call->rows * call->args.columns; first += call->args.columns)
    {
      double sum = 0.0;

      for (gsize i = 0; i < call->args.columns; i++)
        sum += exp (dot_element_load (call->args.result, first + i));
      for (gsize i = 0; i < call->args.columns; i++)
        dot_element_store (call->args.out, first + i,
                           exp (dot_element_load (call->args.result, first + i)) / sum);
    }
}

void
dot_kernel_softmax (DotContext *context, DotView out, DotView in, gsize rows, gsize columns)
{
  Softmax call = { { out, { NULL, FALSE }, in, columns }, rows };

  stand_in_enqueue (run_softmax, &call, sizeof (call));
}

static void
run_softmax_back (gconstpointer data)
{
  const Softmax *call = data;

  for (gsize first = 0; first < call->rows * call->args.columns; first += call->args.columns)
    {
      double sum = 0.0;

      for (gsize i = 0; i < call->args.columns; i++)
        sum += dot_element_softmax_product (&call->args, first + i);
      for (gsize i = 0; i < call->args.columns; i++)
        dot_element_softmax_back (&call->args, first + i, sum);
    }
}

void
dot_kernel_softmax_back (DotContext *context,
                         DotView     out,
                         DotView     gradient,
                         DotView     result,
                         gsize       rows,
                         gsize       columns)
{
  Softmax call = { { out, gradient, result, columns }, rows };

  stand_in_enqueue (run_softmax_back, &call, sizeof (call));
}

/*  one candidate after the other, sums in the order of the CPU's  */

typedef struct
{
  DotMotion motion;
  gsize     batch;
} Motion;

static void
run_move (gconstpointer data)
{
  const Motion    *call = data;
  const DotMotion *m    = &call->motion;

  for (gsize b = 0; b < call->batch; b++)
    {
      gsize  first  = b * m->dimension;
      double radial = 0.0;
      double square = 0.0;
      double factor;

      for (gsize i = first; i < first + m->dimension; i++)
        {
          radial += dot_motion_descent (m, b, i) * m->points[i];
          square += m->points[i] * m->points[i];
        }
      factor = dot_motion_project (m, radial, square);
      for (gsize i = first; i < first + m->dimension; i++)
        dot_motion_move (m, b, i, factor);
    }
}

void
dot_kernel_move (DotContext *context, const DotMotion *motion, gsize batch)
{
  Motion call = { *motion, batch };

  stand_in_enqueue (run_move, &call, sizeof (call));
}

static void
run_distance (gconstpointer data)
{
  const Motion    *call = data;
  const DotMotion *m    = &call->motion;

  for (gsize b = 0; b < call->batch; b++)
    {
      double sum = 0.0;

      for (gsize i = b * m->dimension; i < (b + 1) * m->dimension; i++)
        {
          double difference = dot_motion_difference (m, i);

          dot_motion_take (m, i);
          sum += difference * difference;
        }
      m->distances[b] = sqrt (sum);
    }
}

void
dot_kernel_distance (DotContext *context, const DotMotion *motion, gsize batch)
{
  Motion call = { *motion, batch };

  stand_in_enqueue (run_distance, &call, sizeof (call));
}
