/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Inception score and FID of what is being trained. */

#include "evaluator.h"

#include "metrics/fid.h"
#include "metrics/inception-score.h"
#include "metrics/algebra.h"
#include "metrics/reference.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

/* Pictures that are looked at at once. */
#define BATCH 50

/* @against: (nullable): where real pictures are; %NULL: the training's own
 * @classes: (nullable): of those only, where @against has folders of them
 * @probabilities: (count, classes) */
struct _DotEvaluator
{
  DotFeatures    *network;
  DotStatistics  *reference;
  gsize           count;
  guint           side;
  char           *against;
  char          **classes;
  float          *features; /* of a batch */
  float          *probabilities;
  DotProgressFunc progress;
  DotNoticeFunc   notice;
  gpointer        user_data;
};

/*  making it  */

static gboolean
check_config (const DotTrainConfig *config, GError **error)
{
  if (config->image_size == 1)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s looks at pictures, and this configuration trains on "
                    "points: leave the feature network out."),
                 config->evaluate_features);
  else if (config->evaluate_every == 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s would never be asked: give “every.evaluate” in the "
                    "configuration, or leave the feature network out."),
                 config->evaluate_features);
  else
    return TRUE;
  return FALSE;
}

static gboolean
make_room (DotEvaluator *evaluator, GError **error)
{
  gsize f = dot_features_get_size (evaluator->network);
  gsize c = dot_features_get_n_classes (evaluator->network);

  evaluator->features      = g_try_new (float, BATCH *f);
  evaluator->probabilities = g_try_new (float, evaluator->count *c);
  if (evaluator->features && evaluator->probabilities)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the features of %zu pictures: give fewer."),
               evaluator->count);
  return FALSE;
}

/**
 * dot_evaluator_new:
 * @config: which names a feature network
 * @trust: whether that may run wherever it lies; it is a program
 * @options: its device, its threads and who is told of progress
 *
 * Opens the feature network, so that one that isn't there or isn't trusted is
 * refused before anything begins.
 *
 * Returns: (transfer full): what is the data of dot_evaluator_prepare() and
 *   dot_evaluator_measure()
 */
DotEvaluator *
dot_evaluator_new (const DotTrainConfig  *config,
                   gboolean               trust,
                   const DotTrainOptions *options,
                   GError               **error)
{
  g_autoptr (DotEvaluator) evaluator = g_new0 (DotEvaluator, 1);

  evaluator->count     = config->evaluate_samples;
  evaluator->side      = config->image_size;
  evaluator->against   = g_strdup (config->evaluate_against);
  evaluator->classes   = g_strdupv (config->data_classes);
  evaluator->progress  = options->progress;
  evaluator->notice    = options->notice;
  evaluator->user_data = options->user_data;
  if (! check_config (config, error) || ! dot_algebra_load (error))
    return NULL;

  evaluator->network = dot_features_open (config->evaluate_features, trust, evaluator->side,
                                          options->device, error);
  return evaluator->network && make_room (evaluator, error) ? g_steal_pointer (&evaluator) : NULL;
}

void
dot_evaluator_free (DotEvaluator *evaluator)
{
  g_clear_pointer (&evaluator->network, dot_features_close);
  g_clear_pointer (&evaluator->reference, dot_statistics_free);
  g_free (evaluator->against);
  g_strfreev (evaluator->classes);
  g_free (evaluator->features);
  g_free (evaluator->probabilities);
  g_free (evaluator);
}

static void
show_progress (const DotEvaluator *evaluator, const char *message, guint64 done, guint64 all)
{
  if (evaluator->progress)
    evaluator->progress (message, (double) done / (double) all, evaluator->user_data);
}

/*  real pictures  */

/**
 * dot_evaluator_prepare:
 * @evaluator: a #DotEvaluator
 *
 * A #DotTrainPrepareFunc: looks at the real pictures.
 */
gboolean
dot_evaluator_prepare (DotDataset   *dataset,
                       gpointer      evaluator,
                       GCancellable *cancellable,
                       GError      **error)
{
  DotEvaluator      *self       = evaluator;
  g_autofree double *covariance = NULL;

  g_clear_pointer (&self->reference, dot_statistics_free);
  if (self->against)
    self->reference = dot_reference_load (self->against, self->network,
                                          (const char *const *) self->classes, BATCH,
                                          self->progress, self->notice, self->user_data,
                                          cancellable, error);
  else
    self->reference = dot_reference_compute (dataset, self->network, NULL, BATCH, self->progress,
                                             self->user_data, cancellable, error);
  if (! self->reference)
    return FALSE;

  /* FID needs it; one picture has none. */
  covariance = dot_statistics_get_covariance (self->reference, error);
  return covariance != NULL;
}

/*  made pictures  */

static gboolean
add_made (DotEvaluator        *evaluator,
          DotTrainGenerateFunc generate,
          gpointer             source,
          gsize                first,
          gsize                n,
          DotStatistics       *statistics,
          GError             **error)
{
  gsize              c      = dot_features_get_n_classes (evaluator->network);
  gsize              size   = (gsize) 3 * evaluator->side * evaluator->side;
  g_autofree float  *images = g_new (float, n *size);
  g_autofree guint8 *pixels = g_new (guint8, n * size);

  if (! generate (source, first, n, images, NULL, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      g_autofree guint8 *one = dot_pixels_from_image (images + i * size, 3, evaluator->side,
                                                      evaluator->side);

      memcpy (pixels + i * size, one, size);
    }
  return dot_features_compute (evaluator->network, pixels, n, evaluator->features,
                               evaluator->probabilities + first * c, error) &&
         dot_statistics_add (statistics, evaluator->features, n, error);
}

static DotStatistics *
look_at_made (DotEvaluator        *evaluator,
              DotTrainGenerateFunc generate,
              gpointer             source,
              GCancellable        *cancellable,
              GError             **error)
{
  g_autoptr (DotStatistics) statistics = NULL;

  statistics = dot_statistics_new (dot_features_get_size (evaluator->network), FALSE, error);
  for (gsize first = 0; statistics && first < evaluator->count; first += BATCH)
    {
      show_progress (evaluator, _ ("Looking at generated pictures"), first, evaluator->count);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          ! add_made (evaluator, generate, source, first, MIN (BATCH, evaluator->count - first),
                      statistics, error))
        return NULL;
    }
  return g_steal_pointer (&statistics);
}

/**
 * dot_evaluator_measure:
 * @evaluator: a #DotEvaluator
 *
 * A #DotTrainEvaluateFunc: looks at the first pictures of @generate.  A network
 * of one class has no inception score.
 */
gboolean
dot_evaluator_measure (DotTrainGenerateFunc generate,
                       gpointer             source,
                       DotTrainMeasures    *measures,
                       gpointer             evaluator,
                       GCancellable        *cancellable,
                       GError             **error)
{
  DotEvaluator *self             = evaluator;
  gsize         c                = dot_features_get_n_classes (self->network);
  g_autoptr (DotStatistics) made = NULL;

  *measures = (DotTrainMeasures) { { NAN, NAN }, NAN };
  made      = look_at_made (self, generate, source, cancellable, error);
  return made && dot_fid (made, self->reference, &measures->fid, error) &&
         (c < 2 || dot_inception_score (self->probabilities, self->count, c,
                                        DOT_INCEPTION_SCORE_SPLITS, &measures->inception_score[0],
                                        &measures->inception_score[1], error));
}
