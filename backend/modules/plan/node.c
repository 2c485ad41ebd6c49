/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "node.h"

void
dot_node_free (DotNode *node)
{
  dot_array_unref (node->weight);
  dot_array_unref (node->bias);
  dot_array_unref (node->window);
  dot_array_unref (node->scale);
  dot_array_unref (node->shift);
  g_ptr_array_unref (node->packed[0]);
  g_ptr_array_unref (node->packed[1]);
  g_free (node);
}

/**
 * dot_node_new:
 * @input: (nullable): what it takes from
 *
 * Returns: (transfer full): a node of its input's size
 */
DotNode *
dot_node_new (DotOpKind kind, DotNode *input)
{
  DotNode *node = g_new0 (DotNode, 1);

  node->kind      = kind;
  node->stride    = 1;
  node->groups    = 1;
  node->packed[0] = g_ptr_array_new_with_free_func (dot_pack_free);
  node->packed[1] = g_ptr_array_new_with_free_func (dot_pack_free);
  if (input)
    {
      node->inputs[0] = input;
      node->n_inputs  = 1;
      node->channels  = input->channels;
      node->height    = input->height;
      node->width     = input->width;
    }
  return node;
}

/**
 * dot_node_get_items:
 *
 * Returns: how many numbers the node's result has for one sample
 */
gsize
dot_node_get_items (const DotNode *node)
{
  return (gsize) node->channels * node->height * node->width;
}

/**
 * dot_node_get_head_items:
 * @node: the end of a discriminator
 *
 * Returns: how many numbers weigh what it takes: one for each of them, or one for
 *   each channel
 */
gsize
dot_node_get_head_items (const DotNode *node)
{
  return node->window ? node->window->n_items : node->weight->n_items;
}

gboolean
dot_node_is_convolution (const DotNode *node)
{
  return node->kind == DOT_OP_CONV || node->kind == DOT_OP_DECONV || node->kind == DOT_OP_LINEAR;
}

/**
 * dot_node_is_bare:
 *
 * Returns: whether nothing follows the weights of a convolution yet
 */
gboolean
dot_node_is_bare (const DotNode *node)
{
  return ! node->scale && node->activation == DOT_ACTIVATION_NONE;
}
