/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "network.h"

/**
 * dot_network_new:
 *
 * Returns: (transfer full): a network without operations, whose value 0 is
 *   an input of the given size
 */
DotNetwork *
dot_network_new (guint channels, guint height, guint width)
{
  DotNetwork *network = g_new0 (DotNetwork, 1);

  network->channels = channels;
  network->height   = height;
  network->width    = width;
  return network;
}

void
dot_network_free (DotNetwork *network)
{
  if (! network)
    return;

  for (guint i = 0; i < network->n_ops; i++)
    {
      dot_array_unref (network->ops[i].weight);
      dot_array_unref (network->ops[i].bias);
      dot_array_unref (network->ops[i].u);
      dot_array_unref (network->ops[i].mean);
      dot_array_unref (network->ops[i].variance);
      g_free (network->ops[i].layer);
    }
  g_free (network->ops);
  g_free (network);
}

/* An operation whose output has its input's size, until the caller says else.
 * The new operation's value number is the network's n_ops. */
static DotOp *
network_append (DotNetwork *network, DotOpKind kind, guint input)
{
  DotOp *op;

  network->ops = g_renew (DotOp, network->ops, network->n_ops + 1);
  op           = &network->ops[network->n_ops++];
  *op          = (DotOp) { .kind = kind, .stride = 1, .groups = 1 };
  for (guint i = 0; i < DOT_OP_MAX_INPUTS; i++)
    op->inputs[i] = input;

  op->channels = input ? network->ops[input - 1].channels : network->channels;
  op->height   = input ? network->ops[input - 1].height : network->height;
  op->width    = input ? network->ops[input - 1].width : network->width;
  return op;
}

static DotArray *
array_ref_or_null (DotArray *array)
{
  return array ? dot_array_ref (array) : NULL;
}

/**
 * dot_network_linear:
 * @weight: (channels · height · width, inputs)
 * @bias: (nullable): (channels · height · width)
 *
 * Returns: the number of the output
 */
guint
dot_network_linear (DotNetwork *network,
                    guint       input,
                    DotArray   *weight,
                    DotArray   *bias,
                    guint       height,
                    guint       width)
{
  DotOp *op = network_append (network, DOT_OP_LINEAR, input);

  op->weight   = dot_array_ref (weight);
  op->bias     = array_ref_or_null (bias);
  op->channels = weight->shape[0] / (height * width);
  op->height   = height;
  op->width    = width;
  return network->n_ops;
}

/* @op: of its input's size */
static void
op_set_window (DotOp *op, const DotArray *weight, guint stride, guint padding)
{
  guint size = weight->shape[2];

  op->groups   = op->channels / weight->shape[1];
  op->channels = weight->shape[0];
  op->height   = (op->height + 2 * padding - size) / stride + 1;
  op->width    = (op->width + 2 * padding - size) / stride + 1;
  op->stride   = stride;
  op->padding  = padding;
}

/**
 * dot_network_conv_padded:
 * @weight: as of dot_network_conv()
 * @bias: (nullable): (out)
 * @padding: zeros on all sides
 *
 * Returns: the number of the output
 */
guint
dot_network_conv_padded (DotNetwork *network,
                         guint       input,
                         DotArray   *weight,
                         DotArray   *bias,
                         guint       stride,
                         guint       padding)
{
  DotOp *op = network_append (network, DOT_OP_CONV, input);

  op->weight = dot_array_ref (weight);
  op->bias   = array_ref_or_null (bias);
  op_set_window (op, weight, stride, padding);
  return network->n_ops;
}

/**
 * dot_network_conv:
 * @weight: (out, in, k, k), or of fewer inputs, in groups of so many
 * @bias: (nullable): (out)
 *
 * A convolution with padding 1, or 0 where k is 1.
 *
 * Returns: the number of the output
 */
guint
dot_network_conv (DotNetwork *network, guint input, DotArray *weight, DotArray *bias, guint stride)
{
  return dot_network_conv_padded (network, input, weight, bias, stride,
                                  weight->shape[2] > 1 ? 1 : 0);
}

/**
 * dot_network_conv_valid:
 * @weight: as of dot_network_conv()
 * @bias: (nullable): (out)
 *
 * A convolution without padding.
 *
 * Returns: the number of the output
 */
guint
dot_network_conv_valid (DotNetwork *network,
                        guint       input,
                        DotArray   *weight,
                        DotArray   *bias,
                        guint       stride)
{
  return dot_network_conv_padded (network, input, weight, bias, stride, 0);
}

/**
 * dot_network_deconv:
 * @weight: (in, out, k, k)
 * @bias: (nullable): (out)
 *
 * Returns: the number of the output
 */
guint
dot_network_deconv (DotNetwork *network,
                    guint       input,
                    DotArray   *weight,
                    DotArray   *bias,
                    guint       stride)
{
  return dot_network_deconv_padded (network, input, weight, bias, stride,
                                    weight->shape[2] > 1 ? 1 : 0);
}

/**
 * dot_network_deconv_padded:
 * @weight: (in, out, k, k)
 * @bias: (nullable): (out)
 * @padding: how many rows and columns on each side are cut off
 *
 * Returns: the number of the output
 */
guint
dot_network_deconv_padded (DotNetwork *network,
                           guint       input,
                           DotArray   *weight,
                           DotArray   *bias,
                           guint       stride,
                           guint       padding)
{
  DotOp *op   = network_append (network, DOT_OP_DECONV, input);
  guint  size = weight->shape[2];

  op->weight   = dot_array_ref (weight);
  op->bias     = array_ref_or_null (bias);
  op->stride   = stride;
  op->padding  = padding;
  op->channels = weight->shape[1];
  op->height   = (op->height - 1) * stride + size - 2 * op->padding;
  op->width    = (op->width - 1) * stride + size - 2 * op->padding;
  return network->n_ops;
}

guint
dot_network_affine (DotNetwork *network, guint input, DotArray *scale, DotArray *shift)
{
  DotOp *op = network_append (network, DOT_OP_AFFINE, input);

  op->weight = dot_array_ref (scale);
  op->bias   = dot_array_ref (shift);
  return network->n_ops;
}

/**
 * dot_network_batch_norm:
 * @gamma, @beta: (channels), or (labels, channels)
 * @mean, @variance: (channels) running statistics
 *
 * Returns: the number of the output
 */
guint
dot_network_batch_norm (DotNetwork *network,
                        guint       input,
                        DotArray   *gamma,
                        DotArray   *beta,
                        DotArray   *mean,
                        DotArray   *variance)
{
  DotOp *op = network_append (network, DOT_OP_BATCH_NORM, input);

  op->weight   = dot_array_ref (gamma);
  op->bias     = dot_array_ref (beta);
  op->mean     = dot_array_ref (mean);
  op->variance = dot_array_ref (variance);
  return network->n_ops;
}

/**
 * dot_network_unary:
 * @kind: an operation without weights
 *
 * Returns: the number of the output
 */
guint
dot_network_unary (DotNetwork *network, DotOpKind kind, guint input)
{
  DotOp *op = network_append (network, kind, input);

  if (kind == DOT_OP_UPSAMPLE || kind == DOT_OP_FIR_UP)
    {
      op->height *= 2;
      op->width *= 2;
    }
  else if (kind == DOT_OP_AVERAGE || kind == DOT_OP_FIR_DOWN)
    {
      op->height /= 2;
      op->width /= 2;
    }
  else if (kind == DOT_OP_SUM || kind == DOT_OP_MEAN)
    {
      op->height = 1;
      op->width  = 1;
    }
  return network->n_ops;
}

/* Windows at every second pixel; the last one may be a part. */
static guint
max_pool_size (guint size, guint window)
{
  return (MAX (size, window) - window + 1) / 2 + 1;
}

/**
 * dot_network_max_pool:
 * @window: 3 or 2
 *
 * Returns: the number of the output
 */
guint
dot_network_max_pool (DotNetwork *network, guint input, guint window)
{
  DotOp *op = network_append (network, DOT_OP_MAX_POOL, input);

  op->window = window;
  op->height = max_pool_size (op->height, window);
  op->width  = max_pool_size (op->width, window);
  return network->n_ops;
}

/**
 * dot_network_resize:
 * @height, @width: what the output shall have
 *
 * Returns: the number of the output
 */
guint
dot_network_resize (DotNetwork *network, guint input, guint height, guint width)
{
  DotOp *op = network_append (network, DOT_OP_RESIZE, input);

  op->height = height;
  op->width  = width;
  return network->n_ops;
}

guint
dot_network_add (DotNetwork *network, guint first, guint second)
{
  DotOp *op = network_append (network, DOT_OP_ADD, first);

  op->inputs[1] = second;
  return network->n_ops;
}

/**
 * dot_network_join:
 * @first, @second: of one height and width
 *
 * Returns: the number of the output
 */
guint
dot_network_join (DotNetwork *network, guint first, guint second)
{
  DotOp *op = network_append (network, DOT_OP_JOIN, first);

  op->inputs[1] = second;
  op->channels += second ? network->ops[second - 1].channels : network->channels;
  return network->n_ops;
}

guint
dot_network_project (DotNetwork *network, guint score, guint features, DotArray *weight)
{
  DotOp *op = network_append (network, DOT_OP_PROJECT, score);

  op->inputs[1] = features;
  op->weight    = dot_array_ref (weight);
  return network->n_ops;
}

/**
 * dot_network_concat:
 * @weight: (labels, further channels)
 *
 * Returns: the number of the output
 */
guint
dot_network_concat (DotNetwork *network, guint input, DotArray *weight)
{
  DotOp *op = network_append (network, DOT_OP_CONCAT, input);

  op->weight = dot_array_ref (weight);
  op->channels += weight->shape[1];
  return network->n_ops;
}

/**
 * dot_network_modulate:
 * @rows: a vector of twice as many numbers as @input has channels
 *
 * Returns: the number of the output
 */
guint
dot_network_modulate (DotNetwork *network, guint input, guint rows)
{
  DotOp *op = network_append (network, DOT_OP_MODULATE, input);

  op->inputs[1] = rows;
  return network->n_ops;
}

/**
 * dot_network_demodulate:
 * @input: a vector of at least as many numbers as @weight has columns
 * @weight: (channels, numbers)
 * @bias: (channels)
 *
 * Returns: the number of the output
 */
guint
dot_network_demodulate (DotNetwork *network, guint input, DotArray *weight, DotArray *bias)
{
  DotOp *op = network_append (network, DOT_OP_DEMODULATE, input);

  op->weight   = dot_array_ref (weight);
  op->bias     = dot_array_ref (bias);
  op->channels = 2 * weight->shape[0];
  return network->n_ops;
}

/**
 * dot_network_noise:
 * @pixels: of the input's height and width
 *
 * Returns: the number of the output
 */
guint
dot_network_noise (DotNetwork *network, guint input, DotArray *pixels)
{
  DotOp *op = network_append (network, DOT_OP_NOISE, input);

  op->weight = dot_array_ref (pixels);
  return network->n_ops;
}

/**
 * dot_network_clamp:
 * @limit: above 0
 *
 * Returns: the number of the output
 */
guint
dot_network_clamp (DotNetwork *network, guint input, double limit)
{
  DotOp *op = network_append (network, DOT_OP_CLAMP, input);

  op->limit = limit;
  return network->n_ops;
}

/**
 * dot_network_attention:
 * @query, @key: of as many channels
 * @value: of as many channels as @input
 * @gamma: (1)
 *
 * Returns: the number of the output
 */
guint
dot_network_attention (DotNetwork *network,
                       guint       query,
                       guint       key,
                       guint       value,
                       guint       input,
                       DotArray   *gamma)
{
  DotOp *op = network_append (network, DOT_OP_ATTENTION, input);

  op->inputs[0] = query;
  op->inputs[1] = key;
  op->inputs[2] = value;
  op->inputs[3] = input;
  op->weight    = dot_array_ref (gamma);
  return network->n_ops;
}

/**
 * dot_network_attend:
 * @query, @key: of as many channels
 * @value: of as many pixels as @key
 *
 * What attention puts together from @value, for each pixel of @query.
 *
 * Returns: the number of the output
 */
guint
dot_network_attend (DotNetwork *network, guint query, guint key, guint value)
{
  DotOp *op = network_append (network, DOT_OP_ATTENTION, query);

  op->inputs[1] = key;
  op->inputs[2] = value;
  op->channels  = value ? network->ops[value - 1].channels : network->channels;
  return network->n_ops;
}

guint
dot_network_reshape (DotNetwork *network, guint input, guint channels, guint height, guint width)
{
  DotOp *op = network_append (network, DOT_OP_RESHAPE, input);

  op->channels = channels;
  op->height   = height;
  op->width    = width;
  return network->n_ops;
}

/* A copy of an operation that holds its arrays, too; its values are @before later. */
static DotOp
copy_op (const DotOp *op, guint before)
{
  DotOp copy = *op;

  for (guint i = 0; i < DOT_OP_MAX_INPUTS; i++)
    copy.inputs[i] += before;
  copy.weight   = array_ref_or_null (op->weight);
  copy.bias     = array_ref_or_null (op->bias);
  copy.u        = array_ref_or_null (op->u);
  copy.mean     = array_ref_or_null (op->mean);
  copy.variance = array_ref_or_null (op->variance);
  copy.layer    = g_strdup (op->layer);
  return copy;
}

/* Puts copies of the first operations of another network behind those that are there. */
static void
append_copies (DotNetwork *network, const DotNetwork *other, guint n_ops)
{
  guint before = network->n_ops;

  network->ops = g_renew (DotOp, network->ops, before + n_ops);
  for (guint i = 0; i < n_ops; i++)
    network->ops[network->n_ops++] = copy_op (&other->ops[i], before);
}

/**
 * dot_network_start:
 * @n_ops: how many of its operations count
 *
 * Returns: (transfer full): the begin of a network
 */
DotNetwork *
dot_network_start (const DotNetwork *whole, guint n_ops)
{
  DotNetwork *network = dot_network_new (whole->channels, whole->height, whole->width);

  append_copies (network, whole, n_ops);
  return network;
}

/**
 * dot_network_chain:
 * @second: which takes what @first puts out
 * @n_ops: how many of its operations count
 *
 * Returns: (transfer full): both as one
 */
DotNetwork *
dot_network_chain (const DotNetwork *first, const DotNetwork *second, guint n_ops)
{
  DotNetwork *network = dot_network_start (first, first->n_ops);

  append_copies (network, second, n_ops);
  return network;
}

/**
 * dot_network_name:
 * @layer: what the names of its weights begin with
 * @u: (nullable): of the power iteration
 *
 * Says of the last operation what only training has to know.
 */
void
dot_network_name (DotNetwork *network, const char *layer, gboolean spectral, DotArray *u)
{
  DotOp *op = &network->ops[network->n_ops - 1];

  op->layer    = g_strdup (layer);
  op->spectral = spectral;
  op->u        = array_ref_or_null (u);
}

const DotOp *
dot_network_get_output (const DotNetwork *network)
{
  return &network->ops[network->n_ops - 1];
}
