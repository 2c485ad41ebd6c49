/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The forward half of a plan: for each node of the graph its steps. */

#include "plan.h"

static guint
value_of (DotPlan *plan, const DotNode *node)
{
  return plan->values[node->index];
}

/* A new buffer for a node's result. */
static guint
add_value (DotPlan *plan, DotNode *node)
{
  return plan->values[node->index] = dot_plan_add_buffer (plan, dot_node_get_items (node),
                                                          plan->narrow && ! node->wide);
}

/* The sum that a convolution adds itself to, in place. */
static DotNode *
find_sum (const DotPlan *plan, const DotNode *node)
{
  for (guint i = node->index + 1; i < plan->graph->nodes->len; i++)
    {
      DotNode *other = plan->graph->nodes->pdata[i];

      if (other->overwrites && other->inputs[0] == node)
        return other;
    }
  return NULL;
}

static gboolean
add_convolution (DotPlan *plan, DotNode *node, GError **error)
{
  DotNode      *sum    = find_sum (plan, node);
  guint         in     = value_of (plan, node->inputs[0]);
  guint         out    = sum ? value_of (plan, sum->overwrites) : add_value (plan, node);
  DotFollow     follow = { .scaled     = node->scale != NULL,
                           .accumulate = sum != NULL,
                           .activation = sum ? sum->activation : node->activation,
                           .factor     = 1.0f };
  DotPrimitive *primitive;

  plan->values[node->index] = out;
  primitive                 = dot_primitive_convolution (plan->context, node, FALSE, plan->batch,
                                                         dot_plan_is_narrow (plan, in),
                                                         dot_plan_is_narrow (plan, out), &follow, error);
  if (! primitive)
    return FALSE;

  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_PRIMITIVE,
                                       .node       = node,
                                       .out        = out,
                                       .in         = in,
                                       .aux        = DOT_NO_BUFFER,
                                       .scaled     = follow.scaled,
                                       .accumulate = follow.accumulate,
                                       .primitive  = primitive });
  return TRUE;
}

/* x + γ V softmax(Qᵀ K)ᵀ; pixels are rows here: A = softmax(Q Kᵀ), A V.  Without γ
 * that is all. */
static gboolean
add_attention (DotPlan *plan, DotNode *node, GError **error)
{
  DotNode *query   = node->inputs[0];
  DotNode *key     = node->inputs[1];
  gsize    queries = (gsize) query->height * query->width;
  gsize    keys    = (gsize) key->height * key->width;
  guint    energy  = dot_plan_add_buffer (plan, queries * keys, FALSE);
  guint    softmax = dot_plan_add_buffer (plan, queries * keys, plan->narrow);
  guint mixed = node->weight ? dot_plan_add_buffer (plan, dot_node_get_items (node), plan->narrow)
                             : add_value (plan, node);
  DotPrimitive *primitive;

  if (! dot_plan_add_product (plan, energy, value_of (plan, query), value_of (plan, key),
                              (gsize[]) { queries, query->channels, keys },
                              (gboolean[]) { FALSE, TRUE }, 1.0f, FALSE, error) ||
      ! (primitive = dot_primitive_softmax (plan->context, plan->batch * queries, keys,
                                            plan->narrow, error)))
    return FALSE;

  dot_plan_add_step (plan, (DotTask) { .kind      = DOT_TASK_PRIMITIVE,
                                       .out       = softmax,
                                       .in        = energy,
                                       .aux       = DOT_NO_BUFFER,
                                       .primitive = primitive });
  plan->attentions[node->index] = softmax;
  if (! dot_plan_add_product (plan, mixed, softmax, value_of (plan, node->inputs[2]),
                              (gsize[]) { queries, keys, node->channels },
                              (gboolean[]) { FALSE, FALSE }, 1.0f, FALSE, error))
    return FALSE;
  if (! node->weight)
    return TRUE;

  dot_plan_add_step (plan, (DotTask) { .kind   = DOT_TASK_ADD,
                                       .in     = value_of (plan, node->inputs[3]),
                                       .aux    = mixed,
                                       .out    = add_value (plan, node),
                                       .factor = node->weight->data[0] });
  return TRUE;
}

static void
add_sum (DotPlan *plan, DotNode *node)
{
  if (node->overwrites)
    plan->values[node->index] = value_of (plan, node->overwrites);
  else
    dot_plan_add_step (plan, (DotTask) { .kind   = DOT_TASK_ADD,
                                         .in     = value_of (plan, node->inputs[0]),
                                         .aux    = value_of (plan, node->inputs[1]),
                                         .out    = add_value (plan, node),
                                         .factor = 1.0f });
}

/* A step with one input that stands for the whole node. */
static void
add_simple (DotPlan *plan, DotNode *node, DotTaskKind kind, float factor)
{
  guint in = value_of (plan, node->inputs[0]);

  dot_plan_add_step (plan, (DotTask) { .kind       = kind,
                                       .node       = node,
                                       .in         = in,
                                       .aux        = DOT_NO_BUFFER,
                                       .out        = add_value (plan, node),
                                       .scaled     = node->scale != NULL,
                                       .activation = node->activation,
                                       .factor     = factor });
}

static void
add_modulation (DotPlan *plan, DotNode *node)
{
  guint in  = value_of (plan, node->inputs[0]);
  guint aux = value_of (plan, node->inputs[1]);

  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_MODULATE,
                                       .node       = node,
                                       .in         = in,
                                       .aux        = aux,
                                       .out        = add_value (plan, node),
                                       .activation = node->activation });
}

/* What has a table on the device. */
static gboolean
add_with_table (DotPlan *plan, DotNode *node, DotTaskKind kind, GError **error)
{
  if (! node->table && ! (node->table = dot_pack_get_table (plan->context, node, error)))
    return FALSE;
  add_simple (plan, node, kind, 1.0f);
  return TRUE;
}

static void
add_join (DotPlan *plan, DotNode *node)
{
  guint out = add_value (plan, node);

  for (guint i = 0; i < node->n_inputs; i++)
    dot_plan_add_step (plan, (DotTask) { .kind  = DOT_TASK_JOIN,
                                         .node  = node,
                                         .in    = value_of (plan, node->inputs[i]),
                                         .aux   = DOT_NO_BUFFER,
                                         .out   = out,
                                         .input = i });
}

static void
add_score (DotPlan *plan, DotNode *node)
{
  dot_plan_add_step (plan, (DotTask) { .kind = DOT_TASK_DOT,
                                       .node = node,
                                       .in   = value_of (plan, node->inputs[0]),
                                       .aux  = DOT_NO_BUFFER,
                                       .out  = DOT_NO_BUFFER });
}

/* What is one step with one input. */
static const struct
{
  DotTaskKind task;
  float       factor;
} simple[DOT_OP_BATCH_NORM + 1] = {
  [DOT_OP_AFFINE]   = { DOT_TASK_AFFINE, 1.0f },
  [DOT_OP_UPSAMPLE] = { DOT_TASK_UNPOOL, 1.0f },
  [DOT_OP_AVERAGE]  = { DOT_TASK_POOL, 0.25f },
  [DOT_OP_FIR_UP]   = { DOT_TASK_FIR_UP, 1.0f / 16.0f },
  [DOT_OP_FIR_DOWN] = { DOT_TASK_FIR_DOWN, 1.0f / 64.0f },
  [DOT_OP_RESIZE]   = { DOT_TASK_RESIZE, 1.0f },
  [DOT_OP_MAX_POOL] = { DOT_TASK_MAX_POOL, 1.0f },
  [DOT_OP_CONCAT]   = { DOT_TASK_CONCAT, 1.0f },
  [DOT_OP_CLAMP]    = { DOT_TASK_CLAMP, 1.0f },
};

static gboolean
add_node (DotPlan *plan, DotNode *node, GError **error)
{
  switch (node->kind)
    {
    case DOT_OP_LINEAR:
    case DOT_OP_CONV:
    case DOT_OP_DECONV:
      return add_convolution (plan, node, error);
    case DOT_OP_ATTENTION:
      return add_attention (plan, node, error);
    case DOT_OP_DEMODULATE:
      return add_with_table (plan, node, DOT_TASK_DEMODULATE, error);
    case DOT_OP_NOISE:
      return add_with_table (plan, node, DOT_TASK_NOISE, error);
    case DOT_OP_ADD:
      add_sum (plan, node);
      break;
    case DOT_OP_JOIN:
      add_join (plan, node);
      break;
    case DOT_OP_MODULATE:
      add_modulation (plan, node);
      break;
    case DOT_OP_PROJECT:
      add_score (plan, node);
      break;
    default:
      add_simple (plan, node, simple[node->kind].task, simple[node->kind].factor);
    }
  return TRUE;
}

/**
 * dot_plan_forward:
 *
 * Appends the steps from the question's input to the image, or the score.
 */
gboolean
dot_plan_forward (DotPlan *plan, GError **error)
{
  DotNode *source = dot_plan_get_source (plan);
  guint    last   = dot_plan_get_end (plan);

  plan->values[source->index] = dot_plan_add_buffer (plan, dot_node_get_items (source), FALSE);
  for (guint i = source->index + 1; i <= last; i++)
    if (! add_node (plan, plan->graph->nodes->pdata[i], error))
      return FALSE;
  return TRUE;
}
