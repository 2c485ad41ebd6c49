/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "modules/plan/node.h"

#include <cublas_v2.h>
#include <cuda_runtime_api.h>
#include <cudnn.h>

G_BEGIN_DECLS

/* One GPU, and the one order in which everything is computed on it.
 * @tf32: whether products of float32 may be rounded to TF32 first
 * @last_mark: of points that an update has left here (advance.c) */
struct _DotContext
{
  cudaStream_t   stream;
  cudnnHandle_t  cudnn;
  cublasHandle_t cublas;
  gpointer       workspace;
  char          *name;
  gboolean       tf32;
  guint64        last_mark;
};

/* An operation that is ready to run: what each kind of it begins with. */
struct _DotPrimitive
{
  gpointer places[DOT_N_ARGUMENTS];
  gsize    scratch_size;
  gboolean (*run) (const DotPrimitive *primitive, DotContext *context, GError **error);
  void (*clear) (DotPrimitive *primitive);
};

gboolean dot_check_cuda (cudaError_t status, GError **error);
gboolean dot_check_cudnn (cudnnStatus_t status, GError **error);
gboolean dot_check_cublas (cublasStatus_t status, GError **error);

gconstpointer dot_pack_get (DotContext *context, DotNode *node, gboolean narrow, GError **error);
const float  *dot_pack_get_bias (DotContext *context, DotNode *node, GError **error);

/* The kernels that only a GPU has: on the CPU they are oneDNN's. */
void dot_kernel_follow (DotContext   *context,
                        DotView       view,
                        DotPixels     pixels,
                        const float  *bias,
                        const float  *scale,
                        const float  *shift,
                        DotActivation activation);
void dot_kernel_softmax (DotContext *context, DotView out, DotView in, gsize rows, gsize columns);

G_END_DECLS
