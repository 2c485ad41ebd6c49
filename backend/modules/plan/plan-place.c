/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A plan's place in the device's memory. */

#include "plan.h"

static gboolean
place_buffer (DotPlan       *plan,
              const DotTask *step,
              DotArgument    argument,
              guint          buffer,
              GError       **error)
{
  return buffer == DOT_NO_BUFFER ||
         dot_primitive_place (step->primitive, argument, dot_plan_get_view (plan, buffer).data,
                              error);
}

static gboolean
place_rows (DotPlan *plan, const DotTask *step, GError **error)
{
  return ! step->scaled ||
         (dot_primitive_place (step->primitive, DOT_ARGUMENT_SCALE,
                               dot_plan_rows_get_scales (plan, step->node), error) &&
          dot_primitive_place (step->primitive, DOT_ARGUMENT_SHIFT,
                               dot_plan_rows_get_shifts (plan, step->node), error));
}

static gboolean
place_primitives (DotPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->steps->len; i++)
    {
      const DotTask *step = &g_array_index (plan->steps, DotTask, i);

      if (step->primitive && (! place_buffer (plan, step, DOT_ARGUMENT_IN, step->in, error) ||
                              ! place_buffer (plan, step, DOT_ARGUMENT_AUX, step->aux, error) ||
                              ! place_buffer (plan, step, DOT_ARGUMENT_OUT, step->out, error) ||
                              ! place_rows (plan, step, error) ||
                              ! dot_primitive_place (step->primitive, DOT_ARGUMENT_SCRATCH,
                                                     plan->arena + plan->scratch_offset, error)))
        return FALSE;
    }
  return TRUE;
}

/*  what goes in and comes out  */

/* @buffer: maybe none: the question doesn't ask for it */
static gboolean
share_buffer (DotPlan *plan, DotShared *shared, guint buffer, GError **error)
{
  const DotBuffer *b;

  if (buffer == DOT_NO_BUFFER)
    return TRUE;
  b = &g_array_index (plan->buffers, DotBuffer, buffer);
  return dot_context_share (plan->context, shared, plan->arena + b->offset,
                            b->items * sizeof (float), error);
}

static gboolean
share (DotPlan *plan, GError **error)
{
  const DotNode *source = dot_plan_get_source (plan);
  const DotNode *image  = plan->graph->image;
  guint          made   = source == image ? DOT_NO_BUFFER : plan->values[image->index];

  return dot_context_share (plan->context, &plan->rows, plan->arena + plan->rows_offset,
                            plan->n_rows * sizeof (float), error) &&
         dot_context_share (plan->context, &plan->scores, plan->arena + plan->scores_offset,
                            plan->batch * sizeof (double), error) &&
         share_buffer (plan, &plan->input, plan->values[source->index], error) &&
         share_buffer (plan, &plan->cotangent, plan->seed, error) &&
         share_buffer (plan, &plan->image, made, error) &&
         share_buffer (plan, &plan->gradient, plan->gradients[source->index], error);
}

/**
 * dot_plan_place:
 * @arena: of at least @plan->arena_size bytes of the device's memory; must
 *   live as long as the plan, or until it is placed elsewhere
 */
gboolean
dot_plan_place (DotPlan *plan, gpointer arena, GError **error)
{
  if (plan->arena == arena)
    return TRUE;

  dot_plan_unplace (plan);
  plan->arena = arena;
  if (share (plan, error) && place_primitives (plan, error))
    return TRUE;

  dot_plan_unplace (plan);
  return FALSE;
}
