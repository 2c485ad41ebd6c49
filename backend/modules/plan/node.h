/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "device.h"
#include "network/network.h"

G_BEGIN_DECLS

/**
 * DotNode:
 * @kind: %DOT_OP_LINEAR, %DOT_OP_CONV, %DOT_OP_DECONV, %DOT_OP_AFFINE (of
 *   which any part may be missing), %DOT_OP_UPSAMPLE, %DOT_OP_AVERAGE,
 *   %DOT_OP_FIR_UP, %DOT_OP_FIR_DOWN, %DOT_OP_ADD, %DOT_OP_CONCAT, %DOT_OP_ATTENTION, %DOT_OP_RESIZE,
 *   %DOT_OP_MAX_POOL, %DOT_OP_JOIN, %DOT_OP_MODULATE, %DOT_OP_DEMODULATE (whose bias is
 *   its @shift), %DOT_OP_NOISE, %DOT_OP_CLAMP, or %DOT_OP_PROJECT: the whole end of a
 *   discriminator, ⟨@weight + @scale[label], x⟩ + @bias + @shift[label]
 * @input: %NULL for the latents, or the images
 * @kernel, @stride, @padding, @groups: of a convolution; @kernel of the largest,
 *   too
 * @weight: of a convolution (out, in / groups, k, k), of a transposed one (in,
 *   out, k, k); %NULL once it is packed
 * @window: (nullable): of a discriminator's end: what its numbers, one a channel,
 *   are multiplied with at each pixel, (pixels, channels)
 * @scale, @shift: (nullable): tables of an affine operation that follows, rows
 *   of channels; one row serves every label
 * @activation: follows that
 * @limit: of a clamp, and of one that follows noise; 0: there is none
 * @table: (nullable): the weight of noise, or of a demodulation, where the device
 *   finds it
 * @wide: whether its result is float32 at every precision
 * @overwrites: (nullable): of an addition: the operand in whose place the
 *   other one, a convolution, puts the sum
 * @packed: the weights as the device wants them, forward and backward
 * @index: in its graph
 *
 * An operation of a pair as it is computed.
 */
struct _DotNode
{
  DotOpKind     kind;
  DotNode      *inputs[DOT_OP_MAX_INPUTS];
  guint         n_inputs;
  guint         channels;
  guint         height;
  guint         width;
  guint         kernel;
  guint         stride;
  guint         padding;
  guint         groups;
  DotArray     *weight;
  DotArray     *bias;
  DotArray     *window;
  DotArray     *scale;
  DotArray     *shift;
  DotActivation activation;
  double        limit;
  const float  *table;
  gboolean      wide;
  DotNode      *overwrites;
  GPtrArray    *packed[2];
  guint         index;
};

DotNode *dot_node_new (DotOpKind kind, DotNode *input);
void     dot_node_free (DotNode *node);
gsize    dot_node_get_items (const DotNode *node);
gsize    dot_node_get_head_items (const DotNode *node);
gboolean dot_node_is_convolution (const DotNode *node);
gboolean dot_node_is_bare (const DotNode *node);

G_END_DECLS
