/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_GRAPH_H__
#define __DOT_GRAPH_H__

#include "network/network.h"

G_BEGIN_DECLS

/**
 * DotActivation:
 *
 * What a node does last to each number.  All three derivatives can be had
 * from the result alone, so that no input is kept for them.
 */
typedef enum
{
  DOT_ACTIVATION_NONE,
  DOT_ACTIVATION_RELU,
  DOT_ACTIVATION_LEAKY_RELU,
  DOT_ACTIVATION_TANH
} DotActivation;

typedef struct _DotNode DotNode;

/**
 * DotNode:
 * @kind: %DOT_OP_LINEAR, %DOT_OP_CONV, %DOT_OP_DECONV, %DOT_OP_AFFINE (of
 *   which any part may be missing), %DOT_OP_UPSAMPLE, %DOT_OP_AVERAGE,
 *   %DOT_OP_ADD, %DOT_OP_CONCAT, %DOT_OP_ATTENTION, or %DOT_OP_PROJECT: the
 *   whole end of a discriminator, ⟨@weight + @scale[label], x⟩ + @bias
 * @input: %NULL for the latents, or the images
 * @kernel, @stride, @padding: of a convolution
 * @weight: of a convolution (out, in, k, k), of a transposed one (in, out, k,
 *   k); %NULL once it is packed
 * @scale, @shift: (nullable): tables of an affine operation that follows, rows
 *   of channels; one row serves every label
 * @activation: follows that
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
  DotArray     *weight;
  DotArray     *bias;
  DotArray     *scale;
  DotArray     *shift;
  DotActivation activation;
  gboolean      wide;
  DotNode      *overwrites;
  GPtrArray    *packed[2];
  guint         index;
};

/**
 * DotGraph:
 * @nodes: (element-type DotNode): each after those it takes from: the latents,
 *   the generator's, the discriminator's
 * @latents: the first node
 * @image: G(z|y); the images where only the discriminator is asked
 *
 * A generator and its discriminator as one computation, which may be
 * rewritten as long as the numbers stay the same.
 */
typedef struct
{
  GPtrArray *nodes;
  DotNode   *latents;
  DotNode   *image;
} DotGraph;

DotGraph *dot_graph_new (const DotNetwork *generator, const DotNetwork *discriminator);
void      dot_graph_free (DotGraph *graph);
gboolean  dot_graph_rewrite (DotGraph *graph, gboolean narrow, GError **error);
gboolean  dot_graph_add_blend (DotGraph *graph,
                               guint     first,
                               guint     second,
                               double    amount,
                               guint    *label,
                               GError  **error);

DotNode *dot_node_new (DotOpKind kind, DotNode *input);
gsize    dot_node_get_items (const DotNode *node);
gboolean dot_node_is_convolution (const DotNode *node);
guint    dot_graph_count_uses (const DotGraph *graph, const DotNode *node);
void     dot_graph_replace (DotGraph *graph, DotNode *node, DotNode *by);
void     dot_graph_insert_after (DotGraph *graph, DotNode *node, DotNode *place);
void     dot_graph_remove (DotGraph *graph, DotNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotGraph, dot_graph_free)

G_END_DECLS

#endif /* __DOT_GRAPH_H__ */
