/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What styles do between the convolutions, on a GPU. */

#include "elements-style.h"
#include "kernel-launch.h"

namespace
{

/*  one thread a number  */

__global__ void
demodulate_gate_kernel (DotDemodulateGateArgs args, gsize n)
{
  EACH (i, n)
  dot_element_demodulate_gate (&args, i);
}

__global__ void
noise_kernel (DotNoiseArgs args, gsize n)
{
  EACH (i, n)
  dot_element_noise (&args, i);
}

__global__ void
clamp_kernel (DotClampArgs args, gsize n)
{
  EACH (i, n)
  dot_element_clamp (&args, i);
}

__global__ void
clamp_back_kernel (DotClampArgs args, gsize n)
{
  EACH (i, n)
  dot_element_clamp_back (&args, i);
}

/*  one block a row  */

__global__ void
demodulate_kernel (DotDemodulateArgs args)
{
  double sum = 0.0;

  for (gsize i = threadIdx.x; i < args.how.columns; i += THREADS)
    sum += dot_element_demodulate_square (&args, blockIdx.x, i);
  sum = reduce<false> (sum);
  if (threadIdx.x == 0)
    dot_element_demodulate_put (&args, blockIdx.x, sum);
}

__global__ void
demodulate_back_kernel (DotDemodulateArgs args)
{
  double sum = 0.0;

  for (gsize i = threadIdx.x; i < args.how.channels; i += THREADS)
    sum += dot_element_demodulate_product (&args, blockIdx.x, i);
  sum = reduce<false> (sum);
  if (threadIdx.x == 0)
    dot_element_demodulate_back (&args, blockIdx.x, sum);
}

} // namespace

extern "C" void
dot_kernel_demodulate (DotContext            *context,
                       float                 *out,
                       const float           *in,
                       gsize                  batch,
                       const DotDemodulation *how,
                       const float           *shift)
{
  DotDemodulateArgs args = { out, in, *how, shift, NULL, FALSE };
  unsigned          rows = (unsigned) (batch * how->channels);

  demodulate_kernel<<<rows, THREADS, 0, context->stream>>> (args);
}

extern "C" void
dot_kernel_demodulate_gate (DotContext  *context,
                            float       *out,
                            const float *gradient,
                            const float *result,
                            gsize        batch,
                            gsize        channels)
{
  gsize                 n    = batch * channels;
  DotDemodulateGateArgs args = { out, gradient, result, channels };

  demodulate_gate_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_demodulate_back (DotContext            *context,
                            float                 *out,
                            const float           *gate,
                            const float           *in,
                            gsize                  batch,
                            const DotDemodulation *how,
                            gboolean               accumulate)
{
  DotDemodulateArgs args = { out, in, *how, NULL, gate, accumulate };
  unsigned          rows = (unsigned) (batch * how->stride);

  demodulate_back_kernel<<<rows, THREADS, 0, context->stream>>> (args);
}

extern "C" void
dot_kernel_noise (DotContext     *context,
                  DotView         out,
                  DotView         in,
                  gsize           batch,
                  DotPixels       pixels,
                  const DotNoise *noise)
{
  gsize        n    = batch * pixels.count * pixels.channels;
  DotNoiseArgs args = { out, in, pixels, *noise };

  noise_kernel<<<blocks_for (n), THREADS, 0, context->stream>>> (args, n);
}

extern "C" void
dot_kernel_clamp (DotContext *context, DotView out, DotView in, gsize items, float limit)
{
  DotClampArgs args = { out, in, { NULL, FALSE }, DOT_ACTIVATION_NONE, limit, FALSE };

  clamp_kernel<<<blocks_for (items), THREADS, 0, context->stream>>> (args, items);
}

extern "C" void
dot_kernel_clamp_back (DotContext   *context,
                       DotView       out,
                       DotView       gradient,
                       DotView       result,
                       gsize         items,
                       DotActivation activation,
                       float         limit,
                       gboolean      accumulate)
{
  DotClampArgs args = { out, result, gradient, activation, limit, accumulate };

  clamp_back_kernel<<<blocks_for (items), THREADS, 0, context->stream>>> (args, items);
}
