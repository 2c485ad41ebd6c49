/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs a method whose candidates move.  Nothing that one candidate does depends
 * on those beside it. */

#include "path.h"

#include "transport/objective.h"

#include "base/intl.h"

#include <math.h>

static void
path_clear (DotPath *path)
{
  g_free (path->points);
  g_free (path->scores);
  g_free (path->gradients);
  g_free (path->distances);
  g_free (path->proposals);
  g_free (path->proposal_scores);
  g_free (path->proposal_gradients);
  g_free (path->noise);
  g_free (path->drawn);
  g_free (path->accepted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotPath, path_clear)

static gboolean
path_allocate (DotPath *path)
{
  gsize batch = path->run->batch;
  gsize n     = batch * path->dimension;

  path->points             = g_try_new (double, n);
  path->gradients          = g_try_new (double, n);
  path->proposals          = g_try_new (double, n);
  path->proposal_gradients = g_try_new (double, n);
  path->scores             = g_try_new (double, batch);
  path->distances          = g_try_new (double, batch);
  path->proposal_scores    = g_try_new (double, batch);
  path->noise              = g_try_new (double, path->dimension);
  path->drawn              = g_try_new0 (guint, batch);
  path->accepted           = g_try_new0 (guint, batch);
  return path->points && path->gradients && path->proposals && path->proposal_gradients &&
         path->scores && path->distances && path->proposal_scores && path->noise && path->drawn &&
         path->accepted;
}

static gboolean
path_init (DotPath *path, const DotMethodRun *run, GError **error)
{
  const double *start = run->options->start_points;

  path->run       = run;
  path->dimension = run->scorer->dimension;
  if (path_allocate (path))
    {
      memcpy (path->points, start ? start : run->origins,
              run->batch * path->dimension * sizeof (double));
      return TRUE;
    }

  g_set_error (
    error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
    _ (
      "There is not enough memory for so many candidates (%zu): ask for fewer, or close other programs."),
    run->batch);
  return FALSE;
}

static gboolean
check_finite (const double *values, gsize n, guint update, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (! isfinite (values[i]))
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
                     _ ("The score is no finite number after update %u: take a "
                        "smaller step size, or check the model."),
                     update);
        return FALSE;
      }
  return TRUE;
}

/* All points' scores, and gradients where they are asked for.  A relu may make a
 * number of what is none. */
static gboolean
ask (DotPath      *path,
     const double *points,
     double       *scores,
     double       *gradients,
     guint         update,
     GError      **error)
{
  const DotMethodRun *run = path->run;

  return ! g_cancellable_set_error_if_cancelled (run->cancellable, error) &&
         check_finite (points, run->batch * path->dimension, update, error) &&
         run->scorer->score (run->scorer->data, points, NULL, run->batch, scores, gradients,
                             error) &&
         check_finite (scores, run->batch, update, error) &&
         (! gradients || check_finite (gradients, run->batch * path->dimension, update, error));
}

/**
 * dot_path_evaluate:
 * @t: the update that proposes
 *
 * Finds the scores and gradients of the proposals.
 */
gboolean
dot_path_evaluate (DotPath *path, guint t, GError **error)
{
  return ask (path, path->proposals, path->proposal_scores, path->proposal_gradients, t, error);
}

/**
 * dot_path_weigh:
 * @t: the update that proposes
 *
 * Finds the scores of the proposals only.
 */
gboolean
dot_path_weigh (DotPath *path, guint t, GError **error)
{
  return ask (path, path->proposals, path->proposal_scores, NULL, t, error);
}

static void
take (DotPath *path, gsize candidate)
{
  const DotScorer *scorer = path->run->scorer;

  if (scorer->take)
    scorer->take (scorer->data, candidate, candidate);
}

/**
 * dot_path_arrive:
 * @t: the update that has brought the candidates where they are
 *
 * Finds the scores and gradients there.
 */
gboolean
dot_path_arrive (DotPath *path, guint t, GError **error)
{
  if (! ask (path, path->points, path->scores, path->gradients, t, error))
    return FALSE;
  for (gsize b = 0; b < path->run->batch; b++)
    take (path, b);
  return TRUE;
}

/**
 * dot_path_accept:
 *
 * The candidate goes to its proposal, which was the last one to be evaluated.
 */
void
dot_path_accept (DotPath *path, gsize candidate)
{
  gsize d    = path->dimension;
  gsize from = candidate * d;

  memcpy (path->points + from, path->proposals + from, d * sizeof (double));
  memcpy (path->gradients + from, path->proposal_gradients + from, d * sizeof (double));
  path->scores[candidate] = path->proposal_scores[candidate];
  path->accepted[candidate]++;
  take (path, candidate);
}

/**
 * dot_path_accept_all:
 * @t: the update that proposes
 *
 * All candidates go to their proposals, untested.
 */
gboolean
dot_path_accept_all (DotPath *path, guint t, GError **error)
{
  if (! dot_path_evaluate (path, t, error))
    return FALSE;
  for (gsize b = 0; b < path->run->batch; b++)
    dot_path_accept (path, b);
  return TRUE;
}

/**
 * dot_path_clip:
 * @point: (inout): (d)
 */
void
dot_path_clip (DotPath *path, double *point)
{
  double limit = path->run->options->clip;

  for (gsize i = 0; limit > 0.0 && i < path->dimension; i++)
    point[i] = CLAMP (point[i], -limit, limit);
}

/**
 * dot_path_draw_noise:
 * @t: the update
 * @part: of it
 *
 * Returns: (transfer none): (d) normal numbers
 */
double *
dot_path_draw_noise (DotPath *path, gsize candidate, guint t, guint part)
{
  const DotDraws *draws = path->run->draws;

  draws->noise (draws->data, candidate, t, part, path->noise, path->dimension);
  return path->noise;
}

static gboolean
report (DotPath *path, guint update, GError **error)
{
  const DotMethodRun *run   = path->run;
  DotTransportState   state = {
      .update    = update,
      .points    = path->points,
      .scores    = path->scores,
      .gradients = path->gradients,
      .distances = path->distances,
      .drawn     = path->method->refuses ? path->drawn : NULL,
      .accepted  = path->method->refuses ? path->accepted : NULL,
  };

  for (gsize b = 0; b < run->batch; b++)
    path->distances[b] = dot_objective_distance (path->points + b * path->dimension,
                                                 run->origins + b * path->dimension,
                                                 run->options->delta, path->dimension);
  return run->report (&state, run->user_data, error);
}

/**
 * dot_path_run:
 * @method: a path
 *
 * Makes the updates, and tells of each.
 */
gboolean
dot_path_run (const DotMethodClass *method, const DotMethodRun *run, GError **error)
{
  g_auto (DotPath) path = { .method = method };
  guint first           = run->options->first_update;

  if (! path_init (&path, run, error) || ! dot_path_arrive (&path, first, error) ||
      ! report (&path, first, error))
    return FALSE;
  for (guint t = first + 1; t <= first + run->options->updates; t++)
    if (! method->update (&path, t, error) || ! report (&path, t, error))
      return FALSE;
  return TRUE;
}
