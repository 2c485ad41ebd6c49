/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Finds out what a pair's scores mean, and keeps it: for all classes together, and for
 * each that has enough real pictures. */

#include "calibrate.h"

#include "engine/calibration-cache.h"
#include "engine/pair.h"
#include "model/model.h"
#include "real-scores.h"

#include "base/intl.h"

#include <math.h>

/* On the slope, as one more sample would weigh; so that there is one even where
 * scores don't overlap, of whatever scale they are. */
#define RIDGE 1.0

typedef struct
{
  DotPair                   *pair;
  const DotCalibrateOptions *options;
  GPtrArray                 *real;      /* of GArray, one a label */
  GPtrArray                 *generated; /* likewise, as many */
  GArray                    *all_real;
  GArray                    *results;
  GCancellable              *cancellable;
} Calibrating;

static void
calibrating_clear (Calibrating *calibrating)
{
  g_clear_pointer (&calibrating->real, g_ptr_array_unref);
  g_clear_pointer (&calibrating->generated, g_ptr_array_unref);
  g_clear_pointer (&calibrating->all_real, g_array_unref);
  g_clear_pointer (&calibrating->results, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Calibrating, calibrating_clear)

static void
unref_array (gpointer array)
{
  g_array_unref (array);
}

/* As many generated pictures of a label as there are real ones. */
static gboolean
score_generated (Calibrating *calibrating, guint label, gsize count, GArray *scores, GError **error)
{
  DotModel          *model   = dot_pair_get_model (calibrating->pair);
  gsize              d       = dot_model_get_latent_size (model);
  gsize              batch   = calibrating->options->batch;
  g_autofree double *latents = g_new (double, batch *d);
  g_autofree guint  *labels  = g_new (guint, batch);

  g_array_set_size (scores, (guint) count);
  for (gsize done = 0; done < count; done += batch)
    {
      gsize n = MIN (batch, count - done);

      for (gsize i = 0; i < n; i++)
        {
          labels[i] = label;
          dot_model_draw_latent (model, (guint32) (done + i), DOT_STREAM_CALIBRATION, 0.0,
                                 latents + i * d);
        }
      if (! dot_pair_score (calibrating->pair, latents, labels, n,
                            (double *) (gpointer) scores->data + done, NULL, NULL,
                            calibrating->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
generate (Calibrating *calibrating, GError **error)
{
  const DotCalibrateOptions *options = calibrating->options;

  calibrating->generated = g_ptr_array_new_with_free_func (unref_array);
  for (guint label = 0; label < calibrating->real->len; label++)
    {
      const GArray *real   = calibrating->real->pdata[label];
      GArray       *scores = g_array_new (FALSE, TRUE, sizeof (double));

      g_ptr_array_add (calibrating->generated, scores);
      if (options->progress)
        options->progress (
          _ ("Scoring generated pictures"), (double) label / calibrating->real->len,
                           options->user_data);
      if (! score_generated (calibrating, label, real->len, scores, error))
        return FALSE;
    }
  return TRUE;
}

static DotCalibrationScores
make_scores (const GArray *real, const GArray *generated)
{
  return (DotCalibrationScores) { (const double *) (gconstpointer) real->data, real->len,
                                  (const double *) (gconstpointer) generated->data,
                                  generated->len };
}

/* FALSE where the scores tell nothing. */
static gboolean
fit (Calibrating *calibrating, const DotClass *klass, const GArray *real, const GArray *generated)
{
  DotCalibrationScores scores = make_scores (real, generated);
  DotCalibration       raw    = { .slope = 1.0 };
  DotCalibrateResult   result = { .klass = klass };

  if (! dot_calibration_fit (&result.calibration, &scores, RIDGE))
    return FALSE;

  result.z = dot_calibration_get_z (&raw, &scores);
  g_array_append_val (calibrating->results, result);
  return TRUE;
}

static GArray *
join (GPtrArray *parts)
{
  GArray *whole = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < parts->len; i++)
    {
      const GArray *part = parts->pdata[i];

      g_array_append_vals (whole, part->data, part->len);
    }
  return whole;
}

static gboolean
fit_all (Calibrating *calibrating, GError **error)
{
  const GArray *real           = calibrating->all_real;
  g_autoptr (GArray) generated = join (calibrating->generated);

  if (fit (calibrating, NULL, real, generated))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
               _ ("The scores of “%s” tell nothing of %u real pictures, for all are the same or no "
                  "numbers: give others, or another model."),
               dot_model_get_id (dot_pair_get_model (calibrating->pair)), real->len);
  return FALSE;
}

static void
fit_classes (Calibrating *calibrating)
{
  DotModel *model = dot_pair_get_model (calibrating->pair);

  for (guint i = 0; dot_model_has_labels (model) && i < calibrating->real->len; i++)
    {
      const GArray *real = calibrating->real->pdata[i];

      if (real->len >= DOT_CALIBRATE_ENOUGH)
        fit (calibrating, dot_model_get_class (model, i), real, calibrating->generated->pdata[i]);
    }
}

/* What was measured before goes. */
static void
keep (const Calibrating *calibrating)
{
  DotModel *model = dot_pair_get_model (calibrating->pair);

  dot_calibration_cache_clear (model);
  for (guint i = 0; i < calibrating->results->len; i++)
    {
      const DotCalibrateResult *result = &g_array_index (calibrating->results, DotCalibrateResult,
                                                         i);
      const GArray *real = result->klass ? calibrating->real->pdata[result->klass->label]
                                         : calibrating->all_real;

      dot_calibration_cache_store (model, result->klass, &result->calibration,
                                   (const double *) (gconstpointer) real->data);
    }
}

/**
 * dot_calibrate:
 *
 * Measures what scores mean, by logistic regression of real against generated
 * pictures, and keeps it with the pair.
 *
 * Returns: (transfer full): of #DotCalibrateResult: all classes together, then those
 *   with enough pictures
 */
GArray *
dot_calibrate (DotPair                   *pair,
               const DotCalibrateOptions *options,
               GCancellable              *cancellable,
               GError                   **error)
{
  g_auto (Calibrating)
    calibrating = { .pair = pair, .options = options, .cancellable = cancellable };

  calibrating.results = g_array_new (FALSE, FALSE, sizeof (DotCalibrateResult));
  calibrating.real    = dot_real_scores_read (pair, options, cancellable, error);
  if (! calibrating.real || ! generate (&calibrating, error))
    return NULL;
  calibrating.all_real = join (calibrating.real);
  if (! fit_all (&calibrating, error))
    return NULL;
  fit_classes (&calibrating);
  keep (&calibrating);
  return g_steal_pointer (&calibrating.results);
}
