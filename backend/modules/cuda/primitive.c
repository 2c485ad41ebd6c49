/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What every kind of primitive is asked; products by cuBLAS, and softmaxes. */

#include "cuda-context.h"

#include "base/intl.h"

void
dot_primitive_free (DotPrimitive *primitive)
{
  if (! primitive)
    return;

  if (primitive->clear)
    primitive->clear (primitive);
  g_free (primitive);
}

gsize
dot_primitive_get_scratch_size (const DotPrimitive *primitive)
{
  return primitive->scratch_size;
}

/**
 * dot_primitive_place:
 *
 * Says where in the GPU's memory an argument is.
 */
gboolean
dot_primitive_place (DotPrimitive *primitive, DotArgument argument, gpointer data, GError **error)
{
  primitive->places[argument] = data;
  return TRUE;
}

/**
 * dot_primitive_run:
 *
 * Has the GPU compute it, in its order; every argument must have its place.
 */
gboolean
dot_primitive_run (const DotPrimitive *primitive, DotContext *context, GError **error)
{
  return primitive->run (primitive, context, error);
}

/*  products  */

/* @size: rows of the result, inner size, columns of the result */
typedef struct
{
  DotPrimitive parent;
  gsize        batch;
  gsize        size[3];
  gboolean     transposed[2];
  gboolean     narrow[3];
  float        factor;
  gboolean     accumulate;
} Product;

static cudaDataType_t
type_of (gboolean narrow)
{
  return narrow ? CUDA_R_16BF : CUDA_R_32F;
}

static cublasComputeType_t
compute_of (const DotContext *context, const Product *product)
{
  return context->tf32 && ! product->narrow[0] ? CUBLAS_COMPUTE_32F_FAST_TF32 : CUBLAS_COMPUTE_32F;
}

/* cuBLAS wants columns, we have rows: it computes the transposed product of
 * the transposed factors, which is the same numbers in memory. */
static gboolean
run_product (const DotPrimitive *primitive, DotContext *context, GError **error)
{
  const Product *p       = (const Product *) primitive;
  gsize          rows    = p->size[0];
  gsize          inner   = p->size[1];
  gsize          columns = p->size[2];
  float          beta    = p->accumulate ? 1.0f : 0.0f;

  return dot_check_cublas (
    cublasGemmStridedBatchedEx (context->cublas, p->transposed[1] ? CUBLAS_OP_T : CUBLAS_OP_N,
                                p->transposed[0] ? CUBLAS_OP_T : CUBLAS_OP_N, columns, rows, inner,
                                &p->factor, primitive->places[DOT_ARGUMENT_AUX],
                                type_of (p->narrow[1]), p->transposed[1] ? inner : columns,
                                inner * columns, primitive->places[DOT_ARGUMENT_IN],
                                type_of (p->narrow[0]), p->transposed[0] ? rows : inner,
                                rows * inner, &beta, primitive->places[DOT_ARGUMENT_OUT],
                                type_of (p->narrow[2]), columns, rows * columns, p->batch,
                                compute_of (context, p), CUBLAS_GEMM_DEFAULT),
    error);
}

/**
 * dot_primitive_product:
 * @size: rows of the result, inner size, columns of the result
 * @transposed: which of the factors lie in memory column by column
 * @narrow: which of first factor, second and result are bfloat16
 *
 * Returns: (transfer full): result = factor · first × second for each sample,
 *   summed in float32
 */
DotPrimitive *
dot_primitive_product (DotContext      *context,
                       gsize            batch,
                       const gsize      size[3],
                       const gboolean   transposed[2],
                       const gboolean   narrow[3],
                       const DotFollow *follow,
                       GError         **error)
{
  Product *product;

  if (narrow[0] != narrow[1] || (narrow[2] && ! narrow[0]))
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                           _ ("The native engine can't compute this model: take --engine torch."));
      return NULL;
    }

  product  = g_new0 (Product, 1);
  *product = (Product) {
    .parent     = { .run = run_product },
    .batch      = batch,
    .size       = { size[0], size[1], size[2] },
    .transposed = { transposed[0], transposed[1] },
    .narrow     = { narrow[0], narrow[1], narrow[2] },
    .factor     = follow->factor,
    .accumulate = follow->accumulate,
  };
  return &product->parent;
}

/*  softmaxes  */

typedef struct
{
  DotPrimitive parent;
  gsize        rows;
  gsize        columns;
  gboolean     narrow;
} Softmax;

static gboolean
run_softmax (const DotPrimitive *primitive, DotContext *context, GError **error)
{
  const Softmax *s   = (const Softmax *) primitive;
  DotView        in  = { primitive->places[DOT_ARGUMENT_IN], FALSE };
  DotView        out = { primitive->places[DOT_ARGUMENT_OUT], s->narrow };

  dot_kernel_softmax (context, out, in, s->rows, s->columns);
  return TRUE;
}

/**
 * dot_primitive_softmax:
 * @narrow: whether the result is bfloat16; the input is float32
 *
 * Returns: (transfer full): the softmax over each row
 */
DotPrimitive *
dot_primitive_softmax (DotContext *context,
                       gsize       rows,
                       gsize       columns,
                       gboolean    narrow,
                       GError    **error)
{
  Softmax *softmax = g_new0 (Softmax, 1);

  softmax->parent.run = run_softmax;
  softmax->rows       = rows;
  softmax->columns    = columns;
  softmax->narrow     = narrow;
  return &softmax->parent;
}
