/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The exact rewritings: fewer products and fewer passes over the pictures,
 * the same numbers. */

#include "graph-merge.h"
#include "graph-score.h"

#include "base/intl.h"

/* Numbers of a table that is made of several: 256 MiB. */
#define MAX_TABLE (1 << 26)

/* A rule looks at one node, and changes the graph where it applies: then
 * @changed is set and all nodes are looked at again. */
typedef gboolean (*Rule) (DotGraph *graph, DotNode *node, gboolean *changed, GError **error);

static void
drop (DotGraph *graph, DotNode *node, gboolean *changed)
{
  dot_graph_remove (graph, node);
  *changed = TRUE;
}

/*  affine operations and activations  */

/* A batch norm of one row goes into the weights before it. */
static gboolean
fold_affine (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  if (node->kind != DOT_OP_AFFINE || ! node->scale || node->scale->n_dims != 1 ||
      ! dot_graph_is_sole_convolution (graph, node->inputs[0]) ||
      ! dot_graph_merge_fits_affine (node->inputs[0], node))
    return TRUE;
  if (! dot_graph_merge_affine (node->inputs[0], node, TRUE, error))
    return FALSE;

  g_clear_pointer (&node->scale, dot_array_unref);
  g_clear_pointer (&node->shift, dot_array_unref);
  *changed = TRUE;
  return TRUE;
}

/* The convolution that alone makes a branch's result, at its size or half of
 * it. */
static DotNode *
find_branch (DotGraph *graph, DotNode *node)
{
  if (node->kind == DOT_OP_UPSAMPLE && dot_graph_count_uses (graph, node) == 1)
    node = node->inputs[0];
  return dot_graph_is_sole_convolution (graph, node) ? node : NULL;
}

/* A batch norm of a sum goes into both branches. */
static gboolean
fold_affine_of_sum (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *sum = node->inputs[0];
  DotNode *first;
  DotNode *second;

  if (node->kind != DOT_OP_AFFINE || ! node->scale || node->scale->n_dims != 1 ||
      sum->kind != DOT_OP_ADD || dot_graph_count_uses (graph, sum) > 1)
    return TRUE;

  first  = find_branch (graph, sum->inputs[0]);
  second = find_branch (graph, sum->inputs[1]);
  if (! first || ! second || ! dot_graph_merge_fits_affine (first, node) ||
      ! dot_graph_merge_fits_affine (second, node))
    return TRUE;
  if (! dot_graph_merge_affine (first, node, TRUE, error) ||
      ! dot_graph_merge_affine (second, node, FALSE, error))
    return FALSE;

  g_clear_pointer (&node->scale, dot_array_unref);
  g_clear_pointer (&node->shift, dot_array_unref);
  *changed = TRUE;
  return TRUE;
}

static gboolean
drop_identity (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  if (node->kind == DOT_OP_AFFINE && dot_node_is_bare (node))
    drop (graph, node, changed);
  return TRUE;
}

/* A batch norm of many rows follows its convolution, in the same pass.  The
 * numbers of a linear operation are no channels. */
static gboolean
fuse_affine (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *before = node->inputs[0];

  if (node->kind != DOT_OP_AFFINE || ! node->scale ||
      ! dot_graph_is_sole_convolution (graph, before) || before->kind == DOT_OP_LINEAR)
    return TRUE;

  before->scale = g_steal_pointer (&node->scale);
  before->shift = g_steal_pointer (&node->shift);
  *changed      = TRUE;
  return dot_graph_merge_bias (before, error);
}

/* A class's numbers behind the latents are the same for all samples of a label:
 * what a linear operation makes of them is a shift.  The table of all labels'
 * shifts may be large. */
static gboolean
fold_labels (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *concat = node->inputs[0];

  if (node->kind != DOT_OP_LINEAR || ! dot_node_is_bare (node) || concat->kind != DOT_OP_CONCAT ||
      concat->height * concat->width != 1 || node->height * node->width != 1 ||
      concat->weight->shape[0] > MAX_TABLE / node->channels)
    return TRUE;

  node->inputs[0] = concat->inputs[0];
  *changed        = TRUE;
  return dot_graph_merge_labels (node, concat->weight, error);
}

static gboolean
fuse_activation (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *before = node->inputs[0];

  if (node->kind != DOT_OP_AFFINE || node->scale || node->activation == DOT_ACTIVATION_NONE ||
      ! (dot_node_is_convolution (before) || before->kind == DOT_OP_AFFINE ||
         before->kind == DOT_OP_MODULATE || before->kind == DOT_OP_NOISE) ||
      before->activation != DOT_ACTIVATION_NONE || before->limit > 0.0 || before == graph->image ||
      dot_graph_count_uses (graph, before) > 1)
    return TRUE;

  before->activation = node->activation;
  drop (graph, node, changed);
  return TRUE;
}

/* Noise, what follows it and a clamp are one pass. */
static gboolean
fuse_clamp (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *before = node->inputs[0];

  if (node->kind != DOT_OP_CLAMP || before->kind != DOT_OP_NOISE || before->limit > 0.0 ||
      before == graph->image || dot_graph_count_uses (graph, before) > 1)
    return TRUE;

  before->limit = node->limit;
  drop (graph, node, changed);
  return TRUE;
}

/*  shapes  */

/* Flat numbers that are taken as pixels were pixels from the start. */
static gboolean
remove_reshape (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *before = node->inputs[0];

  if (node->kind != DOT_OP_RESHAPE || node == graph->latents || before->kind != DOT_OP_LINEAR ||
      before->scale || dot_graph_count_uses (graph, before) > 1)
    return TRUE;

  before->channels = node->channels;
  before->height   = node->height;
  before->width    = node->width;
  drop (graph, node, changed);
  return TRUE;
}

static gboolean
rewrite_unit_stride (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  if (node->kind != DOT_OP_DECONV || node->stride != 1)
    return TRUE;

  *changed = TRUE;
  return dot_graph_merge_unit_stride (node, error);
}

/*  upsampling and means  */

static gboolean
is_square (const DotNode *node, guint kernel)
{
  return node->kind == DOT_OP_CONV && node->kernel == kernel && node->stride == 1 &&
         node->groups == 1 && (kernel == 1 || node->padding == 1);
}

/* Nearest neighbour, then 3×3: one transposed convolution. */
static gboolean
merge_upsample (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  if (! is_square (node, 3) || node->inputs[0]->kind != DOT_OP_UPSAMPLE)
    return TRUE;

  node->inputs[0] = node->inputs[0]->inputs[0];
  *changed        = TRUE;
  return dot_graph_merge_upsample (node, error);
}

/* 3×3, then means: one convolution with stride 2. */
static gboolean
merge_average (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *before = node->inputs[0];

  if (node->kind != DOT_OP_AVERAGE || ! dot_graph_is_sole_convolution (graph, before) ||
      ! is_square (before, 3))
    return TRUE;

  before->height = node->height;
  before->width  = node->width;
  drop (graph, node, changed);
  return dot_graph_merge_average (before, error);
}

/* 1×1 before nearest neighbour instead of after: a quarter of the products. */
static gboolean
swap_upsample (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *upsample;

  if (! is_square (node, 1) || node->inputs[0]->kind != DOT_OP_UPSAMPLE)
    return TRUE;

  node->inputs[0]  = node->inputs[0]->inputs[0];
  upsample         = dot_node_new (DOT_OP_UPSAMPLE, node);
  upsample->height = node->height;
  upsample->width  = node->width;
  node->height /= 2;
  node->width /= 2;
  dot_graph_replace (graph, node, upsample);
  dot_graph_insert_after (graph, upsample, node);
  *changed = TRUE;
  return TRUE;
}

/* Means before 1×1 instead of after. */
static gboolean
swap_average (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *before = node->inputs[0];
  DotNode *average;

  if (node->kind != DOT_OP_AVERAGE || ! dot_graph_is_sole_convolution (graph, before) ||
      ! is_square (before, 1))
    return TRUE;

  average         = dot_node_new (DOT_OP_AVERAGE, before->inputs[0]);
  average->height = node->height;
  average->width  = node->width;
  dot_graph_insert_after (graph, average, before->inputs[0]);
  before->inputs[0] = average;
  before->height    = node->height;
  before->width     = node->width;
  drop (graph, node, changed);
  return TRUE;
}

/*  what is left  */

static gboolean
drop_unused (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *last = graph->nodes->pdata[graph->nodes->len - 1];

  if (node == last || node == graph->image || node == graph->latents ||
      dot_graph_count_uses (graph, node) > 0)
    return TRUE;

  g_ptr_array_remove (graph->nodes, node);
  *changed = TRUE;
  return TRUE;
}

/*  additions  */

/* Whether @node's derivative looks at what it took. */
static gboolean
needs_inputs (const DotNode *node)
{
  return node->kind == DOT_OP_ATTENTION || node->kind == DOT_OP_MAX_POOL ||
         node->kind == DOT_OP_MODULATE || node->kind == DOT_OP_DEMODULATE;
}

/* Whether @node's result may be overwritten by @sum: no one needs it later,
 * no derivative is taken from it, and both have one precision. */
static gboolean
may_overwrite (DotGraph *graph, const DotNode *node, const DotNode *sum)
{
  guint end;
  guint last = 0;

  g_ptr_array_find (graph->nodes, sum, &end);
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const DotNode *other = graph->nodes->pdata[i];

      for (guint j = 0; j < other->n_inputs; j++)
        if (other->inputs[j] == node)
          last = i;
      if (needs_inputs (other) && last == i)
        return FALSE;
    }
  return last == end && node->activation == DOT_ACTIVATION_NONE && node->limit == 0.0 &&
         node->wide == sum->wide && node != graph->latents && node != graph->image;
}

/* A branch's bias goes into the convolution that it is added to. */
static gboolean
join_bias (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *shortcut = node->overwrites ? find_branch (graph, node->overwrites) : NULL;

  if (! shortcut || ! shortcut->bias)
    return TRUE;

  *changed = TRUE;
  return dot_graph_merge_biases (node->inputs[0], shortcut, error);
}

/* A convolution that is added to something adds itself: it comes last, and
 * puts the sum in the other one's place. */
static gboolean
join_sum (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  guint index;

  if (node->kind != DOT_OP_ADD || node->overwrites)
    return TRUE;
  if (! dot_graph_is_sole_convolution (graph, node->inputs[0]))
    {
      DotNode *first = node->inputs[0];

      node->inputs[0] = node->inputs[1];
      node->inputs[1] = first;
    }
  if (node->inputs[0] == node->inputs[1] ||
      ! dot_graph_is_sole_convolution (graph, node->inputs[0]) ||
      ! may_overwrite (graph, node->inputs[1], node))
    return TRUE;

  node->overwrites = node->inputs[1];
  g_ptr_array_find (graph->nodes, node->inputs[0], &index);
  g_ptr_array_steal_index (graph->nodes, index);
  g_ptr_array_find (graph->nodes, node, &index);
  g_ptr_array_insert (graph->nodes, index, node->inputs[0]);
  *changed = TRUE;
  return TRUE;
}

/* What follows a sum that is put in place follows in the same pass. */
static gboolean
join_activation (DotGraph *graph, DotNode *node, gboolean *changed, GError **error)
{
  DotNode *sum = node->inputs[0];

  if (node->kind != DOT_OP_AFFINE || node->scale || ! sum->overwrites ||
      node->activation == DOT_ACTIVATION_NONE || sum == graph->image ||
      sum->activation != DOT_ACTIVATION_NONE || dot_graph_count_uses (graph, sum) > 1)
    return TRUE;

  sum->activation = node->activation;
  drop (graph, node, changed);
  return TRUE;
}

/*  the passes  */

static const Rule rules[] = {
  fold_affine,
  fold_affine_of_sum,
  drop_identity,
  dot_graph_score_merge_project,
  dot_graph_score_rename,
  dot_graph_score_merge_sum,
  dot_graph_score_merge_mean,
  dot_graph_score_merge_labels,
  dot_graph_score_merge_window,
  dot_graph_score_merge_heads,
  drop_unused,
  rewrite_unit_stride,
  remove_reshape,
  merge_upsample,
  merge_average,
  swap_upsample,
  swap_average,
};

static const Rule later_rules[] = { fuse_affine, drop_identity,  fold_labels, fuse_activation,
                                    fuse_clamp,  remove_reshape, drop_unused };

static const Rule sum_rules[] = { join_sum };

static const Rule last_rules[] = { join_bias, join_activation };

static gboolean
apply_rules (DotGraph *graph, const Rule *list, guint n_rules, GError **error)
{
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < graph->nodes->len && ! changed; i++)
        for (guint rule = 0; rule < n_rules && ! changed; rule++)
          if (! list[rule](graph, graph->nodes->pdata[i], &changed, error))
            return FALSE;
    }
  return TRUE;
}

static gboolean
is_vector (const DotNode *node)
{
  return node->height * node->width == 1;
}

static gboolean
has_styles (const DotGraph *graph)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    if (((const DotNode *) graph->nodes->pdata[i])->kind == DOT_OP_DEMODULATE)
      return TRUE;
  return FALSE;
}

/* Whether @node is a style, or what is made of one: vectors on the way from the
 * latents, and what a linear operation makes of them. */
static gboolean
takes_style (const DotNode *node)
{
  const DotNode *input = node->inputs[0];

  return input->wide && is_vector (input) && (is_vector (node) || node->kind == DOT_OP_LINEAR);
}

/* What the latents say of scales and shifts goes by two operations. */
static gboolean
takes_latents (const DotGraph *graph, const DotNode *node)
{
  const DotNode *input = node->n_inputs ? node->inputs[0] : NULL;

  return input && (input == graph->latents || (input->kind == DOT_OP_CONCAT && input->wide));
}

/* The sum of two convolutions that the images are but for their range: where a
 * generator retouches its own.
 * Returns: (nullable): it */
static const DotNode *
find_retouched (const DotGraph *graph)
{
  const DotNode *node = graph->image;

  if (node->kind == DOT_OP_CLAMP)
    node = node->inputs[0];

  return node->kind == DOT_OP_ADD && dot_node_is_convolution (node->inputs[0]) &&
             dot_node_is_convolution (node->inputs[1])
           ? node
           : NULL;
}

/* Whether @node is that sum or what is added up in it. */
static gboolean
makes_retouched (const DotGraph *graph, const DotNode *node)
{
  const DotNode *sum = find_retouched (graph);

  return sum && (node == sum || node == sum->inputs[0] || node == sum->inputs[1]);
}

/* Whether @node takes its input @i as wide as it is. */
static gboolean
takes_wide (const DotGraph *graph, const DotNode *node, guint i)
{
  return (node->kind == DOT_OP_MODULATE && i == 1) || (node->wide && is_vector (node->inputs[i])) ||
         (find_retouched (graph) && (node == graph->image || node == find_retouched (graph)));
}

/* Whoever takes from @node and wants less takes from @narrow.
 * Returns: whether anyone does */
static gboolean
hand_narrow (DotGraph *graph, DotNode *node, DotNode *narrow)
{
  gboolean any = FALSE;

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      DotNode *other = graph->nodes->pdata[i];

      for (guint j = 0; j < other->n_inputs; j++)
        if (other->inputs[j] == node && ! takes_wide (graph, other, j))
          {
            other->inputs[j] = narrow;
            any              = TRUE;
          }
    }
  return any;
}

/* bfloat16 has eight bits: too few for latents that move by hundredths, and
 * for a tanh near its ends.  What takes the latents and what makes the images
 * computes in float32; then a node without any effect converts. */
static void
keep_wide (DotGraph *graph)
{
  gboolean styled = has_styles (graph);

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      DotNode *node = graph->nodes->pdata[i];

      node->wide = node == graph->latents || node == graph->image || i + 1 == graph->nodes->len ||
                   takes_latents (graph, node) || makes_retouched (graph, node) ||
                   (styled && takes_style (node));
      styled = styled && node != graph->image;
    }

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      DotNode *node = graph->nodes->pdata[i];
      gboolean last = i + 1 == graph->nodes->len;
      DotNode *narrow;

      if (! node->wide || last || node == graph->latents)
        continue;

      narrow = dot_node_new (DOT_OP_AFFINE, NULL);
      if (! hand_narrow (graph, node, narrow))
        {
          dot_node_free (narrow);
          continue;
        }
      narrow->inputs[0] = node;
      narrow->n_inputs  = 1;
      narrow->channels  = node->channels;
      narrow->height    = node->height;
      narrow->width     = node->width;
      dot_graph_insert_after (graph, narrow, node);
    }
}

static gboolean
has_short_rows (const DotNode *node)
{
  const DotNode *input = node->inputs[0];

  return (gsize) MAX (node->width, input->width) * node->channels <= DOT_KERNEL_MAX_ROW;
}

static gboolean
is_supported (const DotGraph *graph, const DotNode *node)
{
  gboolean last = node == graph->nodes->pdata[graph->nodes->len - 1];

  switch (node->kind)
    {
    case DOT_OP_PROJECT:
      return last && node->n_inputs == 1;
    case DOT_OP_RESHAPE:
      return node == graph->latents;
    case DOT_OP_SUM:
    case DOT_OP_MEAN:
    case DOT_OP_RELU:
    case DOT_OP_LEAKY_RELU:
    case DOT_OP_TANH:
      return FALSE;
    case DOT_OP_UPSAMPLE:
    case DOT_OP_AVERAGE:
    case DOT_OP_FIR_UP:
    case DOT_OP_FIR_DOWN:
      return ! last && node->channels <= DOT_KERNEL_MAX_CHANNELS;
    case DOT_OP_RESIZE:
    case DOT_OP_MAX_POOL:
      return ! last && has_short_rows (node);
    default:
      return ! last;
    }
}

static gboolean
check_supported (const DotGraph *graph, GError **error)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    if (! is_supported (graph, graph->nodes->pdata[i]))
      {
        g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                             _ ("The native engine can't compute this model: "
                                "take --engine torch."));
        return FALSE;
      }
  return TRUE;
}

/* Joining one sum may have moved a convolution behind another: what it takes
 * from must still be there. */
static void
check_sums (DotGraph *graph)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      DotNode *node = graph->nodes->pdata[i];

      if (node->overwrites && ! may_overwrite (graph, node->overwrites, node))
        node->overwrites = NULL;
    }
}

static gboolean
reorder_weights (DotGraph *graph, GError **error)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      DotNode *node = graph->nodes->pdata[i];

      node->index = i;
      if ((node->kind == DOT_OP_LINEAR ||
           (node->kind == DOT_OP_PROJECT &&
            node->weight->n_items == dot_node_get_items (node->inputs[0]))) &&
          ! dot_graph_merge_last_axis (node, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dot_graph_rewrite:
 * @narrow: whether it will be computed in bfloat16
 *
 * Makes the graph cheap: batch norms go into weights or follow them in the
 * same pass, upsampling and means merge with 3×3 convolutions and change
 * places with 1×1 ones, the end of the discriminator becomes one product, what a
 * label says of scales and shifts becomes a row, and a branch adds itself to the
 * other.  All of it is exact.
 *
 * Returns: %FALSE with %DOT_ERROR_NO_BACKEND where it has operations that
 *   the native engine doesn't know
 */
gboolean
dot_graph_rewrite (DotGraph *graph, gboolean narrow, GError **error)
{
  if (! apply_rules (graph, rules, G_N_ELEMENTS (rules), error) ||
      ! apply_rules (graph, later_rules, G_N_ELEMENTS (later_rules), error) ||
      ! check_supported (graph, error))
    return FALSE;
  if (narrow)
    keep_wide (graph);
  if (! apply_rules (graph, sum_rules, G_N_ELEMENTS (sum_rules), error))
    return FALSE;

  check_sums (graph);
  return apply_rules (graph, last_rules, G_N_ELEMENTS (last_rules), error) &&
         reorder_weights (graph, error);
}
