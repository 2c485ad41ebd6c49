/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Convolutions by cuDNN, on channels-last pixels.  The gradient of one is a
 * transposed one with the same weights, and the other way round. */

#include "primitive-convolution.h"

#include "base/intl.h"

#define ALIGNMENT 256

static void
convolution_clear (DotPrimitive *primitive)
{
  DotConvolution *c = (DotConvolution *) primitive;

  if (c->large)
    cudnnDestroyTensorDescriptor (c->large);
  if (c->small)
    cudnnDestroyTensorDescriptor (c->small);
  if (c->filter)
    cudnnDestroyFilterDescriptor (c->filter);
  if (c->window)
    cudnnDestroyConvolutionDescriptor (c->window);
}

/*  descriptions  */

typedef struct
{
  int channels;
  int height;
  int width;
} Size;

/* A linear operation is a 1×1 convolution of one pixel. */
static Size
size_of (const DotNode *node, gboolean flat)
{
  return flat ? (Size) { dot_node_get_items (node), 1, 1 }
              : (Size) { node->channels, node->height, node->width };
}

static cudnnDataType_t
type_of (const DotConvolution *c)
{
  return c->narrow ? CUDNN_DATA_BFLOAT16 : CUDNN_DATA_FLOAT;
}

static cudnnStatus_t
describe_pixels (cudnnTensorDescriptor_t *description,
                 const DotConvolution    *c,
                 gsize                    batch,
                 Size                     size)
{
  cudnnStatus_t status = cudnnCreateTensorDescriptor (description);

  if (status == CUDNN_STATUS_SUCCESS)
    status = cudnnSetTensor4dDescriptor (*description, CUDNN_TENSOR_NHWC, type_of (c), batch,
                                         size.channels, size.height, size.width);
  return status;
}

static cudnnStatus_t
describe_filter (DotConvolution *c, const DotNode *node, int small_channels, int large_channels)
{
  cudnnStatus_t status = cudnnCreateFilterDescriptor (&c->filter);

  if (status == CUDNN_STATUS_SUCCESS)
    status = cudnnSetFilter4dDescriptor (c->filter, type_of (c), CUDNN_TENSOR_NHWC, small_channels,
                                         large_channels / (int) node->groups, node->kernel,
                                         node->kernel);
  return status;
}

/* cuDNN's "default" is what permits TF32. */
static cudnnMathType_t
math_of (const DotContext *context, gboolean narrow)
{
  if (narrow)
    return CUDNN_TENSOR_OP_MATH;
  return context->tf32 ? CUDNN_DEFAULT_MATH : CUDNN_FMA_MATH;
}

/* Sums are float32 in all precisions. */
static cudnnStatus_t
describe_window (DotConvolution *c, const DotNode *node)
{
  cudnnStatus_t status = cudnnCreateConvolutionDescriptor (&c->window);

  if (status == CUDNN_STATUS_SUCCESS)
    status = cudnnSetConvolution2dDescriptor (c->window, node->padding, node->padding, node->stride,
                                              node->stride, 1, 1, CUDNN_CROSS_CORRELATION,
                                              CUDNN_DATA_FLOAT);
  if (status == CUDNN_STATUS_SUCCESS)
    status = cudnnSetConvolutionGroupCount (c->window, (int) node->groups);
  if (status == CUDNN_STATUS_SUCCESS)
    status = cudnnSetConvolutionMathType (c->window, c->math);
  return status;
}

/* cuDNN's padding is the same on all sides: whether that makes the sizes that
 * the node has. */
static gboolean
check_sizes (const DotConvolution *c, gsize batch, Size small, GError **error)
{
  int found[4];

  if (! dot_check_cudnn (cudnnGetConvolution2dForwardOutputDim (c->window, c->large, c->filter,
                                                                &found[0], &found[1], &found[2],
                                                                &found[3]),
                         error))
    return FALSE;
  if ((gsize) found[0] == batch && found[1] == small.channels && found[2] == small.height &&
      found[3] == small.width)
    return TRUE;

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _ ("The native engine can't compute this model: take --engine torch."));
  return FALSE;
}

static gboolean
describe (DotConvolution *c, const DotNode *node, gsize batch, GError **error)
{
  gboolean flat  = node->kind == DOT_OP_LINEAR;
  Size     in    = size_of (node->inputs[0], flat);
  Size     out   = size_of (node, flat);
  Size     large = node->kind == DOT_OP_DECONV ? out : in;
  Size     small = node->kind == DOT_OP_DECONV ? in : out;

  return dot_check_cudnn (describe_pixels (&c->large, c, batch, large), error) &&
         dot_check_cudnn (describe_pixels (&c->small, c, batch, small), error) &&
         dot_check_cudnn (describe_filter (c, node, small.channels, large.channels), error) &&
         dot_check_cudnn (describe_window (c, node), error) && check_sizes (c, batch, small, error);
}

/*  running  */

/* The input in the precision of the computation. */
static gconstpointer
convert (const DotConvolution *c, DotContext *context)
{
  gpointer in        = c->parent.places[DOT_ARGUMENT_IN];
  gpointer converted = c->parent.places[DOT_ARGUMENT_SCRATCH];

  if (c->converted_size == 0)
    return in;
  dot_kernel_affine (context, (DotView) { converted, c->narrow }, (DotView) { in, ! c->narrow },
                     c->in, NULL, NULL, DOT_ACTIVATION_NONE);
  return converted;
}

static cudnnStatus_t
convolve (const DotConvolution *c, DotContext *context, gconstpointer in)
{
  gpointer out       = c->parent.places[DOT_ARGUMENT_OUT];
  gpointer workspace = (char *) c->parent.places[DOT_ARGUMENT_SCRATCH] + c->converted_size;
  float    alpha     = c->follow.factor;
  float    beta      = c->follow.accumulate ? 1.0f : 0.0f;

  if (c->transposed)
    return cudnnConvolutionBackwardData (context->cudnn, &alpha, c->filter, c->weight, c->small, in,
                                         c->window, (cudnnConvolutionBwdDataAlgo_t) c->algorithm,
                                         workspace, c->workspace_size, &beta, c->large, out);
  return cudnnConvolutionForward (context->cudnn, &alpha, c->large, in, c->filter, c->weight,
                                  c->window, (cudnnConvolutionFwdAlgo_t) c->algorithm, workspace,
                                  c->workspace_size, &beta, c->small, out);
}

/* A convolution that is added to something has no scale of its own. */
static void
follow (const DotConvolution *c, DotContext *context)
{
  DotView view = { c->parent.places[DOT_ARGUMENT_OUT], c->narrow };

  if (c->bias || c->follow.scaled || c->follow.activation != DOT_ACTIVATION_NONE)
    dot_kernel_follow (context, view, c->out, c->bias,
                       c->follow.scaled ? c->parent.places[DOT_ARGUMENT_SCALE] : NULL,
                       c->follow.scaled ? c->parent.places[DOT_ARGUMENT_SHIFT] : NULL,
                       c->follow.activation);
}

static gboolean
convolution_run (const DotPrimitive *primitive, DotContext *context, GError **error)
{
  const DotConvolution *c = (const DotConvolution *) primitive;

  if (! dot_check_cudnn (convolve (c, context, convert (c, context)), error))
    return FALSE;
  follow (c, context);
  return TRUE;
}

/*  making  */

static DotPixels
pixels_of (const DotNode *node, gboolean flat, gsize batch)
{
  Size size = size_of (node, flat);

  return (DotPixels) { batch * size.height * size.width, size.channels };
}

static DotConvolution *
convolution_new (const DotNode   *node,
                 gboolean         backward,
                 gsize            batch,
                 gboolean         narrow_in,
                 gboolean         narrow_out,
                 const DotFollow *follow)
{
  DotConvolution *c    = g_new0 (DotConvolution, 1);
  gboolean        flat = node->kind == DOT_OP_LINEAR;
  DotPixels       from = pixels_of (node->inputs[0], flat, batch);
  DotPixels       to   = pixels_of (node, flat, batch);
  gsize           item = narrow_out ? sizeof (guint16) : sizeof (float);

  c->parent.run   = convolution_run;
  c->parent.clear = convolution_clear;
  c->follow       = *follow;
  c->transposed   = (node->kind == DOT_OP_DECONV) != backward;
  c->narrow       = narrow_out;
  c->in           = backward ? to : from;
  c->out          = backward ? from : to;
  if (narrow_in != narrow_out)
    c->converted_size = (c->in.count * c->in.channels * item + ALIGNMENT - 1) / ALIGNMENT *
                        ALIGNMENT;
  return c;
}

/**
 * dot_primitive_convolution:
 * @node: a convolution, transposed or not, or a linear operation
 * @backward: whether it takes the gradient of the node's result and gives that
 *   of its input
 * @batch: of samples
 * @narrow_in, @narrow_out: which are bfloat16; it computes in the precision of
 *   its output
 * @follow: what follows
 *
 * Returns: (transfer full): it, with its weight on the GPU and its algorithm
 *   chosen
 */
DotPrimitive *
dot_primitive_convolution (DotContext      *context,
                           DotNode         *node,
                           gboolean         backward,
                           gsize            batch,
                           gboolean         narrow_in,
                           gboolean         narrow_out,
                           const DotFollow *follow,
                           GError         **error)
{
  DotConvolution *c = convolution_new (node, backward, batch, narrow_in, narrow_out, follow);
  g_autoptr (DotPrimitive) made = &c->parent;

  c->math   = math_of (context, narrow_out);
  c->weight = dot_pack_get (context, node, narrow_out, error);
  if (! c->weight)
    return NULL;
  if (node->bias && ! backward && ! (c->bias = dot_pack_get_bias (context, node, error)))
    return NULL;
  if (! describe (c, node, batch, error) || ! dot_primitive_choose (c, context, error))
    return NULL;

  made->scratch_size = c->converted_size + c->workspace_size;
  return g_steal_pointer (&made);
}
