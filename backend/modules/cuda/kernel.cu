/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What stands between the convolutions, on a GPU: one thread a number, over
 * all numbers in steps of the grid; sums over rows by one block each. */

#include "elements.h"
#include "kernel-launch.h"
#include "motion.h"

namespace
{

/*  one thread a number  */

__global__ void
affine_kernel (DotAffineArgs args, gsize n)
{
  EACH (i, n)
  dot_element_affine (&args, i);
}

__global__ void
back_kernel (DotBackArgs args, gsize n)
{
  EACH (i, n)
  dot_element_back (&args, i);
}

__global__ void
add_kernel (DotAddArgs args, gsize n)
{
  EACH (i, n)
  dot_element_add (&args, i);
}

__global__ void
pool_kernel (DotResizeArgs args, gsize n)
{
  EACH (i, n)
  dot_element_pool (&args, i);
}

__global__ void
unpool_kernel (DotResizeArgs args, gsize n)
{
  EACH (i, n)
  dot_element_unpool (&args, i);
}

__global__ void
fir_up_kernel (DotFirArgs args, gsize n)
{
  EACH (i, n)
  dot_element_fir_up (&args, i);
}

__global__ void
fir_down_kernel (DotFirArgs args, gsize n)
{
  EACH (i, n)
  dot_element_fir_down (&args, i);
}

__global__ void
resize_kernel (DotSizesArgs args, gsize n)
{
  EACH (i, n)
  dot_element_resize (&args, i);
}

__global__ void
resize_back_kernel (DotSizesArgs args, gsize n)
{
  EACH (i, n)
  dot_element_resize_back (&args, i);
}

__global__ void
max_pool_kernel (DotSizesArgs args, gsize n)
{
  EACH (i, n)
  dot_element_max_pool (&args, i);
}

__global__ void
max_pool_back_kernel (DotSizesArgs args, gsize n)
{
  EACH (i, n)
  dot_element_max_pool_back (&args, i);
}

__global__ void
copy_kernel (DotCopyArgs args, gsize n)
{
  EACH (i, n)
  dot_element_copy (&args, i);
}

__global__ void
concat_kernel (DotFurtherArgs args, gsize n)
{
  EACH (i, n)
  dot_element_concat (&args, i);
}

__global__ void
slice_kernel (DotFurtherArgs args, gsize n)
{
  EACH (i, n)
  dot_element_slice (&args, i);
}

__global__ void
spread_kernel (DotHeadArgs args, gsize n)
{
  EACH (i, n)
  dot_element_spread (&args, i);
}

/*  one block a row  */

__global__ void
score_kernel (DotHeadArgs args)
{
  double sum = 0.0;

  for (gsize i = threadIdx.x; i < args.items; i += THREADS)
    sum += dot_element_dot (&args, blockIdx.x, i);
  sum = reduce<false> (sum);
  if (threadIdx.x == 0)
    args.scores[blockIdx.x] = args.head.bias + (args.head.shift ? *args.head.shift : 0.0) + sum;
}

__global__ void
modulate_rows_kernel (DotModulateArgs args)
{
  double product = 0.0;
  double sum     = 0.0;

  for (gsize i = threadIdx.x; i < args.pixels.count; i += THREADS)
    {
      product += dot_element_row_product (&args, blockIdx.x, i);
      sum += dot_element_row_gradient (&args, blockIdx.x, i);
    }
  product = reduce<false> (product);
  sum     = reduce<false> (sum);
  if (threadIdx.x == 0)
    dot_element_row_put (&args, blockIdx.x, product, sum);
}

__global__ void
softmax_back_kernel (DotSoftmaxArgs args)
{
  gsize  first = (gsize) blockIdx.x * args.columns;
  double sum   = 0.0;

  for (gsize i = threadIdx.x; i < args.columns; i += THREADS)
    sum += dot_element_softmax_product (&args, first + i);
  sum = reduce<false> (sum);
  for (gsize i = threadIdx.x; i < args.columns; i += THREADS)
    dot_element_softmax_back (&args, first + i, sum);
}

__global__ void
softmax_kernel (DotSoftmaxArgs args)
{
  gsize first = (gsize) blockIdx.x * args.columns;
  float most  = -INFINITY;
  float sum   = 0.0f;

  for (gsize i = threadIdx.x; i < args.columns; i += THREADS)
    most = fmaxf (most, dot_element_load (args.result, first + i));
  most = (float) reduce<true> (most);
  for (gsize i = threadIdx.x; i < args.columns; i += THREADS)
    sum += expf (dot_element_load (args.result, first + i) - most);
  sum = (float) reduce<false> (sum);
  for (gsize i = threadIdx.x; i < args.columns; i += THREADS)
    dot_element_store (args.out, first + i,
                       expf (dot_element_load (args.result, first + i) - most) / sum);
}

/*  one block a candidate  */

__global__ void
move_kernel (DotMotion motion)
{
  gsize  first  = (gsize) blockIdx.x * motion.dimension;
  double radial = 0.0;
  double square = 0.0;
  double factor;

  for (gsize i = first + threadIdx.x; i < first + motion.dimension; i += THREADS)
    {
      radial += dot_motion_descent (&motion, blockIdx.x, i) * motion.points[i];
      square += motion.points[i] * motion.points[i];
    }
  radial = reduce<false> (radial);
  square = reduce<false> (square);
  factor = dot_motion_project (&motion, radial, square);
  for (gsize i = first + threadIdx.x; i < first + motion.dimension; i += THREADS)
    dot_motion_move (&motion, blockIdx.x, i, factor);
}

__global__ void
distance_kernel (DotMotion motion)
{
  gsize  first = (gsize) blockIdx.x * motion.dimension;
  double sum   = 0.0;

  for (gsize i = first + threadIdx.x; i < first + motion.dimension; i += THREADS)
    {
      double difference = dot_motion_difference (&motion, i);

      dot_motion_take (&motion, i);
      sum += difference * difference;
    }
  sum = reduce<false> (sum);
  if (threadIdx.x == 0)
    motion.distances[blockIdx.x] = sqrt (sum);
}

/* Numbers of what an operation that changes sizes takes, and puts out. */
gsize
count_inner (const DotSizes *sizes)
{
  return sizes->batch * sizes->height * sizes->width * sizes->channels;
}

gsize
count_outer (const DotSizes *sizes)
{
  return sizes->batch * sizes->out_height * sizes->out_width * sizes->channels;
}

} // namespace

/*  what plans call; see native/kernel.c  */

extern "C" void
dot_kernel_affine (DotContext   *context,
                   DotView       out,
                   DotView       in,
                   DotPixels     pixels,
                   const float  *scale,
                   const float  *shift,
                   DotActivation activation)
{
  gsize         n    = pixels.count * pixels.channels;
  DotAffineArgs args = { out, in, pixels.channels, NULL, scale, shift, activation };

  affine_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

/**
 * dot_kernel_follow:
 * @bias: (nullable): one number a channel
 * @scale: (nullable): with @shift
 *
 * What follows a convolution, in place.
 */
extern "C" void
dot_kernel_follow (DotContext   *context,
                   DotView       view,
                   DotPixels     pixels,
                   const float  *bias,
                   const float  *scale,
                   const float  *shift,
                   DotActivation activation)
{
  gsize         n    = pixels.count * pixels.channels;
  DotAffineArgs args = { view, view, pixels.channels, bias, scale, shift, activation };

  affine_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_back (DotContext   *context,
                 DotView       out,
                 DotView       gradient,
                 DotView       result,
                 DotPixels     pixels,
                 const float  *scale,
                 DotActivation activation,
                 gboolean      accumulate)
{
  gsize       n    = pixels.count * pixels.channels;
  DotBackArgs args = { out, gradient, result, pixels.channels, scale, activation, accumulate };

  back_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_add (DotContext *context,
                DotView     out,
                DotView     first,
                DotView     second,
                gsize       items,
                float       factor)
{
  DotAddArgs args = { out, first, second, factor };

  add_kernel<<<blocks_for (items), THREADS, 0, context->stream>>> (args, items);
}

extern "C" void
dot_kernel_pool (DotContext *context,
                 DotView     out,
                 DotView     in,
                 gsize       rows,
                 gsize       width,
                 gsize       channels,
                 float       factor,
                 gboolean    accumulate)
{
  gsize         n    = rows * width * channels;
  DotResizeArgs args = { out, in, width, channels, factor, accumulate };

  pool_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_unpool (DotContext *context,
                   DotView     out,
                   DotView     in,
                   gsize       rows,
                   gsize       width,
                   gsize       channels,
                   float       factor,
                   gboolean    accumulate)
{
  gsize         n    = rows * width * channels;
  DotResizeArgs args = { out, in, width, channels, factor, accumulate };

  unpool_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_fir_up (DotContext     *context,
                   DotView         out,
                   DotView         in,
                   const DotSizes *sizes,
                   float           factor,
                   gboolean        accumulate)
{
  gsize      n    = 4 * count_inner (sizes);
  DotFirArgs args = { out, in, *sizes, factor, accumulate };

  fir_up_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_fir_down (DotContext     *context,
                     DotView         out,
                     DotView         in,
                     const DotSizes *sizes,
                     float           factor,
                     gboolean        accumulate)
{
  gsize      n    = count_inner (sizes);
  DotFirArgs args = { out, in, *sizes, factor, accumulate };

  fir_down_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_resize (DotContext *context, DotView out, DotView in, const DotSizes *sizes)
{
  gsize        n    = count_outer (sizes);
  DotSizesArgs args = { out, in, { NULL, FALSE }, *sizes, FALSE };

  resize_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_resize_back (DotContext     *context,
                        DotView         out,
                        DotView         gradient,
                        const DotSizes *sizes,
                        gboolean        accumulate)
{
  gsize        n    = count_inner (sizes);
  DotSizesArgs args = { out, gradient, { NULL, FALSE }, *sizes, accumulate };

  resize_back_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_max_pool (DotContext *context, DotView out, DotView in, const DotSizes *sizes)
{
  gsize        n    = count_outer (sizes);
  DotSizesArgs args = { out, in, { NULL, FALSE }, *sizes, FALSE };

  max_pool_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_max_pool_back (DotContext     *context,
                          DotView         out,
                          DotView         gradient,
                          DotView         in,
                          const DotSizes *sizes,
                          gboolean        accumulate)
{
  gsize        n    = count_inner (sizes);
  DotSizesArgs args = { out, gradient, in, *sizes, accumulate };

  max_pool_back_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_copy (DotContext    *context,
                 DotView        out,
                 DotView        in,
                 const DotPart *part,
                 gboolean       accumulate)
{
  gsize       n    = part->pixels * part->channels;
  DotCopyArgs args = { out, in, *part, accumulate };

  copy_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_concat (DotContext  *context,
                   DotView      out,
                   DotView      in,
                   DotPixels    pixels,
                   const float *further,
                   gsize        n_further)
{
  gsize          n    = pixels.count * (pixels.channels + n_further);
  DotFurtherArgs args = { out, in, pixels.channels, further, n_further, FALSE };

  concat_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_slice (DotContext *context,
                  DotView     out,
                  DotView     in,
                  DotPixels   pixels,
                  gsize       n_further,
                  gboolean    accumulate)
{
  gsize          n    = pixels.count * pixels.channels;
  DotFurtherArgs args = { out, in, pixels.channels, NULL, n_further, accumulate };

  slice_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_modulate_rows (DotContext *context,
                          float      *out,
                          DotView     gradient,
                          DotView     in,
                          gsize       batch,
                          DotPixels   pixels,
                          gboolean    accumulate)
{
  DotModulateArgs args = { out, gradient, in, pixels, accumulate };
  unsigned        rows = (unsigned) (batch * pixels.channels);

  modulate_rows_kernel<<<rows, THREADS, 0, context->stream>>> (args);
}

extern "C" void
dot_kernel_dot (DotContext    *context,
                double        *scores,
                DotView        in,
                gsize          batch,
                DotPixels      pixels,
                const DotHead *head)
{
  DotHeadArgs args = { in, pixels.count * pixels.channels, *head, scores };

  score_kernel<<<(unsigned) batch, THREADS, 0, context->stream>>> (args);
}

extern "C" void
dot_kernel_spread (DotContext    *context,
                   DotView        out,
                   gsize          batch,
                   DotPixels      pixels,
                   const DotHead *head)
{
  gsize       items = pixels.count * pixels.channels;
  DotHeadArgs args  = { out, items, *head, NULL };

  spread_kernel<<<blocks_for (batch * items), THREADS, 0, context->stream>>> (args, batch * items);
}

/**
 * dot_kernel_softmax:
 * @in: (rows, columns)
 *
 * The softmax over each row.
 */
extern "C" void
dot_kernel_softmax (DotContext *context, DotView out, DotView in, gsize rows, gsize columns)
{
  DotSoftmaxArgs args = { out, { NULL, FALSE }, in, columns };

  softmax_kernel<<<(unsigned) rows, THREADS, 0, context->stream>>> (args);
}

extern "C" void
dot_kernel_softmax_back (DotContext *context,
                         DotView     out,
                         DotView     gradient,
                         DotView     result,
                         gsize       rows,
                         gsize       columns)
{
  DotSoftmaxArgs args = { out, gradient, result, columns };

  softmax_back_kernel<<<(unsigned) rows, THREADS, 0, context->stream>>> (args);
}

/**
 * dot_kernel_move:
 *
 * One step of every point, and the latents that the networks take.
 */
extern "C" void
dot_kernel_move (DotContext *context, const DotMotion *motion, gsize batch)
{
  move_kernel<<<(unsigned) batch, THREADS, 0, context->stream>>> (*motion);
}

/**
 * dot_kernel_distance:
 *
 * The gradients that the networks have left, and the distances.
 */
extern "C" void
dot_kernel_distance (DotContext *context, const DotMotion *motion, gsize batch)
{
  distance_kernel<<<(unsigned) batch, THREADS, 0, context->stream>>> (*motion);
}
