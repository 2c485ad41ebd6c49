/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "cuda-context.h"

G_BEGIN_DECLS

/**
 * DotConvolution:
 * @large, @small: the pixels on both sides of the windows: a convolution makes
 *   the small ones from the large ones, a transposed one the other way round
 * @narrow: whether it computes in bfloat16
 * @math: how it may multiply
 * @weight: not owned
 * @bias: (nullable): not owned
 * @algorithm: cuDNN's number of it, for its direction
 * @workspace_size: bytes of scratch that it needs
 * @converted_size: bytes of scratch before those, for an input of the other
 *   precision; 0 where it is of this one
 */
typedef struct
{
  DotPrimitive                 parent;
  DotFollow                    follow;
  gboolean                     transposed;
  gboolean                     narrow;
  cudnnMathType_t              math;
  DotPixels                    in;
  DotPixels                    out;
  cudnnTensorDescriptor_t      large;
  cudnnTensorDescriptor_t      small;
  cudnnFilterDescriptor_t      filter;
  cudnnConvolutionDescriptor_t window;
  gconstpointer                weight;
  const float                 *bias;
  int                          algorithm;
  gsize                        workspace_size;
  gsize                        converted_size;
} DotConvolution;

gboolean dot_primitive_choose (DotConvolution *convolution, DotContext *context, GError **error);

G_END_DECLS
