/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The backward half of a plan: the gradient of the score, or of the image's product
 * with what is given, with respect to each node's result, from the last node to the
 * question's input.  Gradients of weights are never computed.
 *
 * Both operands of a sum have the sum's gradient; they share its buffer as
 * long as none of them adds to it. */

#include "plan.h"

static guint *
readers_of (DotPlan *plan, guint buffer)
{
  return &g_array_index (plan->readers, guint, buffer);
}

static gboolean
is_narrow_value (const DotPlan *plan, const DotNode *node)
{
  return dot_plan_is_narrow (plan, plan->values[node->index]);
}

static void
set_gradient (DotPlan *plan, const DotNode *node, guint buffer)
{
  plan->gradients[node->index] = buffer;
  ++*readers_of (plan, buffer);
}

static void
drop_gradient (DotPlan *plan, const DotNode *node)
{
  --*readers_of (plan, plan->gradients[node->index]);
}

static guint
add_gradient (DotPlan *plan, const DotNode *node)
{
  return dot_plan_add_buffer (plan, dot_node_get_items (node), is_narrow_value (plan, node));
}

static void
add_copy (DotPlan *plan, DotNode *node, guint out, guint in)
{
  dot_plan_add_step (plan, (DotTask) { .kind = DOT_TASK_AFFINE,
                                       .node = node,
                                       .out  = out,
                                       .in   = in,
                                       .aux  = DOT_NO_BUFFER });
}

/* Where a further part of @node's gradient goes; @accumulate says whether it
 * is added to others.  A buffer that someone else still needs as it is, is
 * left to them. */
static guint
begin_gradient (DotPlan *plan, DotNode *node, gboolean *accumulate)
{
  guint held = plan->gradients[node->index];
  guint own;

  *accumulate = held != DOT_NO_BUFFER;
  if (*accumulate && *readers_of (plan, held) == 1)
    return held;

  own = add_gradient (plan, node);
  if (*accumulate)
    {
      add_copy (plan, node, own, held);
      drop_gradient (plan, node);
    }
  set_gradient (plan, node, own);
  return own;
}

/*  one kind of node each  */

/* The gradient before what follows a convolution's weights, in the precision
 * of its input. */
static guint
add_before_follow (DotPlan *plan, DotNode *node)
{
  guint    held   = plan->gradients[node->index];
  gboolean narrow = is_narrow_value (plan, node->inputs[0]);
  guint    before = held;

  if (! node->scale && node->activation == DOT_ACTIVATION_NONE &&
      narrow == dot_plan_is_narrow (plan, held))
    return held;

  if (*readers_of (plan, held) > 1 || narrow != dot_plan_is_narrow (plan, held))
    before = dot_plan_add_buffer (plan, dot_node_get_items (node), narrow);
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_BACK,
                                       .node       = node,
                                       .out        = before,
                                       .in         = held,
                                       .aux        = plan->values[node->index],
                                       .scaled     = node->scale != NULL,
                                       .activation = node->activation });
  return before;
}

static gboolean
back_convolution (DotPlan *plan, DotNode *node, GError **error)
{
  DotNode      *input     = node->inputs[0];
  guint         in        = add_before_follow (plan, node);
  DotFollow     follow    = { .factor = 1.0f };
  guint         out       = begin_gradient (plan, input, &follow.accumulate);
  DotPrimitive *primitive = dot_primitive_convolution (plan->context, node, TRUE, plan->batch,
                                                       dot_plan_is_narrow (plan, in),
                                                       dot_plan_is_narrow (plan, out), &follow,
                                                       error);

  if (! primitive)
    return FALSE;
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_PRIMITIVE,
                                       .node       = node,
                                       .out        = out,
                                       .in         = in,
                                       .aux        = DOT_NO_BUFFER,
                                       .accumulate = follow.accumulate,
                                       .primitive  = primitive });
  return TRUE;
}

/* The gradient before the activation of a sum becomes the sum's. */
static void
back_activation (DotPlan *plan, DotNode *node)
{
  guint held   = plan->gradients[node->index];
  guint before = held;

  if (node->activation == DOT_ACTIVATION_NONE)
    return;
  if (*readers_of (plan, held) > 1)
    {
      before = add_gradient (plan, node);
      drop_gradient (plan, node);
      set_gradient (plan, node, before);
    }
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_BACK,
                                       .node       = node,
                                       .out        = before,
                                       .in         = held,
                                       .aux        = plan->values[node->index],
                                       .activation = node->activation });
}

/* Where the gradient of @node's first input goes: in place where no one else needs
 * that of @node as it is. */
static guint
pass_gradient (DotPlan *plan, DotNode *node, gboolean *accumulate)
{
  DotNode *input = node->inputs[0];
  guint    held  = plan->gradients[node->index];

  *accumulate = FALSE;
  if (plan->gradients[input->index] != DOT_NO_BUFFER || *readers_of (plan, held) != 1 ||
      dot_plan_is_narrow (plan, held) != is_narrow_value (plan, input))
    return begin_gradient (plan, input, accumulate);

  set_gradient (plan, input, held);
  return held;
}

static void
back_affine (DotPlan *plan, DotNode *node)
{
  guint    held = plan->gradients[node->index];
  gboolean accumulate;
  guint    out = pass_gradient (plan, node, &accumulate);

  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_BACK,
                                       .node       = node,
                                       .out        = out,
                                       .in         = held,
                                       .aux        = plan->values[node->index],
                                       .scaled     = node->scale != NULL,
                                       .activation = node->activation,
                                       .accumulate = accumulate });
}

/* First that of the scales and shifts, while the gradient is as it was. */
static void
back_modulation (DotPlan *plan, DotNode *node)
{
  gboolean accumulate;
  guint    rows;
  guint    out;
  guint    held;

  back_activation (plan, node);
  held = plan->gradients[node->index];
  rows = begin_gradient (plan, node->inputs[1], &accumulate);
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_MODULATE_ROWS,
                                       .node       = node,
                                       .out        = rows,
                                       .in         = held,
                                       .aux        = plan->values[node->inputs[0]->index],
                                       .accumulate = accumulate });

  out = pass_gradient (plan, node, &accumulate);
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_MODULATE_BACK,
                                       .node       = node,
                                       .out        = out,
                                       .in         = held,
                                       .aux        = plan->values[node->inputs[1]->index],
                                       .accumulate = accumulate });
}

/* Of 1 / √(W x²): first what is before the square root. */
static void
back_demodulation (DotPlan *plan, DotNode *node)
{
  DotNode *input = node->inputs[0];
  guint    gate  = dot_plan_add_buffer (plan, node->channels / 2, FALSE);
  gboolean accumulate;
  guint    out;

  dot_plan_add_step (plan, (DotTask) { .kind = DOT_TASK_DEMODULATE_GATE,
                                       .node = node,
                                       .out  = gate,
                                       .in   = plan->gradients[node->index],
                                       .aux  = plan->values[node->index] });
  out = begin_gradient (plan, input, &accumulate);
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_DEMODULATE_BACK,
                                       .node       = node,
                                       .out        = out,
                                       .in         = gate,
                                       .aux        = plan->values[input->index],
                                       .accumulate = accumulate });
}

/* What was cut off has no gradient; of noise nothing but that and what was before
 * it is left. */
static void
back_clamp (DotPlan *plan, DotNode *node)
{
  guint    held = plan->gradients[node->index];
  gboolean accumulate;
  guint    out = pass_gradient (plan, node, &accumulate);

  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_CLAMP_BACK,
                                       .node       = node,
                                       .out        = out,
                                       .in         = held,
                                       .aux        = plan->values[node->index],
                                       .activation = node->activation,
                                       .accumulate = accumulate });
}

/* An operand of a sum: it takes the sum's gradient as its own, or adds it to
 * what it has. */
static void
back_operand (DotPlan *plan, DotNode *node, DotNode *operand)
{
  guint    held = plan->gradients[node->index];
  gboolean accumulate;
  guint    out;

  if (plan->gradients[operand->index] == DOT_NO_BUFFER &&
      dot_plan_is_narrow (plan, held) == is_narrow_value (plan, operand))
    {
      set_gradient (plan, operand, held);
      return;
    }

  out = begin_gradient (plan, operand, &accumulate);
  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_BACK,
                                       .node       = node,
                                       .out        = out,
                                       .in         = held,
                                       .aux        = DOT_NO_BUFFER,
                                       .accumulate = accumulate });
}

static void
back_simple (DotPlan *plan, DotNode *node, DotTaskKind kind, float factor)
{
  gboolean accumulate;
  guint    in  = plan->gradients[node->index];
  guint    out = begin_gradient (plan, node->inputs[0], &accumulate);

  dot_plan_add_step (plan, (DotTask) { .kind       = kind,
                                       .node       = node,
                                       .out        = out,
                                       .in         = in,
                                       .aux        = DOT_NO_BUFFER,
                                       .accumulate = accumulate,
                                       .factor     = factor });
}

/* The largest are found again, in what they were taken from. */
static void
back_max_pool (DotPlan *plan, DotNode *node)
{
  gboolean accumulate;
  guint    in  = plan->gradients[node->index];
  guint    out = begin_gradient (plan, node->inputs[0], &accumulate);

  dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_MAX_POOL_BACK,
                                       .node       = node,
                                       .out        = out,
                                       .in         = in,
                                       .aux        = plan->values[node->inputs[0]->index],
                                       .accumulate = accumulate });
}

static void
back_join (DotPlan *plan, DotNode *node)
{
  guint in = plan->gradients[node->index];

  for (guint i = 0; i < node->n_inputs; i++)
    {
      gboolean accumulate;
      guint    out = begin_gradient (plan, node->inputs[i], &accumulate);

      dot_plan_add_step (plan, (DotTask) { .kind       = DOT_TASK_SPLIT,
                                           .node       = node,
                                           .out        = out,
                                           .in         = in,
                                           .aux        = DOT_NO_BUFFER,
                                           .input      = i,
                                           .accumulate = accumulate });
    }
}

/* A factor's gradient in a product, added to what that node has. */
static gboolean
back_factor (DotPlan       *plan,
             DotNode       *node,
             guint          first,
             guint          second,
             const gsize    size[3],
             const gboolean transposed[2],
             float          factor,
             GError       **error)
{
  gboolean accumulate;
  guint    out = begin_gradient (plan, node, &accumulate);

  return dot_plan_add_product (plan, out, first, second, size, transposed, factor, accumulate,
                               error);
}

/* Of x + γ A V, A = softmax(E), E = Q Kᵀ:
 * dV = γ Aᵀ g, dA = γ g Vᵀ, dE from dA, dQ = dE K, dK = dEᵀ Q; or of A V alone. */
static gboolean
back_attention (DotPlan *plan, DotNode *node, GError **error)
{
  DotNode *query   = node->inputs[0];
  DotNode *key     = node->inputs[1];
  DotNode *value   = node->inputs[2];
  gsize    queries = (gsize) query->height * query->width;
  gsize    keys    = (gsize) key->height * key->width;
  float    gamma   = node->weight ? node->weight->data[0] : 1.0f;
  guint    softmax = plan->attentions[node->index];
  guint    held    = plan->gradients[node->index];
  guint    d_a     = dot_plan_add_buffer (plan, queries * keys, FALSE);
  guint    d_e     = dot_plan_add_buffer (plan, queries * keys, plan->narrow);

  if (! back_factor (plan, value, softmax, held, (gsize[]) { keys, queries, node->channels },
                     (gboolean[]) { TRUE, FALSE }, gamma, error) ||
      ! dot_plan_add_product (plan, d_a, held, plan->values[value->index],
                              (gsize[]) { queries, node->channels, keys },
                              (gboolean[]) { FALSE, TRUE }, gamma, FALSE, error))
    return FALSE;

  dot_plan_add_step (plan, (DotTask) { .kind = DOT_TASK_SOFTMAX_BACK,
                                       .node = node,
                                       .out  = d_e,
                                       .in   = d_a,
                                       .aux  = softmax });
  if (! back_factor (plan, query, d_e, plan->values[key->index],
                     (gsize[]) { queries, keys, query->channels }, (gboolean[]) { FALSE, FALSE },
                     1.0f, error) ||
      ! back_factor (plan, key, d_e, plan->values[query->index],
                     (gsize[]) { keys, queries, query->channels }, (gboolean[]) { TRUE, FALSE },
                     1.0f, error))
    return FALSE;

  if (node->weight)
    back_operand (plan, node, node->inputs[3]);
  return TRUE;
}

static void
back_score (DotPlan *plan, DotNode *node)
{
  gboolean accumulate;

  dot_plan_add_step (plan, (DotTask) { .kind = DOT_TASK_SPREAD,
                                       .node = node,
                                       .out  = begin_gradient (plan, node->inputs[0], &accumulate),
                                       .in   = DOT_NO_BUFFER,
                                       .aux  = DOT_NO_BUFFER });
}

/* What is one step with one input. */
static const struct
{
  DotTaskKind task;
  float       factor;
} simple[DOT_OP_BATCH_NORM + 1] = {
  [DOT_OP_UPSAMPLE] = { DOT_TASK_POOL, 1.0f },
  [DOT_OP_AVERAGE]  = { DOT_TASK_UNPOOL, 0.25f },
  [DOT_OP_FIR_UP]   = { DOT_TASK_FIR_DOWN, 1.0f / 16.0f },
  [DOT_OP_FIR_DOWN] = { DOT_TASK_FIR_UP, 1.0f / 64.0f },
  [DOT_OP_RESIZE]   = { DOT_TASK_RESIZE_BACK, 1.0f },
  [DOT_OP_CONCAT]   = { DOT_TASK_SLICE, 1.0f },
};

static gboolean
back_node (DotPlan *plan, DotNode *node, GError **error)
{
  switch (node->kind)
    {
    case DOT_OP_LINEAR:
    case DOT_OP_CONV:
    case DOT_OP_DECONV:
      return back_convolution (plan, node, error);
    case DOT_OP_ATTENTION:
      return back_attention (plan, node, error);
    case DOT_OP_ADD:
      back_activation (plan, node);
      back_operand (plan, node, node->inputs[0]);
      back_operand (plan, node, node->inputs[1]);
      break;
    case DOT_OP_AFFINE:
      back_affine (plan, node);
      break;
    case DOT_OP_MAX_POOL:
      back_max_pool (plan, node);
      break;
    case DOT_OP_JOIN:
      back_join (plan, node);
      break;
    case DOT_OP_MODULATE:
      back_modulation (plan, node);
      break;
    case DOT_OP_DEMODULATE:
      back_demodulation (plan, node);
      break;
    case DOT_OP_NOISE:
    case DOT_OP_CLAMP:
      if (node->limit > 0.0)
        back_clamp (plan, node);
      else
        back_affine (plan, node);
      break;
    case DOT_OP_PROJECT:
      back_score (plan, node);
      break;
    default:
      back_simple (plan, node, simple[node->kind].task, simple[node->kind].factor);
    }
  return TRUE;
}

/* The gradient that is given is the image's from the start. */
static void
set_seed (DotPlan *plan, DotNode *image)
{
  plan->seed = dot_plan_add_buffer (plan, dot_node_get_items (image), FALSE);
  set_gradient (plan, image, plan->seed);
}

/**
 * dot_plan_backward:
 *
 * Appends the steps from the score, or from the image's gradient, to the gradient
 * with respect to the question's input.
 */
gboolean
dot_plan_backward (DotPlan *plan, GError **error)
{
  DotNode *source = dot_plan_get_source (plan);
  guint    last   = dot_plan_get_end (plan);

  if (plan->question == DOT_QUESTION_BACKWARD)
    set_seed (plan, plan->graph->image);
  for (guint i = last; i > source->index; i--)
    {
      DotNode *node = plan->graph->nodes->pdata[i];

      if (! back_node (plan, node, error))
        return FALSE;
      if (i < last)
        drop_gradient (plan, node);
    }
  return TRUE;
}
