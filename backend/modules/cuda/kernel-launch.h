/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* How the kernels are started, and how the threads of a block add up. */

#include "cuda-context.h"

#define THREADS    256
#define MAX_BLOCKS 8192

/* Each thread's numbers of @n. */
#define EACH(i, n)                                                       \
  for (gsize i = (gsize) blockIdx.x * blockDim.x + threadIdx.x; i < (n); \
       i += (gsize) gridDim.x * blockDim.x)

static inline unsigned
blocks_for (gsize n)
{
  return (unsigned) CLAMP ((n + THREADS - 1) / THREADS, 1, MAX_BLOCKS);
}

/* The sum, or the largest, of what all threads of a block have; every thread
 * gets it, always added up in the same order. */
template <bool largest>
static __device__ double
reduce (double value)
{
  __shared__ double all[THREADS];

  __syncthreads ();
  all[threadIdx.x] = value;
  __syncthreads ();
  for (unsigned half = THREADS / 2; half > 0; half /= 2)
    {
      if (threadIdx.x < half)
        {
          double other = all[threadIdx.x + half];

          if (! largest)
            all[threadIdx.x] += other;
          else if (other > all[threadIdx.x])
            all[threadIdx.x] = other;
        }
      __syncthreads ();
    }
  return all[0];
}
