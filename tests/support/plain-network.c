/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Networks computed in double by the definition of each operation, one loop
 * a sum: slow, and plain enough to be believed. */

#include "plain-network.h"

#include <math.h>

typedef struct
{
  guint   channels;
  guint   height;
  guint   width;
  double *data;
} Value;

static gsize
value_items (const Value *value)
{
  return (gsize) value->channels * value->height * value->width;
}

/* Zero outside of the picture. */
static double
pixel (const Value *value, guint channel, int y, int x)
{
  if (y < 0 || x < 0 || y >= (int) value->height || x >= (int) value->width)
    return 0.0;
  return value->data[((gsize) channel * value->height + y) * value->width + x];
}

static double
bias (const DotOp *op, guint channel)
{
  return op->bias ? op->bias->data[channel] : 0.0;
}

static void
linear (const DotOp *op, const Value *in, Value *out)
{
  gsize n = value_items (in);

  for (gsize i = 0; i < value_items (out); i++)
    {
      out->data[i] = bias (op, i);
      for (gsize j = 0; j < n; j++)
        out->data[i] += op->weight->data[i * n + j] * in->data[j];
    }
}

static double
conv_at (const DotOp *op, const Value *in, guint channel, int y, int x)
{
  int    k     = (int) op->weight->shape[2];
  int    pad   = (int) op->padding;
  guint  each  = in->channels / op->groups;
  guint  first = channel / (op->channels / op->groups) * each;
  double sum   = bias (op, channel);

  for (guint c = 0; c < each; c++)
    for (int i = 0; i < k; i++)
      for (int j = 0; j < k; j++)
        sum += op->weight->data[((channel * each + c) * k + i) * k + j] *
               pixel (in, first + c, y * (int) op->stride + i - pad,
                      x * (int) op->stride + j - pad);
  return sum;
}

/* out[y] takes in[q] through kernel row i where q · stride + i − pad = y. */
static double
deconv_at (const DotOp *op, const Value *in, guint channel, int y, int x)
{
  int    k      = (int) op->weight->shape[2];
  int    stride = (int) op->stride;
  int    pad    = (int) op->padding;
  gsize  out    = op->weight->shape[1];
  double sum    = bias (op, channel);

  for (guint c = 0; c < in->channels; c++)
    for (int i = 0; i < k; i++)
      for (int j = 0; j < k; j++)
        if ((y + pad - i) % stride == 0 && (x + pad - j) % stride == 0)
          sum += op->weight->data[((c * out + channel) * k + i) * k + j] *
                 pixel (in, c, (y + pad - i) / stride, (x + pad - j) / stride);
  return sum;
}

static double
average_at (const Value *in, guint channel, int y, int x)
{
  return (pixel (in, channel, 2 * y, 2 * x) + pixel (in, channel, 2 * y, 2 * x + 1) +
          pixel (in, channel, 2 * y + 1, 2 * x) + pixel (in, channel, 2 * y + 1, 2 * x + 1)) /
         4.0;
}

/* [1, 3, 3, 1] over the pixels with a row and a column of zeros after each. */
static double
fir_up_at (const Value *in, guint channel, int y, int x)
{
  static const double taps[] = { 0.25, 0.75, 0.75, 0.25 };
  double              sum    = 0.0;

  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++)
      if ((y + 1 - i) % 2 == 0 && (x + 1 - j) % 2 == 0)
        sum += taps[i] * taps[j] * pixel (in, channel, (y + 1 - i) / 2, (x + 1 - j) / 2);
  return sum;
}

static double
fir_down_at (const Value *in, guint channel, int y, int x)
{
  static const double taps[] = { 0.125, 0.375, 0.375, 0.125 };
  double              sum    = 0.0;

  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++)
      sum += taps[i] * taps[j] * pixel (in, channel, 2 * y - 1 + i, 2 * x - 1 + j);
  return sum;
}

/* Where pixel @i of @out lies among the centres of @in pixels, and in between:
 * at least on the first. */
static double
centre (guint i, guint in, guint out)
{
  return MAX ((i + 0.5) * in / out - 0.5, 0.0);
}

/* Bilinear; beyond the last pixel it is repeated. */
static double
resize_at (const DotOp *op, const Value *in, guint channel, int y, int x)
{
  double v      = centre (y, in->height, op->height);
  double h      = centre (x, in->width, op->width);
  int    top    = (int) v;
  int    left   = (int) h;
  int    bottom = MIN (top + 1, (int) in->height - 1);
  int    right  = MIN (left + 1, (int) in->width - 1);
  double upper  = (1.0 - (h - left)) * pixel (in, channel, top, left) +
                 (h - left) * pixel (in, channel, top, right);
  double lower = (1.0 - (h - left)) * pixel (in, channel, bottom, left) +
                 (h - left) * pixel (in, channel, bottom, right);

  return (1.0 - (v - top)) * upper + (v - top) * lower;
}

static double
max_pool_at (const DotOp *op, const Value *in, guint channel, int y, int x)
{
  double most = -G_MAXDOUBLE;

  for (int i = 2 * y; i < MIN (2 * y + (int) op->window, (int) in->height); i++)
    for (int j = 2 * x; j < MIN (2 * x + (int) op->window, (int) in->width); j++)
      most = MAX (most, pixel (in, channel, i, j));
  return most;
}

static double
join_at (const Value *const *in, guint channel, int y, int x)
{
  guint first = in[0]->channels;

  return channel < first ? pixel (in[0], channel, y, x) : pixel (in[1], channel - first, y, x);
}

static double
sum_of (const Value *in, guint channel)
{
  double sum = 0.0;

  for (int y = 0; y < (int) in->height; y++)
    for (int x = 0; x < (int) in->width; x++)
      sum += pixel (in, channel, y, x);
  return sum;
}

static double
affine_at (const DotOp *op, const Value *in, guint label, guint channel, int y, int x)
{
  gsize row = op->weight->n_dims == 2 ? label : 0;
  gsize at  = row * in->channels + channel;

  return op->weight->data[at] * pixel (in, channel, y, x) + op->bias->data[at];
}

static double
modulate_at (const Value *const *in, guint channel, int y, int x)
{
  const Value *rows = in[1];

  return rows->data[channel] * pixel (in[0], channel, y, x) + rows->data[in[0]->channels + channel];
}

/* The rows of a modulation: scales, then shifts. */
static void
demodulate (const DotOp *op, const Value *in, Value *out)
{
  gsize channels = op->weight->shape[0];
  gsize n        = op->weight->shape[1];

  for (gsize o = 0; o < channels; o++)
    {
      double sum = DOT_DEMODULATE_EPSILON;

      for (gsize i = 0; i < n; i++)
        sum += op->weight->data[o * n + i] * in->data[i] * in->data[i];
      out->data[o]            = 1.0 / sqrt (sum);
      out->data[channels + o] = bias (op, o);
    }
}

static double
noise_at (const DotOp *op, const Value *in, guint channel, int y, int x)
{
  return pixel (in, channel, y, x) + op->weight->data[(gsize) y * in->width + x];
}

static double
concat_at (const DotOp *op, const Value *in, guint label, guint channel, int y, int x)
{
  if (channel < in->channels)
    return pixel (in, channel, y, x);
  return op->weight->data[label * op->weight->shape[1] + channel - in->channels];
}

static double
leaky (double x)
{
  return x > 0.0 ? x : 0.2 * x;
}

/* One pixel of an operation that has its own value everywhere. */
static double
pixel_of (const DotOp *op, const Value *const *in, guint label, guint c, int y, int x)
{
  switch (op->kind)
    {
    case DOT_OP_CONV:
      return conv_at (op, in[0], c, y, x);
    case DOT_OP_DECONV:
      return deconv_at (op, in[0], c, y, x);
    case DOT_OP_AFFINE:
      return affine_at (op, in[0], label, c, y, x);
    case DOT_OP_RELU:
      return MAX (pixel (in[0], c, y, x), 0.0);
    case DOT_OP_LEAKY_RELU:
      return leaky (pixel (in[0], c, y, x));
    case DOT_OP_TANH:
      return tanh (pixel (in[0], c, y, x));
    case DOT_OP_UPSAMPLE:
      return pixel (in[0], c, y / 2, x / 2);
    case DOT_OP_RESIZE:
      return resize_at (op, in[0], c, y, x);
    case DOT_OP_AVERAGE:
      return average_at (in[0], c, y, x);
    case DOT_OP_FIR_UP:
      return fir_up_at (in[0], c, y, x);
    case DOT_OP_FIR_DOWN:
      return fir_down_at (in[0], c, y, x);
    case DOT_OP_MAX_POOL:
      return max_pool_at (op, in[0], c, y, x);
    case DOT_OP_ADD:
      return pixel (in[0], c, y, x) + pixel (in[1], c, y, x);
    case DOT_OP_JOIN:
      return join_at (in, c, y, x);
    case DOT_OP_SUM:
      return sum_of (in[0], c);
    case DOT_OP_MEAN:
      return sum_of (in[0], c) / ((double) in[0]->height * in[0]->width);
    case DOT_OP_MODULATE:
      return modulate_at (in, c, y, x);
    case DOT_OP_NOISE:
      return noise_at (op, in[0], c, y, x);
    case DOT_OP_CLAMP:
      return CLAMP (pixel (in[0], c, y, x), -op->limit, op->limit);
    case DOT_OP_CONCAT:
      return concat_at (op, in[0], label, c, y, x);
    default:
      g_assert_not_reached ();
    }
}

static double
project (const DotOp *op, const Value *score, const Value *features, guint label)
{
  double sum = score->data[0];

  for (guint c = 0; c < features->channels; c++)
    sum += op->weight->data[label * features->channels + c] * features->data[c];
  return sum;
}

static double
energy (const Value *query, const Value *key, gsize i, gsize j)
{
  gsize  queries = (gsize) query->height * query->width;
  gsize  keys    = (gsize) key->height * key->width;
  double sum     = 0.0;

  for (guint c = 0; c < query->channels; c++)
    sum += query->data[c * queries + i] * key->data[c * keys + j];
  return sum;
}

/* out[c, i] = x[c, i] + γ Σⱼ V[c, j] aᵢⱼ, aᵢ the softmax over j of Qᵢ · Kⱼ; without
 * γ the sum alone. */
static void
attention (const DotOp *op, const Value *const *in, Value *out)
{
  gsize              n      = (gsize) out->height * out->width;
  gsize              keys   = (gsize) in[1]->height * in[1]->width;
  g_autofree double *weight = g_new (double, keys);

  for (gsize i = 0; i < n; i++)
    {
      double total = 0.0;

      for (gsize j = 0; j < keys; j++)
        total += weight[j] = exp (energy (in[0], in[1], i, j));
      for (guint c = 0; c < out->channels; c++)
        {
          double mixed = 0.0;

          for (gsize j = 0; j < keys; j++)
            mixed += in[2]->data[c * keys + j] * weight[j] / total;
          out->data[c * n + i] = op->weight ? in[3]->data[c * n + i] + op->weight->data[0] * mixed
                                            : mixed;
        }
    }
}

static void
compute_pixels (const DotOp *op, const Value *const *in, guint label, Value *out)
{
  gsize i = 0;

  for (guint c = 0; c < out->channels; c++)
    for (int y = 0; y < (int) out->height; y++)
      for (int x = 0; x < (int) out->width; x++)
        out->data[i++] = pixel_of (op, in, label, c, y, x);
}

static void
compute (const DotOp *op, const Value *const *in, guint label, Value *out)
{
  if (op->kind == DOT_OP_LINEAR)
    linear (op, in[0], out);
  else if (op->kind == DOT_OP_PROJECT)
    out->data[0] = project (op, in[0], in[1], label);
  else if (op->kind == DOT_OP_DEMODULATE)
    demodulate (op, in[0], out);
  else if (op->kind == DOT_OP_ATTENTION)
    attention (op, in, out);
  else if (op->kind == DOT_OP_RESHAPE)
    memcpy (out->data, in[0]->data, value_items (out) * sizeof (double));
  else
    compute_pixels (op, in, label, out);
}

/**
 * reference_forward:
 * @input: of the network's size
 *
 * Returns: (transfer full): the output of @network for one input
 */
double *
reference_forward (const DotNetwork *network, const double *input, guint label)
{
  g_autofree Value *values = g_new0 (Value, network->n_ops + 1);
  double           *output;

  values[0]      = (Value) { network->channels, network->height, network->width, NULL };
  values[0].data = g_memdup2 (input, value_items (values) * sizeof (double));
  for (guint i = 0; i < network->n_ops; i++)
    {
      const DotOp *op  = &network->ops[i];
      Value       *out = &values[i + 1];
      const Value *in[DOT_OP_MAX_INPUTS];

      for (guint j = 0; j < DOT_OP_MAX_INPUTS; j++)
        in[j] = &values[op->inputs[j]];
      *out      = (Value) { op->channels, op->height, op->width, NULL };
      out->data = g_new (double, value_items (out));
      compute (op, in, label, out);
    }

  output = g_steal_pointer (&values[network->n_ops].data);
  for (guint i = 0; i < network->n_ops; i++)
    g_free (values[i].data);
  return output;
}
