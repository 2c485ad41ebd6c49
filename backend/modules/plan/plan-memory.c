/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where each buffer lies: things that are never needed at the same time may
 * have the same place. */

#include "plan.h"

/* What a GPU reads at once; a cache line, and the widest vector, are less. */
#define ALIGNMENT 256

static gsize
align (gsize bytes)
{
  return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static gsize
size_of (const DotBuffer *buffer)
{
  return align (buffer->items * (buffer->narrow ? sizeof (guint16) : sizeof (float)));
}

static void
touch (DotPlan *plan, guint number, guint step)
{
  DotBuffer *buffer;

  if (number == DOT_NO_BUFFER)
    return;
  buffer        = &g_array_index (plan->buffers, DotBuffer, number);
  buffer->first = MIN (buffer->first, step);
  buffer->last  = MAX (buffer->last, step);
}

/* What goes in is there from the start; what the caller reads stays to the
 * end. */
static void
find_lives (DotPlan *plan)
{
  guint    end    = plan->steps->len;
  DotNode *source = dot_plan_get_source (plan);

  for (guint i = 0; i < plan->buffers->len; i++)
    g_array_index (plan->buffers, DotBuffer, i).first = end;
  for (guint i = 0; i < end; i++)
    {
      const DotTask *step = &g_array_index (plan->steps, DotTask, i);

      touch (plan, step->out, i);
      touch (plan, step->in, i);
      touch (plan, step->aux, i);
    }
  touch (plan, plan->values[source->index], 0);
  touch (plan, plan->seed, 0);
  touch (plan, plan->values[plan->graph->image->index], end);
  touch (plan, plan->gradients[source->index], end);
}

static gboolean
meet (const DotBuffer *a, const DotBuffer *b)
{
  return a->first <= b->last && b->first <= a->last;
}

/* The lowest place that is free as long as the buffer is needed: @placed is in
 * the order of offsets. */
static gsize
find_place (const DotBuffer *buffer, const GPtrArray *placed)
{
  gsize offset = 0;

  for (guint i = 0; i < placed->len; i++)
    {
      const DotBuffer *other = placed->pdata[i];

      if (! meet (buffer, other))
        continue;
      if (other->offset >= offset + size_of (buffer))
        break;
      offset = MAX (offset, other->offset + size_of (other));
    }
  return offset;
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  gsize first  = size_of (*(DotBuffer *const *) a);
  gsize second = size_of (*(DotBuffer *const *) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  gsize first  = (*(DotBuffer *const *) a)->offset;
  gsize second = (*(DotBuffer *const *) b)->offset;

  return first < second ? -1 : first > second ? 1 : 0;
}

static gsize
largest_scratch (const DotPlan *plan)
{
  gsize largest = 0;

  for (guint i = 0; i < plan->steps->len; i++)
    {
      const DotTask *step = &g_array_index (plan->steps, DotTask, i);

      if (step->primitive)
        largest = MAX (largest, dot_primitive_get_scratch_size (step->primitive));
    }
  return largest;
}

/**
 * dot_plan_memory_assign:
 *
 * Gives every buffer its offset, the largest first, and says how large the
 * arena must be; behind the buffers lie what the primitives need for
 * themselves, the label's rows and the scores.
 */
void
dot_plan_memory_assign (DotPlan *plan)
{
  g_autoptr (GPtrArray) order  = g_ptr_array_new ();
  g_autoptr (GPtrArray) placed = g_ptr_array_new ();

  find_lives (plan);
  for (guint i = 0; i < plan->buffers->len; i++)
    g_ptr_array_add (order, &g_array_index (plan->buffers, DotBuffer, i));
  g_ptr_array_sort (order, compare_sizes);

  for (guint i = 0; i < order->len; i++)
    {
      DotBuffer *buffer = order->pdata[i];

      buffer->offset       = find_place (buffer, placed);
      plan->scratch_offset = MAX (plan->scratch_offset, buffer->offset + size_of (buffer));
      g_ptr_array_add (placed, buffer);
      g_ptr_array_sort (placed, compare_offsets);
    }
  plan->rows_offset   = plan->scratch_offset + align (largest_scratch (plan));
  plan->scores_offset = plan->rows_offset + align (plan->n_rows * sizeof (float));
  plan->arena_size    = plan->scores_offset + align (plan->batch * sizeof (double));
}
