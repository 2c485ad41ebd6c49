/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Weights of one operation that does what two did.  Each of these is exact
 * but for the rounding of the new weights. */

#include "graph-merge.h"

#include <string.h>

#define MERGED 4

/*  folding an affine operation in  */

static gsize
out_channels (const DotNode *node)
{
  return node->weight->shape[node->kind == DOT_OP_DECONV ? 1 : 0];
}

/* @weight with the numbers of each output channel times @scale. */
static void
scale_weight (DotArray *scaled, const DotNode *node, const float *scale)
{
  const DotArray *weight  = node->weight;
  gsize           outputs = out_channels (node);
  gsize           inputs  = weight->shape[node->kind == DOT_OP_DECONV ? 0 : 1];
  gsize           window  = weight->n_items / (outputs * inputs);

  for (gsize i = 0; i < weight->n_items; i++)
    {
      gsize block = i / window;
      gsize out   = node->kind == DOT_OP_DECONV ? block % outputs : block / inputs;

      scaled->data[i] = weight->data[i] * scale[out];
    }
}

static void
take_array (DotArray **place, DotArray *array)
{
  dot_array_unref (*place);
  *place = array;
}

/**
 * dot_graph_merge_fits_affine:
 *
 * Returns: whether @affine has one number for each row of @node's weight:
 *   pixels that a linear operation makes share theirs
 */
gboolean
dot_graph_merge_fits_affine (const DotNode *node, const DotNode *affine)
{
  return affine->scale->n_items == out_channels (node);
}

/**
 * dot_graph_merge_affine:
 * @node: a convolution
 * @affine: of one row, as long as @node has output channels
 * @shifted: whether the shift goes in, too, beside the scale
 *
 * Makes @node do what @affine does to its result.
 */
gboolean
dot_graph_merge_affine (DotNode *node, const DotNode *affine, gboolean shifted, GError **error)
{
  gsize        n      = out_channels (node);
  const float *scale  = affine->scale->data;
  DotArray    *weight = dot_array_new (node->weight->n_dims, node->weight->shape, error);
  DotArray    *bias   = weight ? dot_array_new (1, &n, error) : NULL;

  if (! bias)
    {
      dot_array_unref (weight);
      return FALSE;
    }

  scale_weight (weight, node, scale);
  for (gsize i = 0; i < n; i++)
    bias->data[i] = (float) ((shifted ? affine->shift->data[i] : 0.0) +
                             (node->bias ? (double) node->bias->data[i] * scale[i] : 0.0));
  take_array (&node->weight, weight);
  take_array (&node->bias, bias);
  return TRUE;
}

/**
 * dot_graph_merge_bias:
 * @node: a convolution that an affine operation follows
 *
 * Moves the bias behind the scale, into every row of the shift: one rounding
 * less.
 */
gboolean
dot_graph_merge_bias (DotNode *node, GError **error)
{
  const DotArray *shift = node->shift;
  gsize           n     = node->bias ? node->bias->n_items : 0;
  DotArray       *moved;

  if (! node->bias)
    return TRUE;

  moved = dot_array_new (shift->n_dims, shift->shape, error);
  if (! moved)
    return FALSE;

  for (gsize i = 0; i < shift->n_items; i++)
    moved->data[i] = (float) ((double) node->scale->data[i] * node->bias->data[i % n] +
                              shift->data[i]);
  take_array (&node->shift, moved);
  g_clear_pointer (&node->bias, dot_array_unref);
  return TRUE;
}

/**
 * dot_graph_merge_biases:
 * @node: a convolution that is added to @other's result
 * @other: a convolution, which loses its bias
 */
gboolean
dot_graph_merge_biases (DotNode *node, DotNode *other, GError **error)
{
  gsize     n = other->bias->n_items;
  DotArray *bias;

  if (! node->bias)
    {
      node->bias = g_steal_pointer (&other->bias);
      return TRUE;
    }

  bias = dot_array_new (1, &n, error);
  if (! bias)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    bias->data[i] = node->bias->data[i] + other->bias->data[i];
  take_array (&node->bias, bias);
  g_clear_pointer (&other->bias, dot_array_unref);
  return TRUE;
}

/*  what depends on the label alone  */

/* The table times the last columns of @weight, plus @bias: what each label adds. */
static void
fill_labels (DotArray *shift, const DotArray *table, const DotArray *weight, const DotArray *bias)
{
  gsize labels  = table->shape[0];
  gsize n       = table->shape[1];
  gsize rows    = weight->shape[0];
  gsize columns = weight->shape[1];

#pragma omp parallel for schedule(static)
  for (gsize r = 0; r < rows; r++)
    {
      const float *last = weight->data + (r + 1) * columns - n;

      for (gsize label = 0; label < labels; label++)
        {
          double sum = bias ? bias->data[r] : 0.0;

          for (gsize i = 0; i < n; i++)
            sum += (double) table->data[label * n + i] * last[i];
          shift->data[label * rows + r] = (float) sum;
        }
    }
}

/* The weight without its last columns. */
static DotArray *
cut_columns (const DotArray *weight, gsize n, GError **error)
{
  gsize     rows    = weight->shape[0];
  gsize     columns = weight->shape[1];
  DotArray *cut     = dot_array_new (2, (gsize[]) { rows, columns - n }, error);

  for (gsize r = 0; cut && r < rows; r++)
    memcpy (cut->data + r * (columns - n), weight->data + r * columns,
            (columns - n) * sizeof (float));
  return cut;
}

/**
 * dot_graph_merge_labels:
 * @node: a linear operation without pixels, which nothing follows yet
 * @table: (labels, n) what the last of its inputs are
 *
 * Makes those inputs shifts of each label.
 */
gboolean
dot_graph_merge_labels (DotNode *node, const DotArray *table, GError **error)
{
  gsize shape[]              = { table->shape[0], node->weight->shape[0] };
  g_autoptr (DotArray) cut   = cut_columns (node->weight, table->shape[1], error);
  g_autoptr (DotArray) scale = cut ? dot_array_new (1, &shape[1], error) : NULL;
  g_autoptr (DotArray) shift = scale ? dot_array_new (2, shape, error) : NULL;

  if (! shift)
    return FALSE;

  for (gsize i = 0; i < scale->n_items; i++)
    scale->data[i] = 1.0f;
  fill_labels (shift, table, node->weight, node->bias);
  take_array (&node->weight, g_steal_pointer (&cut));
  g_clear_pointer (&node->bias, dot_array_unref);
  node->scale = g_steal_pointer (&scale);
  node->shift = g_steal_pointer (&shift);
  return TRUE;
}

/*  windows of 4×4 from windows of 3×3  */

/* Which rows of a 3×3 window make up a row of the 4×4 one: of a transposed
 * convolution with stride 2 that upsamples first, */
static const double upsample_rows[MERGED][3] = {
  { 0, 0, 1 },
  { 0, 1, 1 },
  { 1, 1, 0 },
  { 1, 0, 0 },
};

/* and of a convolution with stride 2 that takes the mean of 2×2 after. */
static const double average_rows[MERGED][3] = {
  { 0.5, 0, 0 },
  { 0.5, 0.5, 0 },
  { 0, 0.5, 0.5 },
  { 0, 0, 0.5 },
};

/* merged = rows · window · rowsᵀ. */
static void
merge_window (const double rows[MERGED][3], const float *window, float *merged)
{
  double half[MERGED][3];

  for (guint y = 0; y < MERGED; y++)
    for (guint j = 0; j < 3; j++)
      half[y][j] = rows[y][0] * window[j] + rows[y][1] * window[3 + j] + rows[y][2] * window[6 + j];
  for (guint y = 0; y < MERGED; y++)
    for (guint x = 0; x < MERGED; x++)
      merged[MERGED * y + x] = (float) (rows[x][0] * half[y][0] + rows[x][1] * half[y][1] +
                                        rows[x][2] * half[y][2]);
}

/* Gives @node 4×4 windows and stride 2; with @transposed the first two axes
 * of its weight change places. */
static gboolean
merge_windows (DotNode *node, const double rows[MERGED][3], gboolean transposed, GError **error)
{
  gsize outputs = node->weight->shape[0];
  gsize inputs  = node->weight->shape[1];
  gsize shape[] = { transposed ? inputs : outputs, transposed ? outputs : inputs, MERGED, MERGED };
  DotArray *merged = dot_array_new (4, shape, error);

  if (! merged)
    return FALSE;

#pragma omp parallel for schedule(static)
  for (gsize o = 0; o < outputs; o++)
    for (gsize i = 0; i < inputs; i++)
      merge_window (rows, node->weight->data + 9 * (o * inputs + i),
                    merged->data +
                      MERGED * MERGED * (transposed ? i * outputs + o : o * inputs + i));
  take_array (&node->weight, merged);
  node->kernel = MERGED;
  node->stride = 2;
  return TRUE;
}

/**
 * dot_graph_merge_upsample:
 * @node: a 3×3 convolution
 *
 * Makes it a transposed convolution that does what it did to pixels doubled
 * by nearest neighbour: 16 products a pixel of the input instead of 36.
 */
gboolean
dot_graph_merge_upsample (DotNode *node, GError **error)
{
  if (! merge_windows (node, upsample_rows, TRUE, error))
    return FALSE;

  node->kind = DOT_OP_DECONV;
  return TRUE;
}

/**
 * dot_graph_merge_average:
 * @node: a 3×3 convolution
 *
 * Makes it one with stride 2 whose results are the means of 2×2 of what they
 * were: 16 products a pixel of the output instead of 36.
 */
gboolean
dot_graph_merge_average (DotNode *node, GError **error)
{
  return merge_windows (node, average_rows, FALSE, error);
}

/*  other orders of the same numbers  */

/**
 * dot_graph_merge_unit_stride:
 * @node: a transposed convolution with stride 1
 *
 * Makes it the convolution that it is: windows turned round, axes exchanged.
 */
gboolean
dot_graph_merge_unit_stride (DotNode *node, GError **error)
{
  gsize     inputs  = node->weight->shape[0];
  gsize     outputs = node->weight->shape[1];
  gsize     window  = (gsize) node->kernel * node->kernel;
  DotArray *turned  = dot_array_new (4, (gsize[]) { outputs, inputs, node->kernel, node->kernel },
                                     error);

  if (! turned)
    return FALSE;

  for (gsize o = 0; o < outputs; o++)
    for (gsize i = 0; i < inputs; i++)
      for (gsize k = 0; k < window; k++)
        turned->data[(o * inputs + i) * window + k] =
          node->weight->data[(i * outputs + o) * window + window - 1 - k];
  take_array (&node->weight, turned);
  node->kind    = DOT_OP_CONV;
  node->padding = node->kernel - 1 - node->padding;
  return TRUE;
}

/* Where number @i of channels × pixels stands in pixels × channels. */
static gsize
channels_last (gsize i, const DotNode *value)
{
  gsize pixels = (gsize) value->height * value->width;

  return i % pixels * value->channels + i / pixels;
}

/* Puts the columns of a table in the order of channels-last pixels. */
static DotArray *
reorder_columns (const DotArray *table, const DotNode *input, GError **error)
{
  gsize     columns = table->shape[1];
  DotArray *moved   = dot_array_new (2, table->shape, error);

  for (gsize i = 0; moved && i < table->n_items; i++)
    moved->data[i / columns * columns + channels_last (i % columns, input)] = table->data[i];
  return moved;
}

/**
 * dot_graph_merge_last_axis:
 * @node: a linear operation, or the end of a discriminator
 *
 * Puts the rows and columns of its weight, and the columns of a label's, in the
 * order of channels-last pixels.
 */
gboolean
dot_graph_merge_last_axis (DotNode *node, GError **error)
{
  gsize     rows    = node->weight->shape[0];
  gsize     columns = node->weight->shape[1];
  DotArray *weight  = dot_array_new (2, node->weight->shape, error);
  DotArray *bias    = weight ? dot_array_new (1, &rows, error) : NULL;

  if (! bias)
    {
      dot_array_unref (weight);
      return FALSE;
    }

  for (gsize r = 0; r < rows; r++)
    {
      gsize row = rows == 1 ? 0 : channels_last (r, node);

      for (gsize c = 0; c < columns; c++)
        weight->data[row * columns + channels_last (c, node->inputs[0])] =
          node->weight->data[r * columns + c];
      bias->data[row] = node->bias ? node->bias->data[r] : 0.0f;
    }
  take_array (&node->weight, weight);
  take_array (&node->bias, bias);
  /* of a linear operation rows of labels are shifts of its numbers */
  if (node->kind != DOT_OP_PROJECT || ! node->scale)
    return TRUE;

  weight = reorder_columns (node->scale, node->inputs[0], error);
  if (weight)
    take_array (&node->scale, weight);
  return weight != NULL;
}
