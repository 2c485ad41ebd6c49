/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* An update as one graph: the step that the transport would make, the networks
 * at the new points, and what is told about them.  The points stay on the GPU;
 * we get copies, and those are what counts: whose copy isn't the one that it
 * left, the GPU is given. */

#include "advance.h"

#include "cuda-context.h"
#include "motion.h"

#include <string.h>

/**
 * Mover:
 * @memory: of the GPU, with all that follows
 * @start: origins (batch, d), k_eff (batch)
 * @state: points, second moments and gradients (batch, d), distances (batch)
 * @step: a #DotMotionStep
 * @mark: of what @state is, or 0
 *
 * The points of a plan's samples.
 */
typedef struct
{
  DotPlan      *plan;
  DotMotion     motion;
  gpointer      memory;
  DotShared     start;
  DotShared     state;
  DotShared     step;
  DotRecording *recording;
  guint64       mark;
} Mover;

static void
mover_free (gpointer data)
{
  Mover      *mover   = data;
  DotContext *context = mover->plan->context;

  g_clear_pointer (&mover->recording, dot_context_free_recording);
  dot_context_unshare (context, &mover->start);
  dot_context_unshare (context, &mover->state);
  dot_context_unshare (context, &mover->step);
  dot_context_release (context, mover->memory);
  g_free (mover);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mover, mover_free)

static gsize
count_numbers (const Mover *mover)
{
  return mover->plan->batch * mover->motion.dimension;
}

static gboolean
mover_share (Mover *mover, GError **error)
{
  DotContext *context = mover->plan->context;
  gsize       batch   = mover->plan->batch;
  gsize       n       = count_numbers (mover);
  gsize       start   = (n + batch) * sizeof (double);
  gsize       state   = (3 * n + batch) * sizeof (double);
  gsize       step    = sizeof (DotMotionStep);
  char       *memory  = dot_context_allocate (context, start + state + step, error);

  mover->memory = memory;
  return memory && dot_context_share (context, &mover->start, memory, start, error) &&
         dot_context_share (context, &mover->state, memory + start, state, error) &&
         dot_context_share (context, &mover->step, memory + start + state, step, error);
}

static Mover *
mover_new (DotPlan *plan, GError **error)
{
  g_autoptr (Mover) mover = g_new0 (Mover, 1);
  DotMotion *motion       = &mover->motion;
  double    *start, *state;
  gsize      n;

  mover->plan       = plan;
  motion->dimension = dot_node_get_items (dot_plan_get_source (plan));
  if (! mover_share (mover, error))
    return NULL;

  n     = count_numbers (mover);
  start = mover->start.device;
  state = mover->state.device;

  motion->step           = mover->step.device;
  motion->origins        = start;
  motion->k_eff          = start + n;
  motion->points         = state;
  motion->second_moments = state + n;
  motion->gradients      = state + 2 * n;
  motion->distances      = state + 3 * n;
  motion->latents        = plan->input.device;
  motion->found          = plan->gradient.device;
  return g_steal_pointer (&mover);
}

/* The plan's, which goes with its place in memory. */
static Mover *
get_mover (DotPlan *plan, GError **error)
{
  if (! plan->mover)
    {
      plan->mover      = mover_new (plan, error);
      plan->free_mover = mover_free;
    }
  return plan->mover;
}

/*  what goes to the GPU  */

/* One call: of points, which have labels. */
typedef struct
{
  const DotAdvance *advance;
  float            *images;
} Request;

/* Whether the GPU has the points from @first on as it left them. */
static gboolean
is_current (const Mover *mover, const guint64 *marks, gsize first)
{
  for (gsize b = 0; b < mover->plan->batch; b++)
    if (mover->mark == 0 || marks[first + b] != mover->mark)
      return FALSE;
  return TRUE;
}

static double *
put (double *place, const double *values, gsize first, gsize n)
{
  memcpy (place, values + first, n * sizeof (double));
  return place + n;
}

static gboolean
send_points (Mover *mover, const DotAdvance *advance, gsize first, GError **error)
{
  DotContext *context = mover->plan->context;
  gsize       batch   = mover->plan->batch;
  gsize       n       = count_numbers (mover);
  gsize       at      = first * advance->dimension;
  double     *place   = mover->start.host;

  place = put (place, advance->origins, at, n);
  put (place, advance->options->k_eff, first, batch);

  place = put (mover->state.host, advance->points, at, n);
  place = put (place, advance->second_moments, at, n);
  place = put (place, advance->gradients, at, n);
  put (place, advance->distances, first, batch);
  return dot_context_send (context, &mover->start, error) &&
         dot_context_send (context, &mover->state, error);
}

static void
put_step (Mover *mover, const DotAdvance *advance)
{
  const DotTransportOptions *options = advance->options;

  *(DotMotionStep *) mover->step.host = (DotMotionStep) {
    .method     = options->method,
    .optimizer  = options->optimizer,
    .projection = options->projection,
    .rate       = advance->rate,
    .delta      = options->delta,
    .clip       = options->clip,
  };
}

/*  and back  */

static const double *
take (double *values, gsize first, const double *place, gsize n)
{
  memcpy (values + first, place, n * sizeof (double));
  return place + n;
}

static void
take_points (const Mover *mover, const DotAdvance *advance, gsize first)
{
  const double *place = mover->state.host;
  gsize         batch = mover->plan->batch;
  gsize         n     = count_numbers (mover);
  gsize         at    = first * advance->dimension;

  place = take (advance->points, at, place, n);
  place = take (advance->second_moments, at, place, n);
  place = take (advance->gradients, at, place, n);
  take (advance->distances, first, place, batch);
  take (advance->scores, first, mover->plan->scores.host, batch);
  for (gsize b = 0; b < batch; b++)
    advance->marks[first + b] = mover->mark;
}

/*  the update  */

/* Always the same on the same memory, whatever the points and the options. */
static gboolean
run_update (gpointer data, GError **error)
{
  Mover      *mover   = data;
  DotPlan    *plan    = mover->plan;
  DotContext *context = plan->context;

  if (! dot_context_send (context, &plan->rows, error) ||
      ! dot_context_send (context, &mover->step, error))
    return FALSE;
  dot_kernel_move (context, &mover->motion, plan->batch);
  if (! dot_plan_run_steps (plan, error))
    return FALSE;
  dot_kernel_distance (context, &mover->motion, plan->batch);
  return dot_context_fetch (context, &plan->scores, error) &&
         dot_context_fetch (context, &plan->image, error) &&
         dot_context_fetch (context, &mover->state, error);
}

static gboolean
advance_turn (DotPlan *plan, gpointer data, const guint *labels, gsize first, GError **error)
{
  const Request    *request = data;
  const DotAdvance *advance = request->advance;
  Mover            *mover   = get_mover (plan, error);

  if (! mover ||
      (! is_current (mover, advance->marks, first) && ! send_points (mover, advance, first, error)))
    return FALSE;

  put_step (mover, advance);
  dot_plan_rows_fill (plan, labels[first]);
  mover->mark = 0;
  if (! dot_context_run (plan->context, &mover->recording, run_update, mover, error))
    return FALSE;

  mover->mark = ++plan->context->last_mark;
  take_points (mover, advance, first);
  dot_native_engine_take_images (plan, request->images, first);
  return TRUE;
}

/**
 * dot_advance_points:
 *
 * One update of latents; see #DotEngineClass.
 */
gboolean
dot_advance_points (gpointer          engine,
                    const DotAdvance *advance,
                    const guint      *labels,
                    gsize             first,
                    gsize             batch,
                    float            *images,
                    GError          **error)
{
  Request request = { advance, images };

  return dot_native_engine_answer (engine, DOT_QUESTION_GRADIENT, labels, first, batch,
                                   advance_turn, &request, error);
}
