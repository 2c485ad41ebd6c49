/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Weights on the GPU: put there once in the order (first, window, second) of
 * the axes (first, second, window) that they have; that serves a convolution
 * and its gradient alike, forward and transposed. */

#include "cuda-context.h"
#include "elements.h"

/* Of a node's list: the weights, of either precision, or the bias. */
typedef struct
{
  gboolean narrow;
  gpointer data;
} Packed;

/**
 * dot_pack_free:
 * @packed: (transfer full): of a node's list
 */
void
dot_pack_free (gpointer packed)
{
  cudaFree (((Packed *) packed)->data);
  g_free (packed);
}

/**
 * dot_pack_forget_plain:
 *
 * The plain weights are in our memory, not in the GPU's: they may stay for a
 * further precision.
 */
void
dot_pack_forget_plain (DotNode *node)
{
}

static gconstpointer
find_packed (const GPtrArray *list, gboolean narrow)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Packed *packed = list->pdata[i];

      if (packed->narrow == narrow)
        return packed->data;
    }
  return NULL;
}

/* Adds to @list a copy of @data, which it waits for. */
static gconstpointer
add_packed (DotContext   *context,
            GPtrArray    *list,
            gboolean      narrow,
            gconstpointer data,
            gsize         size,
            GError      **error)
{
  gpointer memory = dot_context_allocate (context, size, error);
  Packed  *packed;

  if (! memory)
    return NULL;
  if (! dot_check_cuda (cudaMemcpyAsync (memory, data, size, cudaMemcpyHostToDevice,
                                         context->stream),
                        error) ||
      ! dot_check_cuda (cudaStreamSynchronize (context->stream), error))
    {
      dot_context_release (context, memory);
      return NULL;
    }

  packed         = g_new0 (Packed, 1);
  packed->narrow = narrow;
  packed->data   = memory;
  g_ptr_array_add (list, packed);
  return memory;
}

/* The axes (first, second, window) as (first, window, second). */
static void
reorder (DotView out, const DotNode *node)
{
  const float *weight = node->weight->data;
  gsize        second = node->weight->shape[1];
  gsize        window = (gsize) node->kernel * node->kernel;
  gsize        block  = second * window;

  for (gsize i = 0; i < node->weight->n_items; i += block)
    for (gsize w = 0; w < window; w++)
      for (gsize s = 0; s < second; s++)
        dot_element_store (out, i + w * second + s, weight[i + s * window + w]);
}

/**
 * dot_pack_get:
 * @node: a convolution
 * @narrow: whether in bfloat16
 *
 * Returns: (transfer none): its weights, which live as long as @node
 */
gconstpointer
dot_pack_get (DotContext *context, DotNode *node, gboolean narrow, GError **error)
{
  GPtrArray    *list  = node->packed[0];
  gconstpointer there = find_packed (list, narrow);
  gsize         n     = node->weight->n_items;
  DotArray     *ordered;

  if (there)
    return there;

  /* Room for the wider precision. */
  ordered = dot_array_new (1, &n, error);
  if (! ordered)
    return NULL;
  reorder ((DotView) { ordered->data, narrow }, node);
  there = add_packed (context, list, narrow, ordered->data,
                      n * (narrow ? sizeof (guint16) : sizeof (float)), error);
  dot_array_unref (ordered);
  return there;
}

/**
 * dot_pack_get_bias:
 * @node: a convolution that has a bias
 *
 * Returns: (transfer none): it, which lives as long as @node
 */
const float *
dot_pack_get_bias (DotContext *context, DotNode *node, GError **error)
{
  gconstpointer there = find_packed (node->packed[1], FALSE);

  return there ? there
               : add_packed (context, node->packed[1], FALSE, node->bias->data,
                             node->bias->n_items * sizeof (float), error);
}

/**
 * dot_pack_get_table:
 * @node: noise, or a demodulation
 *
 * Returns: (transfer none): its weight, which lives as long as @node
 */
const float *
dot_pack_get_table (DotContext *context, DotNode *node, GError **error)
{
  gconstpointer there = find_packed (node->packed[0], FALSE);

  return there ? there
               : add_packed (context, node->packed[0], FALSE, node->weight->data,
                             node->weight->n_items * sizeof (float), error);
}
