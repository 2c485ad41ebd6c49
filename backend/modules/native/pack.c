/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Weights in the order that oneDNN's convolutions want them: put there once,
 * shared by every batch size that wants the same. */

#include "onednn.h"

/**
 * dot_pack_free:
 * @packed: (transfer full): of a node's list
 */
void
dot_pack_free (gpointer packed)
{
  dnnl_memory_destroy (packed);
}

/* Whether the first two axes of a node's weight are the outputs and inputs of
 * its convolution, in this order: going backward they change places. */
static gboolean
is_straight (const DotNode *node, gboolean backward)
{
  return (node->kind == DOT_OP_DECONV) == backward;
}

/* A convolution with stride 1 goes backward with its windows turned round. */
static gboolean
is_turned (const DotNode *node, gboolean backward)
{
  return backward && node->kind == DOT_OP_CONV && node->stride == 1 && node->kernel > 1;
}

static void
plain_sizes (const DotNode *node, gsize *first, gsize *second, gsize *window)
{
  const DotNode *input = node->inputs[0];

  *first  = node->channels;
  *second = input->channels / node->groups;
  *window = (gsize) node->kernel * node->kernel;
  if (node->kind == DOT_OP_LINEAR)
    {
      *first  = dot_node_get_items (node);
      *second = dot_node_get_items (input);
    }
  if (node->kind == DOT_OP_DECONV)
    {
      *first  = input->channels;
      *second = node->channels;
    }
}

/* The description of a node's plain weight, as a primitive sees its axes; of
 * several groups these are the first one. */
static dnnl_status_t
describe_plain (const DotNode *node, gboolean backward, dnnl_memory_desc_t *description)
{
  gboolean    straight = is_straight (node, backward);
  guint       axis     = node->groups > 1 ? 1 : 0;
  gsize       first, second, window;
  dnnl_dims_t sizes;
  dnnl_dims_t strides;

  plain_sizes (node, &first, &second, &window);
  first /= node->groups;
  sizes[0]          = node->groups;
  sizes[axis]       = straight ? first : second;
  sizes[axis + 1]   = straight ? second : first;
  sizes[axis + 2]   = node->kernel;
  sizes[axis + 3]   = node->kernel;
  strides[0]        = first * second * window;
  strides[axis]     = straight ? second * window : window;
  strides[axis + 1] = straight ? window : second * window;
  strides[axis + 2] = node->kernel;
  strides[axis + 3] = 1;
  return dnnl_memory_desc_create_with_strides (description, 4 + axis, sizes, dnnl_f32, strides);
}

static gboolean
reorder (const DotContext *context, dnnl_memory_t from, dnnl_memory_t to, GError **error)
{
  dnnl_primitive_desc_t    description = NULL;
  dnnl_primitive_t         primitive   = NULL;
  const_dnnl_memory_desc_t source, target;
  dnnl_exec_arg_t          args[] = { { DNNL_ARG_FROM, from }, { DNNL_ARG_TO, to } };
  gboolean                 done;

  dnnl_memory_get_memory_desc (from, &source);
  dnnl_memory_get_memory_desc (to, &target);
  done = dot_onednn_check (dnnl_reorder_primitive_desc_create (&description, source,
                                                               context->engine, target,
                                                               context->engine, NULL),
                           error) &&
         dot_onednn_check (dnnl_primitive_create (&primitive, description), error) &&
         dot_onednn_check (dnnl_primitive_execute (primitive, context->stream, 2, args), error) &&
         dot_onednn_check (dnnl_stream_wait (context->stream), error);
  dnnl_primitive_destroy (primitive);
  dnnl_primitive_desc_destroy (description);
  return done;
}

static dnnl_memory_t
memory_new (const DotContext        *context,
            const_dnnl_memory_desc_t description,
            gpointer                 data,
            GError                 **error)
{
  dnnl_memory_t memory = NULL;

  dot_onednn_check (dnnl_memory_create (&memory, description, context->engine, data), error);
  return memory;
}

/* Every window turned round: its first number comes last. */
static void
turn_windows (DotArray *weight, gsize window)
{
  for (gsize i = 0; i < weight->n_items; i += window)
    for (gsize k = 0; k < window / 2; k++)
      {
        float number = weight->data[i + k];

        weight->data[i + k]              = weight->data[i + window - 1 - k];
        weight->data[i + window - 1 - k] = number;
      }
}

/* The plain weight between two packings: made anew from what is packed. */
static gboolean
unpack (const DotContext *context, DotNode *node, GError **error)
{
  gsize              first, second, window;
  dnnl_memory_desc_t description;
  dnnl_memory_t      plain;
  gboolean           done;

  if (node->weight)
    return TRUE;

  plain_sizes (node, &first, &second, &window);
  node->weight = dot_array_new (4, (gsize[]) { first, second, node->kernel, node->kernel }, error);
  if (! node->weight || ! dot_onednn_check (describe_plain (node, FALSE, &description), error))
    return FALSE;

  plain = memory_new (context, description, node->weight->data, error);
  done  = plain && reorder (context, node->packed[FALSE]->pdata[0], plain, error);
  dnnl_memory_destroy (plain);
  dnnl_memory_desc_destroy (description);
  if (! done)
    g_clear_pointer (&node->weight, dot_array_unref);
  return done;
}

static gboolean
fill (const DotContext *context,
      DotNode          *node,
      gboolean          backward,
      dnnl_memory_t     packed,
      GError          **error)
{
  gsize              window = (gsize) node->kernel * node->kernel;
  dnnl_memory_desc_t description;
  dnnl_memory_t      plain;
  gboolean           done;

  if (! dot_onednn_check (describe_plain (node, backward, &description), error))
    return FALSE;

  if (is_turned (node, backward))
    turn_windows (node->weight, window);
  plain = memory_new (context, description, node->weight->data, error);
  done  = plain && reorder (context, plain, packed, error);
  if (is_turned (node, backward))
    turn_windows (node->weight, window);
  dnnl_memory_destroy (plain);
  dnnl_memory_desc_destroy (description);
  return done;
}

static dnnl_memory_t
find_packed (GPtrArray *list, const_dnnl_memory_desc_t wanted)
{
  for (guint i = 0; i < list->len; i++)
    {
      const_dnnl_memory_desc_t there;

      dnnl_memory_get_memory_desc (list->pdata[i], &there);
      if (dnnl_memory_desc_equal (there, wanted))
        return list->pdata[i];
    }
  return NULL;
}

/**
 * dot_pack_get:
 * @node: a convolution
 * @backward: whether its gradient is computed with it
 * @wanted: how
 *
 * Returns: (transfer none): the packed weight, which lives as long as @node
 */
dnnl_memory_t
dot_pack_get (const DotContext        *context,
              DotNode                 *node,
              gboolean                 backward,
              const_dnnl_memory_desc_t wanted,
              GError                 **error)
{
  GPtrArray    *list   = node->packed[backward];
  dnnl_memory_t packed = find_packed (list, wanted);

  if (packed)
    return packed;
  if (! unpack (context, node, error) ||
      ! (packed = memory_new (context, wanted, DNNL_MEMORY_ALLOCATE, error)))
    return NULL;
  if (! fill (context, node, backward, packed, error))
    {
      dnnl_memory_destroy (packed);
      return NULL;
    }
  g_ptr_array_add (list, packed);
  return packed;
}

/**
 * dot_pack_forget_plain:
 *
 * Lets the plain weight go once it is packed in both directions: half of a
 * model's memory.
 */
void
dot_pack_forget_plain (DotNode *node)
{
  if (dot_node_is_convolution (node) && node->packed[0]->len > 0 && node->packed[1]->len > 0)
    g_clear_pointer (&node->weight, dot_array_unref);
}

/**
 * dot_pack_get_table:
 * @node: noise, or a demodulation
 *
 * Returns: (transfer none): where its weight is, which lives as long as @node
 */
const float *
dot_pack_get_table (DotContext *context, DotNode *node, GError **error)
{
  return node->weight->data;
}
