/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "graph.h"

#include <string.h>

static void
node_free (gpointer node)
{
  dot_node_free (node);
}

/*  building  */

static guint
count_inputs (const DotOp *op)
{
  switch (op->kind)
    {
    case DOT_OP_ADD:
    case DOT_OP_JOIN:
    case DOT_OP_PROJECT:
    case DOT_OP_MODULATE:
      return 2;
    case DOT_OP_ATTENTION:
      return op->weight ? 4 : 3;
    default:
      return 1;
    }
}

static DotArray *
array_ref_or_null (DotArray *array)
{
  return array ? dot_array_ref (array) : NULL;
}

/* Activations are affine operations of which only the last part is there. */
static void
node_set_kind (DotNode *node, const DotOp *op)
{
  node->kind = DOT_OP_AFFINE;
  switch (op->kind)
    {
    case DOT_OP_RELU:
      node->activation = DOT_ACTIVATION_RELU;
      break;
    case DOT_OP_LEAKY_RELU:
      node->activation = DOT_ACTIVATION_LEAKY_RELU;
      break;
    case DOT_OP_TANH:
      node->activation = DOT_ACTIVATION_TANH;
      break;
    case DOT_OP_AFFINE:
      node->scale = dot_array_ref (op->weight);
      node->shift = dot_array_ref (op->bias);
      break;
    case DOT_OP_DEMODULATE:
      node->kind   = op->kind;
      node->weight = dot_array_ref (op->weight);
      node->shift  = dot_array_ref (op->bias);
      break;
    default:
      node->kind   = op->kind;
      node->weight = array_ref_or_null (op->weight);
      node->bias   = array_ref_or_null (op->bias);
    }
}

static DotNode *
node_from_op (const DotOp *op, DotNode **values)
{
  DotNode *node = dot_node_new (op->kind, NULL);

  node_set_kind (node, op);
  node->n_inputs = count_inputs (op);
  for (guint i = 0; i < node->n_inputs; i++)
    node->inputs[i] = values[op->inputs[i]];
  node->channels = op->channels;
  node->height   = op->height;
  node->width    = op->width;
  node->stride   = op->stride;
  node->groups   = op->groups;
  node->kernel   = 1;
  if (op->kind == DOT_OP_CONV || op->kind == DOT_OP_DECONV)
    node->kernel = op->weight->shape[2];
  if (op->kind == DOT_OP_MAX_POOL)
    node->kernel = op->window;
  node->padding = op->padding;
  node->limit   = op->limit;
  return node;
}

/* Appends a network that takes from @input; returns its result. */
static DotNode *
append_network (DotGraph *graph, const DotNetwork *network, DotNode *input)
{
  g_autofree DotNode **values = g_new (DotNode *, network->n_ops + 1);

  values[0] = input;
  for (guint i = 0; i < network->n_ops; i++)
    {
      values[i + 1] = node_from_op (&network->ops[i], values);
      g_ptr_array_add (graph->nodes, values[i + 1]);
    }
  return values[network->n_ops];
}

/**
 * dot_graph_new:
 *
 * Returns: (transfer full): the pair as one computation, as written
 */
DotGraph *
dot_graph_new (const DotNetwork *generator, const DotNetwork *discriminator)
{
  DotGraph *graph = g_new0 (DotGraph, 1);

  graph->nodes             = g_ptr_array_new_with_free_func (node_free);
  graph->latents           = dot_node_new (DOT_OP_RESHAPE, NULL);
  graph->latents->channels = generator->channels;
  graph->latents->height   = generator->height;
  graph->latents->width    = generator->width;
  g_ptr_array_add (graph->nodes, graph->latents);

  graph->image = append_network (graph, generator, graph->latents);
  append_network (graph, discriminator, graph->image);
  return graph;
}

void
dot_graph_free (DotGraph *graph)
{
  if (! graph)
    return;

  g_ptr_array_unref (graph->nodes);
  g_free (graph);
}

/*  editing  */

/**
 * dot_graph_count_uses:
 *
 * Returns: how often others take from @node
 */
guint
dot_graph_count_uses (const DotGraph *graph, const DotNode *node)
{
  guint uses = 0;

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const DotNode *other = graph->nodes->pdata[i];

      for (guint j = 0; j < other->n_inputs; j++)
        uses += other->inputs[j] == node;
    }
  return uses;
}

/**
 * dot_graph_is_sole_convolution:
 *
 * Returns: whether @node is a convolution, or a linear operation, that nothing
 *   follows yet and one other takes from
 */
gboolean
dot_graph_is_sole_convolution (const DotGraph *graph, const DotNode *node)
{
  return dot_node_is_convolution (node) && node != graph->image &&
         dot_graph_count_uses (graph, node) == 1 && dot_node_is_bare (node);
}

/**
 * dot_graph_replace:
 *
 * Whoever took from @node takes from @by.
 */
void
dot_graph_replace (DotGraph *graph, DotNode *node, DotNode *by)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      DotNode *other = graph->nodes->pdata[i];

      for (guint j = 0; j < other->n_inputs; j++)
        if (other->inputs[j] == node && other != by)
          other->inputs[j] = by;
    }
  if (graph->image == node)
    graph->image = by;
}

/**
 * dot_graph_insert_after:
 * @node: (transfer full): a new node
 */
void
dot_graph_insert_after (DotGraph *graph, DotNode *node, DotNode *place)
{
  guint index;

  g_ptr_array_find (graph->nodes, place, &index);
  g_ptr_array_insert (graph->nodes, index + 1, node);
}

/**
 * dot_graph_remove:
 *
 * Removes a node that no one takes from; its own takers take from its input.
 */
void
dot_graph_remove (DotGraph *graph, DotNode *node)
{
  dot_graph_replace (graph, node, node->inputs[0]);
  g_ptr_array_remove (graph->nodes, node);
}

/*  blending classes  */

static gboolean
is_label_table (const DotArray *table)
{
  return table && table->n_dims == 2;
}

/* The table with one more row, (1 − t) row @first + t row @second. */
static DotArray *
table_with_blend (const DotArray *table, guint first, guint second, double amount, GError **error)
{
  gsize        columns = table->shape[1];
  DotArray    *wider   = dot_array_new (2, (gsize[]) { table->shape[0] + 1, columns }, error);
  const float *a       = table->data + first * columns;
  const float *b       = table->data + second * columns;

  if (! wider)
    return NULL;

  memcpy (wider->data, table->data, table->n_items * sizeof (float));
  for (gsize i = 0; i < columns; i++)
    wider->data[table->n_items + i] = (float) ((1.0 - amount) * a[i] + amount * b[i]);
  return wider;
}

/* Tables that a node looks its label up in. */
static void
node_collect_tables (DotNode *node, GPtrArray *tables)
{
  if (is_label_table (node->scale))
    g_ptr_array_add (tables, &node->scale);
  if (is_label_table (node->shift))
    g_ptr_array_add (tables, &node->shift);
  if (node->kind == DOT_OP_CONCAT)
    g_ptr_array_add (tables, &node->weight);
}

static void
array_free (gpointer array)
{
  dot_array_unref (array);
}

/**
 * dot_graph_add_blend:
 * @label: (out): the number of the new rows
 *
 * Appends a row between two to every label table, or to none.
 */
gboolean
dot_graph_add_blend (DotGraph *graph,
                     guint     first,
                     guint     second,
                     double    amount,
                     guint    *label,
                     GError  **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  g_autoptr (GPtrArray) wider  = g_ptr_array_new_with_free_func (array_free);

  for (guint i = 0; i < graph->nodes->len; i++)
    node_collect_tables (graph->nodes->pdata[i], tables);
  for (guint i = 0; i < tables->len; i++)
    {
      DotArray *table = table_with_blend (*(DotArray **) tables->pdata[i], first, second, amount,
                                          error);

      if (! table)
        return FALSE;
      g_ptr_array_add (wider, table);
    }

  for (guint i = 0; i < tables->len; i++)
    {
      DotArray **table = tables->pdata[i];

      *label = (*table)->shape[0];
      dot_array_unref (*table);
      *table = dot_array_ref (wider->pdata[i]);
    }
  return TRUE;
}
