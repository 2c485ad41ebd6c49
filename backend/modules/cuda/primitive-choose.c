/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which of cuDNN's algorithms computes a convolution: the fastest of those
 * that give the same numbers every time, in the precision that was asked for,
 * measured once when a plan is made. */

#include "primitive-convolution.h"

/* Bytes that an algorithm may need; more is seldom worth it. */
#define MOST_WORKSPACE ((gsize) 128 << 20)

#define MAX_ALGORITHMS 16

/* What the measurements compute on. */
typedef struct
{
  void *in;
  void *out;
  void *workspace;
} Trial;

static void
trial_clear (Trial *trial)
{
  cudaFree (trial->in);
  cudaFree (trial->out);
  cudaFree (trial->workspace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static gboolean
trial_init (Trial *trial, const DotConvolution *convolution, DotContext *context, GError **error)
{
  gsize item = convolution->narrow ? sizeof (guint16) : sizeof (float);
  gsize in   = convolution->in.count * convolution->in.channels * item;
  gsize out  = convolution->out.count * convolution->out.channels * item;

  return dot_check_cuda (cudaMalloc (&trial->in, in), error) &&
         dot_check_cuda (cudaMalloc (&trial->out, out), error) &&
         dot_check_cuda (cudaMalloc (&trial->workspace, MOST_WORKSPACE), error) &&
         dot_check_cuda (cudaMemsetAsync (trial->in, 0, in, context->stream), error) &&
         dot_check_cuda (cudaMemsetAsync (trial->out, 0, out, context->stream), error);
}

/* With TF32 the numbers of float32 would have ten bits; conversions to float16
 * were never asked for. */
static gboolean
is_fit (const DotConvolution *convolution,
        cudnnStatus_t         status,
        gsize                 memory,
        cudnnDeterminism_t    determinism,
        cudnnMathType_t       math)
{
  return status == CUDNN_STATUS_SUCCESS && memory <= MOST_WORKSPACE &&
         determinism == CUDNN_DETERMINISTIC && math != CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION &&
         (convolution->math != CUDNN_FMA_MATH || math == CUDNN_FMA_MATH);
}

static gboolean
take (DotConvolution *convolution,
      int             algorithm,
      gsize           memory,
      cudnnMathType_t math,
      GError        **error)
{
  convolution->algorithm      = algorithm;
  convolution->workspace_size = memory;
  return dot_check_cudnn (cudnnSetConvolutionMathType (convolution->window, math), error);
}

/*  forward  */

/* The one that cuDNN has for every convolution. */
static gboolean
take_plain_forward (DotConvolution *c, DotContext *context, GError **error)
{
  cudnnConvolutionFwdAlgo_t plain = CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM;
  size_t                    size  = 0;

  c->algorithm = plain;
  if (! dot_check_cudnn (cudnnGetConvolutionForwardWorkspaceSize (context->cudnn, c->large,
                                                                  c->filter, c->window, c->small,
                                                                  plain, &size),
                         error))
    return FALSE;
  c->workspace_size = size;
  return TRUE;
}

static gboolean
choose_forward (DotConvolution *c, DotContext *context, const Trial *trial, GError **error)
{
  cudnnConvolutionFwdAlgoPerf_t found[MAX_ALGORITHMS];
  int                           n = 0;

  if (! dot_check_cudnn (cudnnFindConvolutionForwardAlgorithmEx (context->cudnn, c->large,
                                                                 trial->in, c->filter, c->weight,
                                                                 c->window, c->small, trial->out,
                                                                 MAX_ALGORITHMS, &n, found,
                                                                 trial->workspace, MOST_WORKSPACE),
                         error))
    return FALSE;

  for (int i = 0; i < n; i++)
    if (is_fit (c, found[i].status, found[i].memory, found[i].determinism, found[i].mathType))
      return take (c, found[i].algo, found[i].memory, found[i].mathType, error);
  return take_plain_forward (c, context, error);
}

/*  transposed  */

static gboolean
take_plain_transposed (DotConvolution *c, DotContext *context, GError **error)
{
  cudnnConvolutionBwdDataAlgo_t plain = CUDNN_CONVOLUTION_BWD_DATA_ALGO_1;
  size_t                        size  = 0;

  c->algorithm = plain;
  if (! dot_check_cudnn (cudnnGetConvolutionBackwardDataWorkspaceSize (context->cudnn, c->filter,
                                                                       c->small, c->window,
                                                                       c->large, plain, &size),
                         error))
    return FALSE;
  c->workspace_size = size;
  return TRUE;
}

static gboolean
choose_transposed (DotConvolution *c, DotContext *context, const Trial *trial, GError **error)
{
  cudnnConvolutionBwdDataAlgoPerf_t found[MAX_ALGORITHMS];
  int                               n = 0;

  if (! dot_check_cudnn (cudnnFindConvolutionBackwardDataAlgorithmEx (
                           context->cudnn, c->filter, c->weight, c->small, trial->in, c->window,
                           c->large, trial->out, MAX_ALGORITHMS, &n, found, trial->workspace,
                           MOST_WORKSPACE),
                         error))
    return FALSE;

  for (int i = 0; i < n; i++)
    if (is_fit (c, found[i].status, found[i].memory, found[i].determinism, found[i].mathType))
      return take (c, found[i].algo, found[i].memory, found[i].mathType, error);
  return take_plain_transposed (c, context, error);
}

/**
 * dot_primitive_choose:
 *
 * Finds the algorithm, and says how much scratch it needs.
 */
gboolean
dot_primitive_choose (DotConvolution *convolution, DotContext *context, GError **error)
{
  g_auto (Trial) trial = {
    NULL,
  };

  if (! trial_init (&trial, convolution, context, error))
    return FALSE;
  return convolution->transposed ? choose_transposed (convolution, context, &trial, error)
                                 : choose_forward (convolution, context, &trial, error);
}
