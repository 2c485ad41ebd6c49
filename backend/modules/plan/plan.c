/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "plan.h"

/**
 * dot_plan_unplace:
 *
 * Forgets where the plan was.
 */
void
dot_plan_unplace (DotPlan *plan)
{
  g_clear_pointer (&plan->recording, dot_context_free_recording);
  g_clear_pointer (&plan->mover, plan->free_mover);
  dot_context_unshare (plan->context, &plan->rows);
  dot_context_unshare (plan->context, &plan->scores);
  dot_context_unshare (plan->context, &plan->input);
  dot_context_unshare (plan->context, &plan->cotangent);
  dot_context_unshare (plan->context, &plan->image);
  dot_context_unshare (plan->context, &plan->gradient);
  plan->arena = NULL;
}

void
dot_plan_free (DotPlan *plan)
{
  if (! plan)
    return;

  dot_plan_unplace (plan);
  g_array_unref (plan->steps);
  g_array_unref (plan->buffers);
  g_array_unref (plan->readers);
  g_free (plan->values);
  g_free (plan->gradients);
  g_free (plan->attentions);
  g_free (plan->row_at);
  g_free (plan);
}

/**
 * dot_plan_get_source:
 *
 * Returns: (transfer none): the node that the question gives: latents or
 *   images
 */
DotNode *
dot_plan_get_source (const DotPlan *plan)
{
  return plan->question >= DOT_QUESTION_IMAGE_SCORE ? plan->graph->image : plan->graph->latents;
}

/**
 * dot_plan_get_end:
 *
 * Returns: the number of the last node that the question is about: the image, or
 *   the score
 */
guint
dot_plan_get_end (const DotPlan *plan)
{
  if (plan->question == DOT_QUESTION_IMAGE || plan->question == DOT_QUESTION_BACKWARD)
    return plan->graph->image->index;
  return plan->graph->nodes->len - 1;
}

guint
dot_plan_add_buffer (DotPlan *plan, gsize items, gboolean narrow)
{
  DotBuffer buffer = { .items = items * plan->batch, .narrow = narrow };
  guint     none   = 0;

  g_array_append_val (plan->buffers, buffer);
  g_array_append_val (plan->readers, none);
  return plan->buffers->len - 1;
}

gboolean
dot_plan_is_narrow (const DotPlan *plan, guint buffer)
{
  return g_array_index (plan->buffers, DotBuffer, buffer).narrow;
}

void
dot_plan_add_step (DotPlan *plan, DotTask step)
{
  g_array_append_val (plan->steps, step);
}

/**
 * dot_plan_add_product:
 * @size: rows of the result, inner size, columns of the result
 * @transposed: which factors lie in memory column by column
 *
 * out = factor · first × second, for each sample.
 */
gboolean
dot_plan_add_product (DotPlan       *plan,
                      guint          out,
                      guint          first,
                      guint          second,
                      const gsize    size[3],
                      const gboolean transposed[2],
                      float          factor,
                      gboolean       accumulate,
                      GError       **error)
{
  DotFollow     follow    = { .accumulate = accumulate, .factor = factor };
  gboolean      narrow[3] = { dot_plan_is_narrow (plan, first), dot_plan_is_narrow (plan, second),
                              dot_plan_is_narrow (plan, out) };
  DotPrimitive *product   = dot_primitive_product (plan->context, plan->batch, size, transposed,
                                                   narrow, &follow, error);

  if (! product)
    return FALSE;

  dot_plan_add_step (plan, (DotTask) { .kind      = DOT_TASK_PRIMITIVE,
                                       .out       = out,
                                       .in        = first,
                                       .aux       = second,
                                       .primitive = product });
  return TRUE;
}

DotView
dot_plan_get_view (const DotPlan *plan, guint buffer)
{
  const DotBuffer *b = &g_array_index (plan->buffers, DotBuffer, buffer);

  return (DotView) { plan->arena + b->offset, b->narrow };
}
