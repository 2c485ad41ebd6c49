/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Introduces a pair to a method: what it asks, what is random, and what the scores
 * mean. */

#include "refine-method.h"

#include "dot-enums.h"

#include "engine/calibration-cache.h"
#include "engine/pair.h"
#include "method/draws.h"
#include "method/method.h"
#include "model/model.h"

#include "base/intl.h"
#include "base/random.h"

#include <string.h>

/* @asked: (B, C, H, W) the last question's pictures
 * @labels: (n) the question's */
typedef struct
{
  const DotRefineMethod *run;
  gsize                  image_items;
  float                 *asked;
  guint                 *labels;
  gsize                  n_labels;
  guint32               *seeds;
  double                *slopes;
  double                *intercepts;
  double                *real_scores; /* where chains begin with some */
} Meeting;

static void
meeting_clear (Meeting *meeting)
{
  g_free (meeting->asked);
  g_free (meeting->labels);
  g_free (meeting->seeds);
  g_free (meeting->slopes);
  g_free (meeting->intercepts);
  g_free (meeting->real_scores);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Meeting, meeting_clear)

/*  questions  */

static const guint *
find_labels (Meeting *meeting, const gsize *owners, gsize n)
{
  const guint *labels = meeting->run->candidates->labels;

  if (! owners)
    return labels;
  if (n > meeting->n_labels)
    {
      meeting->labels   = g_renew (guint, meeting->labels, n);
      meeting->n_labels = n;
    }
  for (gsize i = 0; i < n; i++)
    meeting->labels[i] = labels[owners[i]];
  return meeting->labels;
}

/* Draws that are only weighed leave no pictures. */
static gboolean
score_latents (gpointer      data,
               const double *points,
               const gsize  *owners,
               gsize         n,
               double       *scores,
               double       *gradients,
               GError      **error)
{
  Meeting               *meeting = data;
  const DotRefineMethod *run     = meeting->run;

  return dot_pair_score (run->pair, points, find_labels (meeting, owners, n), n, scores, gradients,
                         gradients ? meeting->asked : NULL, run->cancellable, error);
}

static gboolean
score_images (gpointer      data,
              const double *points,
              const gsize  *owners,
              gsize         n,
              double       *scores,
              double       *gradients,
              GError      **error)
{
  Meeting               *meeting = data;
  const DotRefineMethod *run     = meeting->run;

  for (gsize i = 0; gradients && i < n * meeting->image_items; i++)
    meeting->asked[i] = (float) points[i];
  return dot_pair_discriminate (run->pair, points, find_labels (meeting, owners, n), n, scores,
                                gradients, run->cancellable, error);
}

static void
take (gpointer data, gsize row, gsize candidate)
{
  Meeting *meeting = data;
  gsize    n       = meeting->image_items;

  memcpy (meeting->run->images + candidate * n, meeting->asked + row * n, n * sizeof (float));
}

/* The same latents for each candidate of a class, in each run. */
static char *
name_pilots (const Meeting *meeting, gsize candidate)
{
  const DotRefineMethod *run = meeting->run;

  return g_strdup_printf ("pilots of %u within %.17g", run->candidates->labels[candidate],
                          run->options->truncation);
}

static const double *
recall (gpointer data, gsize candidate, gsize n)
{
  g_autofree char *name = name_pilots (data, candidate);

  return dot_pair_recall_scores (((Meeting *) data)->run->pair, name, n);
}

static void
remember (gpointer data, gsize candidate, const double *scores, gsize n)
{
  g_autofree char *name = name_pilots (data, candidate);

  dot_pair_remember_scores (((Meeting *) data)->run->pair, name, scores, n);
}

static void
tell_progress (double fraction, gpointer data)
{
  const DotRefineMethod *run = ((Meeting *) data)->run;

  if (run->progress)
    run->progress (_ ("Choosing among draws"), fraction, run->user_data);
}

static gboolean
report (const DotTransportState *state, gpointer data, GError **error)
{
  const DotRefineMethod *run = ((Meeting *) data)->run;

  return run->report (state, run->report_data, error);
}

/*  what the scores mean  */

static gboolean
no_calibration (DotModel *model, const DotRefineOptions *options, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("The method %s must know what the scores of “%s” mean: calibrate it with real "
                  "pictures (dot-refine calibrate), or take calibration raw."),
               dot_enum_to_nick (DOT_TYPE_METHOD, options->method), dot_model_get_id (model));
  return FALSE;
}

static gboolean
needs_calibration (const DotRefineOptions *options)
{
  return (dot_method_get_class (options->method)->needs & DOT_METHOD_NEEDS_CALIBRATION) &&
         options->calibration != DOT_CALIBRATION_USE_RAW;
}

/* The class's own, or that of all classes together. */
static gboolean
calibrate (Meeting *meeting, gsize b, GError **error)
{
  const DotRefineMethod *run   = meeting->run;
  DotModel              *model = dot_pair_get_model (run->pair);
  g_autoptr (GArray) real      = NULL;
  DotCalibration calibration   = { 0 };
  guint32        place;

  if (! dot_calibration_cache_find (model, run->candidates->classes[b], &calibration, &real))
    return no_calibration (model, run->options, error);

  meeting->slopes[b]     = calibration.slope;
  meeting->intercepts[b] = calibration.intercept;
  place = (guint32) (dot_random_chance (meeting->seeds[b], DOT_STREAM_REAL, 0, 0) * real->len);
  meeting->real_scores[b] = g_array_index (real, double, place);
  return TRUE;
}

static gboolean
meeting_calibrate (Meeting *meeting, GError **error)
{
  const DotRefineOptions *options = meeting->run->options;
  gsize                   batch   = meeting->run->candidates->batch;

  meeting->slopes     = g_new (double, batch);
  meeting->intercepts = g_new0 (double, batch);
  for (gsize b = 0; b < batch; b++)
    meeting->slopes[b] = 1.0;
  if (! needs_calibration (options))
    return TRUE;

  meeting->real_scores = g_new (double, batch);
  for (gsize b = 0; b < batch; b++)
    if (! calibrate (meeting, b, error))
      return FALSE;
  return TRUE;
}

/*  all of it  */

/* A latent from a file has no seed of its own. */
static gboolean
meeting_init (Meeting *meeting, const DotRefineMethod *run, GError **error)
{
  const DotCandidates *candidates = run->candidates;

  meeting->run         = run;
  meeting->image_items = dot_model_get_image_items (dot_pair_get_model (run->pair));
  meeting->asked       = g_try_new (float, candidates->batch * meeting->image_items);
  meeting->seeds       = g_new (guint32, candidates->batch);
  for (gsize b = 0; b < candidates->batch; b++)
    meeting->seeds[b] = candidates->seeds[b] >= 0 ? (guint32) candidates->seeds[b]
                                                  : (guint32) (run->options->seed + (gint64) b);
  if (meeting->asked)
    return meeting_calibrate (meeting, error);

  g_set_error (
    error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
    _ (
      "There is not enough memory for so many candidates (%zu): ask for fewer, or close other programs."),
    candidates->batch);
  return FALSE;
}

static DotMethodOptions
make_options (const Meeting *meeting)
{
  const DotRefineMethod  *run     = meeting->run;
  const DotRefineOptions *options = run->options;
  DotModel               *model   = dot_pair_get_model (run->pair);
  /* A flow through target space is not held. */
  gboolean held = options->space == DOT_SPACE_LATENT;

  return (DotMethodOptions) {
    .prior        = dot_model_get_prior (model),
    .step_size    = options->step_size,
    .noise        = options->noise,
    .divergence   = options->divergence,
    .clip         = held ? run->clip : 0.0,
    .delta        = options->delta,
    .first_update = run->candidates->update,
    .updates      = options->updates,
    .start_points = run->candidates->starts,
    .particles    = options->particles,
    .moves        = options->moves,
    .proposals    = options->proposals,
    .pilots       = options->pilots,
    .percentile   = options->percentile,
    .budget       = options->budget,
    .slopes       = meeting->slopes,
    .intercepts   = meeting->intercepts,
    .classes      = run->candidates->labels,
    .real_scores  = meeting->real_scores,
  };
}

static DotDrawsSource
make_source (const Meeting *meeting)
{
  const DotRefineMethod  *run     = meeting->run;
  const DotRefineOptions *options = run->options;
  DotModel               *model   = dot_pair_get_model (run->pair);
  double                  own     = dot_model_get_truncation (model);

  return (DotDrawsSource) {
    .prior      = dot_model_get_prior (model),
    .truncation = options->truncation > 0.0 ? options->truncation : own,
    .dimension  = run->dimension,
    .seeds      = meeting->seeds,
    .origins    = run->origins,
  };
}

/**
 * dot_refine_method_check:
 *
 * Returns: %FALSE where the options' method must know what the model's scores mean, and
 *   that was never measured
 */
gboolean
dot_refine_method_check (DotModel *model, const DotRefineOptions *options, GError **error)
{
  DotCalibration calibration;

  for (guint i = 0; needs_calibration (options) && i < MAX (dot_model_get_n_classes (model), 1);
       i++)
    if (! dot_calibration_cache_find (model, dot_model_get_class (model, i), &calibration, NULL))
      return no_calibration (model, options, error);
  return TRUE;
}

/**
 * dot_refine_method_run:
 *
 * Runs the options' method, which is none that dot_transport() makes.
 */
gboolean
dot_refine_method_run (const DotRefineMethod *run, GError **error)
{
  g_auto (Meeting) meeting = { 0 };
  gboolean  latent         = run->options->space == DOT_SPACE_LATENT;
  DotScorer scorer         = {
            .data      = &meeting,
            .dimension = run->dimension,
            .score     = latent ? score_latents : score_images,
            .take      = take,
            .recall    = recall,
            .remember  = remember,
  };
  DotMethodOptions options;
  DotDrawsSource   source;
  DotDraws         draws;

  if (! meeting_init (&meeting, run, error))
    return FALSE;
  options = make_options (&meeting);
  source  = make_source (&meeting);
  draws   = dot_draws_new (&source);
  return dot_method_run (run->options->method,
                         &(DotMethodRun) {
                           .scorer      = &scorer,
                           .options     = &options,
                           .draws       = &draws,
                           .origins     = run->origins,
                           .batch       = run->candidates->batch,
                           .report      = report,
                           .progress    = tell_progress,
                           .user_data   = &meeting,
                           .cancellable = run->cancellable,
                         },
                         error);
}
