/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The rows of one label: they are put together before each run, so that the
 * steps find those of any label, a blend's too, in the same place. */

#include "plan.h"

#include <string.h>

/* In numbers: a cache line. */
#define ALIGNMENT 16

static gsize
row_length (const DotArray *table)
{
  return table->n_dims == 1 ? table->n_items : table->shape[1];
}

/* The label's row of a table, or the only one. */
static const float *
row_of (const DotArray *table, guint label)
{
  return table->n_dims == 1 ? table->data : table->data + label * table->shape[1];
}

static gsize
align (gsize items)
{
  return (items + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Where a node's second row lies behind its first. */
static gsize
first_row_size (const DotNode *node)
{
  switch (node->kind)
    {
    case DOT_OP_PROJECT:
      return align (dot_node_get_head_items (node));
    case DOT_OP_CONCAT:
      return align (row_length (node->weight));
    default:
      return node->scale ? align (row_length (node->scale)) : 0;
    }
}

/**
 * dot_plan_rows_arrange:
 *
 * Gives the rows of every node that has any their place.
 */
void
dot_plan_rows_arrange (DotPlan *plan)
{
  for (guint i = 0; i < plan->graph->nodes->len; i++)
    {
      const DotNode *node = plan->graph->nodes->pdata[i];

      plan->row_at[i] = plan->n_rows;
      plan->n_rows += first_row_size (node);
      if (node->shift)
        plan->n_rows += align (row_length (node->shift));
    }
}

/* w + W[label], at each pixel where there is a window. */
static void
fill_head (float *head, const DotNode *node, guint label)
{
  gsize        n   = node->weight->n_items;
  const float *row = node->scale ? row_of (node->scale, label) : NULL;

  for (gsize i = 0; i < n; i++)
    head[i] = node->weight->data[i] + (row ? row[i] : 0.0f);
  if (node->window)
    for (gsize i = node->window->n_items; i-- > 0;)
      head[i] = node->window->data[i] * head[i % n];
}

static void
fill_row (float *row, const DotArray *table, guint label)
{
  memcpy (row, row_of (table, label), row_length (table) * sizeof (float));
}

/**
 * dot_plan_rows_fill:
 *
 * Puts the rows of a label in their places.
 */
void
dot_plan_rows_fill (DotPlan *plan, guint label)
{
  for (guint i = 0; i < plan->graph->nodes->len; i++)
    {
      const DotNode *node = plan->graph->nodes->pdata[i];
      float         *row  = (float *) plan->rows.host + plan->row_at[i];

      if (node->kind == DOT_OP_PROJECT)
        fill_head (row, node, label);
      else if (node->kind == DOT_OP_CONCAT)
        fill_row (row, node->weight, label);
      else if (node->scale)
        fill_row (row, node->scale, label);
      if (node->shift)
        fill_row (row + first_row_size (node), node->shift, label);
    }
}

/**
 * dot_plan_rows_get_scales:
 *
 * Returns: (transfer none): where the device finds a node's first row: scales,
 *   further channels, or the head
 */
float *
dot_plan_rows_get_scales (const DotPlan *plan, const DotNode *node)
{
  return (float *) plan->rows.device + plan->row_at[node->index];
}

/**
 * dot_plan_rows_get_shifts:
 *
 * Returns: (transfer none): where the device finds a node's shifts
 */
float *
dot_plan_rows_get_shifts (const DotPlan *plan, const DotNode *node)
{
  return dot_plan_rows_get_scales (plan, node) + first_row_size (node);
}
