/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A question becomes a plan: its steps, their buffers, and where these lie. */

#include "plan.h"

static void
step_clear (gpointer data)
{
  DotTask *step = data;

  dot_primitive_free (step->primitive);
}

static guint *
no_buffers (guint n)
{
  guint *buffers = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    buffers[i] = DOT_NO_BUFFER;
  return buffers;
}

static DotPlan *
plan_alloc (const DotGraph *graph, gsize batch)
{
  DotPlan *plan = g_new0 (DotPlan, 1);
  guint    n    = graph->nodes->len;

  plan->graph      = graph;
  plan->batch      = batch;
  plan->seed       = DOT_NO_BUFFER;
  plan->steps      = g_array_new (FALSE, TRUE, sizeof (DotTask));
  plan->buffers    = g_array_new (FALSE, TRUE, sizeof (DotBuffer));
  plan->readers    = g_array_new (FALSE, TRUE, sizeof (guint));
  plan->values     = no_buffers (n);
  plan->gradients  = no_buffers (n);
  plan->attentions = no_buffers (n);
  plan->row_at     = g_new0 (gsize, n);
  g_array_set_clear_func (plan->steps, step_clear);
  return plan;
}

/* Once both directions are packed nobody needs the plain weights. */
static void
forget_plain_weights (const DotGraph *graph)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    dot_pack_forget_plain (graph->nodes->pdata[i]);
}

/**
 * dot_plan_compile:
 * @graph: rewritten; must live as long as the plan
 * @narrow: whether to compute in bfloat16 what isn't marked wide
 *
 * Returns: (transfer full): the plan, to be placed with dot_plan_place()
 */
DotPlan *
dot_plan_compile (const DotGraph *graph,
                  DotContext     *context,
                  DotQuestion     question,
                  gsize           batch,
                  gboolean        narrow,
                  GError        **error)
{
  g_autoptr (DotPlan) plan = plan_alloc (graph, batch);
  gboolean gradient = question == DOT_QUESTION_GRADIENT || question == DOT_QUESTION_BACKWARD ||
                      question == DOT_QUESTION_IMAGE_GRADIENT;

  plan->context  = context;
  plan->question = question;
  plan->narrow   = narrow;
  if (! dot_plan_forward (plan, error) || (gradient && ! dot_plan_backward (plan, error)))
    return NULL;

  forget_plain_weights (graph);
  dot_plan_rows_arrange (plan);
  dot_plan_memory_assign (plan);
  return g_steal_pointer (&plan);
}
