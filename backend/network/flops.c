/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How much there is to compute: the yardstick of every measurement, whatever
 * an engine makes of it. */

#include "flops.h"

/* Products that are left where a 3×3 convolution merges with the upsampling
 * before or the means after it: 16 for 36.  A 1×1 one changes places with
 * them: 1 for 4. */
#define MERGED_3X3 (4.0 / 9.0)
#define MERGED_1X1 (1.0 / 4.0)

static double
count_pixels (const DotNetwork *network, guint value)
{
  return value == 0 ? (double) network->height * network->width
                    : (double) network->ops[value - 1].height * network->ops[value - 1].width;
}

static guint
count_channels (const DotNetwork *network, guint value)
{
  return value == 0 ? network->channels : network->ops[value - 1].channels;
}

static gboolean
takes (const DotOp *op, guint value)
{
  for (guint i = 0; i < DOT_OP_MAX_INPUTS; i++)
    if (op->inputs[i] == value)
      return TRUE;
  return FALSE;
}

static gboolean
follows_upsample (const DotNetwork *network, const DotOp *op)
{
  return op->inputs[0] > 0 && network->ops[op->inputs[0] - 1].kind == DOT_OP_UPSAMPLE;
}

/* Whether nothing but means is made of it. */
static gboolean
is_averaged (const DotNetwork *network, guint value)
{
  const DotOp *user   = NULL;
  guint        n_uses = 0;

  for (guint i = value; i < network->n_ops; i++)
    if (takes (&network->ops[i], value))
      {
        user = &network->ops[i];
        n_uses++;
      }
  return n_uses == 1 && user->kind == DOT_OP_AVERAGE;
}

static double
merged_share (const DotNetwork *network, guint value)
{
  const DotOp *op     = &network->ops[value - 1];
  gsize        kernel = op->kind == DOT_OP_CONV ? op->weight->shape[2] : 0;

  if ((kernel != 1 && kernel != 3) || op->stride != 1 ||
      (! follows_upsample (network, op) && ! is_averaged (network, value)))
    return 1.0;
  return kernel == 3 ? MERGED_3X3 : MERGED_1X1;
}

/* ⟨query, key⟩ of each two pixels, and as often a value's share. */
static double
count_attention (const DotNetwork *network, const DotOp *op)
{
  return count_pixels (network, op->inputs[0]) * count_pixels (network, op->inputs[1]) *
         (count_channels (network, op->inputs[0]) + count_channels (network, op->inputs[2]));
}

/* Forward; the gradient of a product with weights is as much again, that of
 * a product of two values twice as much. */
static double
count_products (const DotNetwork *network, const DotOp *op)
{
  switch (op->kind)
    {
    case DOT_OP_LINEAR:
    case DOT_OP_DEMODULATE:
      return 2.0 * op->weight->n_items;
    case DOT_OP_CONV:
      return 2.0 * op->weight->n_items * op->height * op->width;
    case DOT_OP_DECONV:
      return 2.0 * op->weight->n_items * count_pixels (network, op->inputs[0]);
    case DOT_OP_PROJECT:
      return 2.0 * op->weight->shape[1];
    case DOT_OP_ATTENTION:
      return 3.0 * count_attention (network, op);
    default:
      return 0.0;
    }
}

/**
 * dot_network_count_flops:
 * @merged: whether the exact rewritings are counted: upsampling and a 3×3
 *   convolution as one transposed 4×4 of stride 2, a 3×3 convolution and
 *   means as one 4×4 of stride 2, 1×1 convolutions at the lower resolution
 *
 * Returns: the floating-point operations of one sample's result and its
 *   gradient with respect to the input: a multiplication and an addition for
 *   each product; passes without products count nothing
 */
double
dot_network_count_flops (const DotNetwork *network, gboolean merged)
{
  double products = 0.0;

  for (guint value = 1; value <= network->n_ops; value++)
    products += count_products (network, &network->ops[value - 1]) *
                (merged ? merged_share (network, value) : 1.0);
  return 2.0 * products;
}
