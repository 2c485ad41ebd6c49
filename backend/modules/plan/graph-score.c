/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The end of a discriminator becomes one product: ⟨w + W[label], x⟩ + b +
 * c[label].  What has several heads has that of all of them, one beside the
 * other. */

#include "graph-score.h"

#include <string.h>

/* Numbers of a table that is made of several: 256 MiB. */
#define MAX_TABLE (1 << 26)

static void
take_array (DotArray **place, DotArray *array)
{
  dot_array_unref (*place);
  *place = array;
}

/*  one head  */

/**
 * dot_graph_score_merge_project:
 *
 * Sum, linear and projection as one: ⟨w + W[label], x⟩ + b.  Without a
 * projection only the sum goes in.
 */
gboolean
dot_graph_score_merge_project (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *linear = node->inputs[0];

  if (node->kind != DOT_OP_PROJECT || node->n_inputs != 2 || linear->kind != DOT_OP_LINEAR ||
      linear->weight->shape[0] != 1 || linear->inputs[0] != node->inputs[1])
    return TRUE;

  node->n_inputs  = 1;
  node->inputs[0] = linear->inputs[0];
  node->scale     = node->weight;
  node->weight    = dot_array_ref (linear->weight);
  node->bias      = linear->bias ? dot_array_ref (linear->bias) : NULL;
  *changed        = TRUE;
  return TRUE;
}

/**
 * dot_graph_score_rename:
 *
 * Without labels the last linear operation is the end.
 */
gboolean
dot_graph_score_rename (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  if (node->kind != DOT_OP_LINEAR || ! dot_node_is_bare (node) ||
      node != graph->nodes->pdata[graph->nodes->len - 1] || node->weight->shape[0] != 1)
    return TRUE;

  node->kind = DOT_OP_PROJECT;
  *changed   = TRUE;
  return TRUE;
}

/**
 * dot_graph_score_merge_sum:
 *
 * The sum over pixels needs no pass of its own: the weight is as long as
 * there are channels, which says enough.
 */
gboolean
dot_graph_score_merge_sum (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  if (node->kind != DOT_OP_PROJECT || node->inputs[0]->kind != DOT_OP_SUM)
    return TRUE;

  node->inputs[0] = node->inputs[0]->inputs[0];
  *changed        = TRUE;
  return TRUE;
}

/*  means over a map  */

/* What pixel (y, x) of a channel counts in the mean of a convolution's result:
 * the sum of those numbers of its window that find it in a pixel of the
 * result. */
static double
count_pixel (const DotNode *node, const float *window, guint y, guint x)
{
  double sum = 0.0;

  for (guint i = 0; i < node->kernel; i++)
    for (guint j = 0; j < node->kernel; j++)
      {
        guint row    = y + node->padding - i;
        guint column = x + node->padding - j;

        if (y + node->padding >= i && x + node->padding >= j && row < node->height &&
            column < node->width)
          sum += window[i * node->kernel + j];
      }
  return sum / ((double) node->height * node->width);
}

/* The weight of the linear operation that a convolution and the mean over its
 * pixels are: (out, in · height · width). */
static DotArray *
make_mean_weight (const DotNode *node, GError **error)
{
  const DotNode *input  = node->inputs[0];
  gsize          window = (gsize) node->kernel * node->kernel;
  gsize          pixels = (gsize) input->height * input->width;
  gsize          blocks = node->weight->n_items / window;
  DotArray *mean = dot_array_new (2, (gsize[]) { node->channels, input->channels * pixels }, error);

  for (gsize i = 0; mean && i < blocks; i++)
    for (gsize p = 0; p < pixels; p++)
      mean->data[i * pixels + p] = (float) count_pixel (node, node->weight->data + i * window,
                                                        p / input->width, p % input->width);
  return mean;
}

/**
 * dot_graph_score_merge_mean:
 *
 * A convolution and the mean over its pixels are one linear operation.
 */
gboolean
dot_graph_score_merge_mean (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode  *conv = node->inputs[0];
  DotArray *weight;

  if (node->kind != DOT_OP_MEAN || conv->kind != DOT_OP_CONV || conv->stride != 1 ||
      conv->groups > 1 || ! dot_graph_is_sole_convolution (graph, conv) ||
      dot_node_get_items (conv->inputs[0]) > MAX_TABLE / conv->channels)
    return TRUE;
  if (! (weight = make_mean_weight (conv, error)))
    return FALSE;

  take_array (&conv->weight, weight);
  conv->kind    = DOT_OP_LINEAR;
  conv->kernel  = 1;
  conv->padding = 0;
  conv->height  = 1;
  conv->width   = 1;
  dot_graph_remove (graph, node);
  *changed = TRUE;
  return TRUE;
}

/* first · second, of (rows, inner) and (inner, columns). */
static DotArray *
make_product (const DotArray *first, const float *second, gsize columns, GError **error)
{
  gsize              inner   = first->shape[1];
  DotArray          *product = dot_array_new (2, (gsize[]) { first->shape[0], columns }, error);
  g_autofree double *row     = g_new (double, columns);

  for (gsize r = 0; product && r < first->shape[0]; r++)
    {
      memset (row, 0, columns * sizeof (double));
      for (gsize i = 0; i < inner; i++)
        for (gsize c = 0; c < columns; c++)
          row[c] += (double) first->data[r * inner + i] * second[i * columns + c];
      for (gsize c = 0; c < columns; c++)
        product->data[r * columns + c] = (float) row[c];
    }
  return product;
}

/* Whether @node is ⟨w, x⟩ + b + ⟨W[label], V x + c⟩. */
static gboolean
projects_linear (const DotNode *node)
{
  const DotNode *score = node->inputs[0];
  const DotNode *value = node->inputs[1];

  return node->kind == DOT_OP_PROJECT && node->n_inputs == 2 && score->kind == DOT_OP_LINEAR &&
         value->kind == DOT_OP_LINEAR && dot_node_is_bare (score) && dot_node_is_bare (value) &&
         score->weight->shape[0] == 1 && score->inputs[0] == value->inputs[0] &&
         node->weight->shape[0] <= MAX_TABLE / score->weight->n_items;
}

/**
 * dot_graph_score_merge_labels:
 *
 * A projection of what is linear in x is one of x: ⟨w + (W V)[label], x⟩ + b +
 * (W c)[label].
 */
gboolean
dot_graph_score_merge_labels (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  const DotNode *score = node->inputs[0];
  const DotNode *value = node->inputs[1];

  if (! projects_linear (node))
    return TRUE;

  node->scale = make_product (node->weight, value->weight->data, value->weight->shape[1], error);
  if (! node->scale ||
      (value->bias && ! (node->shift = make_product (node->weight, value->bias->data, 1, error))))
    return FALSE;

  take_array (&node->weight, dot_array_ref (score->weight));
  node->bias      = score->bias ? dot_array_ref (score->bias) : NULL;
  node->n_inputs  = 1;
  node->inputs[0] = score->inputs[0];
  *changed        = TRUE;
  return TRUE;
}

/*  a window for each channel  */

/* Whether @node makes one pixel of all pixels, each channel by itself. */
static gboolean
weighs_channels (const DotNode *node)
{
  return node->kind == DOT_OP_CONV && ! node->bias && node->padding == 0 && node->height == 1 &&
         node->width == 1 && node->groups == node->channels &&
         node->inputs[0]->channels == node->channels && node->inputs[0]->height == node->kernel &&
         node->inputs[0]->width == node->kernel;
}

/**
 * dot_graph_score_merge_window:
 *
 * A head of what each channel's own window makes of its pixels weighs these
 * themselves; the product is made for each label when it is asked.
 */
gboolean
dot_graph_score_merge_window (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *conv = node->inputs[0];
  gsize    pixels;

  if (node->kind != DOT_OP_PROJECT || node->n_inputs != 1 || node->window ||
      ! dot_graph_is_sole_convolution (graph, conv) || ! weighs_channels (conv))
    return TRUE;

  pixels       = (gsize) conv->kernel * conv->kernel;
  node->window = dot_array_new (2, (gsize[]) { pixels, conv->channels }, error);
  if (! node->window)
    return FALSE;

  for (gsize i = 0; i < node->window->n_items; i++)
    node->window->data[i % pixels * conv->channels + i / pixels] = conv->weight->data[i];
  node->inputs[0] = conv->inputs[0];
  *changed        = TRUE;
  return TRUE;
}

/*  several heads  */

/* Whether it is a head that weighs each number of its input by itself. */
static gboolean
is_head (const DotGraph *graph, const DotNode *node)
{
  gboolean projects = node->kind == DOT_OP_PROJECT && node->n_inputs == 1;
  gboolean linear   = node->kind == DOT_OP_LINEAR && dot_node_is_bare (node) &&
                    node->weight->shape[0] == 1;

  return (projects || linear) && dot_graph_count_uses (graph, node) == 1 &&
         node->weight->n_items == dot_node_get_items (node->inputs[0]);
}

static gboolean
are_beside (const DotGraph *graph, const DotNode *a, const DotNode *b)
{
  return is_head (graph, a) && is_head (graph, b) && a->inputs[0]->height == b->inputs[0]->height &&
         a->inputs[0]->width == b->inputs[0]->width && ! a->scale == ! b->scale;
}

/* The columns of two tables, one beside the other. */
static DotArray *
join_columns (const DotArray *a, const DotArray *b, GError **error)
{
  gsize     first  = a->shape[1];
  gsize     second = b->shape[1];
  DotArray *joined = dot_array_new (2, (gsize[]) { a->shape[0], first + second }, error);

  for (gsize r = 0; joined && r < a->shape[0]; r++)
    {
      float *row = joined->data + r * (first + second);

      memcpy (row, a->data + r * first, first * sizeof (float));
      memcpy (row + first, b->data + r * second, second * sizeof (float));
    }
  return joined;
}

/* @sum: (out): of two of one shape, of which any may be missing */
static gboolean
add_arrays (DotArray *a, DotArray *b, DotArray **sum, GError **error)
{
  if (! a || ! b)
    {
      *sum = a ? dot_array_ref (a) : b ? dot_array_ref (b) : NULL;
      return TRUE;
    }

  *sum = dot_array_new (a->n_dims, a->shape, error);
  for (gsize i = 0; *sum && i < a->n_items; i++)
    (*sum)->data[i] = a->data[i] + b->data[i];
  return *sum != NULL;
}

static void
insert_before (DotGraph *graph, DotNode *node, DotNode *place)
{
  guint index;

  g_ptr_array_find (graph->nodes, place, &index);
  g_ptr_array_insert (graph->nodes, index, node);
}

static DotNode *
make_join (DotNode *first, DotNode *second)
{
  DotNode *join = dot_node_new (DOT_OP_JOIN, first);

  join->inputs[1] = second;
  join->n_inputs  = 2;
  join->channels += second->channels;
  return join;
}

/**
 * dot_graph_score_merge_heads:
 *
 * The sum of two heads is the head of what they take, joined.
 */
gboolean
dot_graph_score_merge_heads (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  const DotNode *a = node->inputs[0];
  const DotNode *b = node->inputs[1];
  DotNode       *join;

  if (node->kind != DOT_OP_ADD || ! are_beside (graph, a, b))
    return TRUE;
  if (! (node->weight = join_columns (a->weight, b->weight, error)) ||
      (a->scale && ! (node->scale = join_columns (a->scale, b->scale, error))) ||
      ! add_arrays (a->shift, b->shift, &node->shift, error) ||
      ! add_arrays (a->bias, b->bias, &node->bias, error))
    return FALSE;

  join = make_join (a->inputs[0], b->inputs[0]);
  insert_before (graph, join, node);
  node->kind      = DOT_OP_PROJECT;
  node->n_inputs  = 1;
  node->inputs[0] = join;
  *changed        = TRUE;
  return TRUE;
}
