/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "transport.h"

#include "objective.h"
#include "optimizer.h"

#include "base/intl.h"

#include <math.h>

typedef struct
{
  const DotScoreFunction    *function;
  const DotTransportOptions *options;
  const double              *origins;
  gsize                      batch;
  double                    *points;
  double                    *scores;
  double                    *gradients;
  double                    *distances;
  double                    *second_moments;
  double                    *descent;
  guint64                   *marks;
} Transport;

static void
transport_clear (Transport *transport)
{
  g_free (transport->points);
  g_free (transport->scores);
  g_free (transport->gradients);
  g_free (transport->distances);
  g_free (transport->second_moments);
  g_free (transport->descent);
  g_free (transport->marks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transport, transport_clear)

static gboolean
transport_init (Transport                 *transport,
                const DotScoreFunction    *function,
                const DotTransportOptions *options,
                const double              *origins,
                gsize                      batch,
                GError                   **error)
{
  gsize dimension = function->dimension;

  transport->function       = function;
  transport->options        = options;
  transport->origins        = origins;
  transport->batch          = batch;
  transport->points         = g_try_new (double, batch *dimension);
  transport->scores         = g_try_new (double, batch);
  transport->gradients      = g_try_new (double, batch *dimension);
  transport->distances      = g_try_new (double, batch);
  transport->second_moments = g_try_new0 (double, batch *dimension);
  transport->descent        = g_try_new (double, dimension);
  transport->marks          = g_try_new0 (guint64, batch);

  if (! transport->points || ! transport->scores || ! transport->gradients ||
      ! transport->distances || ! transport->second_moments || ! transport->descent ||
      ! transport->marks)
    {
      g_set_error (
        error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
        _ (
          "There is not enough memory for so many candidates (%zu): ask for fewer, or close other programs."),
        batch);
      return FALSE;
    }

  memcpy (transport->points, options->start_points ? options->start_points : origins,
          batch * dimension * sizeof (double));
  if (options->start_moments)
    memcpy (transport->second_moments, options->start_moments, batch * dimension * sizeof (double));
  return TRUE;
}

static gboolean
transport_check_finite (const Transport *transport, guint update, GError **error)
{
  gsize    n      = transport->batch * transport->function->dimension;
  gboolean finite = TRUE;

  for (gsize b = 0; b < transport->batch; b++)
    finite = finite && isfinite (transport->scores[b]);
  for (gsize i = 0; i < n; i++)
    finite = finite && isfinite (transport->gradients[i]);

  if (! finite)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
                 _ ("The score is no finite number after update %u: take a "
                    "smaller step size, or check the model."),
                 update);
  return finite;
}

/* The scores and gradients where the points are now. */
static gboolean
transport_evaluate (Transport *transport, GError **error)
{
  const DotScoreFunction *function = transport->function;

  if (! function->score (function->data, transport->points, transport->batch, transport->scores,
                         transport->gradients, error))
    return FALSE;

  for (gsize b = 0; b < transport->batch; b++)
    transport->distances[b] = dot_objective_distance (transport->points + b * function->dimension,
                                                      transport->origins + b * function->dimension,
                                                      transport->options->delta,
                                                      function->dimension);
  return TRUE;
}

static void
transport_clip (double *point, double limit, gsize dimension)
{
  for (gsize i = 0; i < dimension; i++)
    point[i] = CLAMP (point[i], -limit, limit);
}

/* One descent step of one point: gradient of H, projection, optimizer, clip. */
static void
transport_move (Transport *transport, gsize b, guint t)
{
  const DotTransportOptions *options   = transport->options;
  gsize                      dimension = transport->function->dimension;
  double                    *point     = transport->points + b * dimension;
  double                    *descent   = transport->descent;

  dot_objective_gradient (options->method, point, transport->origins + b * dimension,
                          options->delta, options->k_eff[b], transport->gradients + b * dimension,
                          descent, dimension);
  dot_objective_project (options->projection, point, descent, dimension);

  if (options->optimizer == DOT_OPTIMIZER_ADAM)
    dot_optimizer_adam_step (options->step_size, t, descent,
                             transport->second_moments + b * dimension, point, dimension);
  else
    dot_optimizer_sgd_step (options->step_size, descent, point, dimension);

  if (options->clip > 0.0)
    transport_clip (point, options->clip, dimension);
}

static void
transport_move_all (Transport *transport, guint t)
{
  for (gsize b = 0; b < transport->batch; b++)
    transport_move (transport, b, t);
}

/* An update by who answers the questions. */
static gboolean
transport_advance (Transport *transport, guint t, GError **error)
{
  const DotScoreFunction    *function = transport->function;
  const DotTransportOptions *options  = transport->options;
  DotAdvance                 advance  = {
                     .options        = options,
                     .rate           = options->optimizer == DOT_OPTIMIZER_ADAM
                                         ? dot_optimizer_adam_rate (options->step_size, t)
                                         : options->step_size,
                     .dimension      = function->dimension,
                     .origins        = transport->origins,
                     .points         = transport->points,
                     .second_moments = transport->second_moments,
                     .gradients      = transport->gradients,
                     .distances      = transport->distances,
                     .scores         = transport->scores,
                     .marks          = transport->marks,
  };

  return function->advance (function->data, &advance, transport->batch, error);
}

/* The points of update @t, and what is to know about them. */
static gboolean
transport_update (Transport *transport, guint t, GError **error)
{
  gboolean moves = t > transport->options->first_update;
  gboolean done;

  if (moves && transport->function->advance)
    {
      done = transport_advance (transport, t, error);
    }
  else
    {
      if (moves)
        transport_move_all (transport, t);
      done = transport_evaluate (transport, error);
    }
  return done && transport_check_finite (transport, t, error);
}

static gboolean
transport_report (const Transport *transport,
                  guint            update,
                  DotTransportFunc callback,
                  gpointer         user_data,
                  GError         **error)
{
  DotTransportState state = {
    .update         = update,
    .points         = transport->points,
    .scores         = transport->scores,
    .gradients      = transport->gradients,
    .distances      = transport->distances,
    .second_moments = transport->options->optimizer == DOT_OPTIMIZER_ADAM
                        ? transport->second_moments
                        : NULL,
  };

  return callback (&state, user_data, error);
}

/**
 * dot_transport:
 * @function: the score and its gradient, and maybe updates
 * @origins: (B, d) the points to start from, and of the distance
 * @batch: B
 * @callback: (scope call): told about update 0 (the points as they are) to
 *   N; both counted from the first update where a run is continued
 * @cancellable: (nullable): looked at between updates
 *
 * Discriminator optimal transport: Algorithm 1 of the paper in target
 * space, 2 in latent space, 3 with labels; which of them lies in @function.
 * Each update is x ← x − step(∇{‖x − x₀ + δ‖₂ − D(x) / k}).
 *
 * Returns: %FALSE when cancelled, when @function or @callback failed, or
 *   when a score or a gradient is not finite
 */
gboolean
dot_transport (const DotScoreFunction    *function,
               const DotTransportOptions *options,
               const double              *origins,
               gsize                      batch,
               DotTransportFunc           callback,
               gpointer                   user_data,
               GCancellable              *cancellable,
               GError                   **error)
{
  g_auto (Transport) transport = {
    0,
  };
  guint first = options->first_update;

  if (! transport_init (&transport, function, options, origins, batch, error))
    return FALSE;

  for (guint t = first; t <= first + options->updates; t++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (! transport_update (&transport, t, error) ||
          ! transport_report (&transport, t, callback, user_data, error))
        return FALSE;
    }

  return TRUE;
}
