/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair of points is measured with: its real points and its constants. */

#include "figure3-source.h"

#include "engine/pair.h"
#include "model/model.h"
#include "transport/lipschitz.h"

#include "base/intl.h"

#include <string.h>

/* The paper's K: the mean of ten times the largest ratio of 100 pairs. */
#define K_SEED  0
#define K_TIMES 10
#define K_PAIRS 100

/* Real and generated points that make the calibration, those at once, and the first
 * batch of the real ones, which no trial has. */
#define CALIBRATION_POINTS 10000
#define CALIBRATION_BATCH  ((guint64) 1 << 40)
#define AT_ONCE            1000

void
dot_figure3_source_free (DotFigure3Source *source)
{
  g_clear_pointer (&source->batches, dot_batches_free);
  g_clear_pointer (&source->dataset, dot_dataset_free);
  g_clear_pointer (&source->real_scores, g_array_unref);
  g_clear_pointer (&source->pair, dot_pair_unref);
  g_free (source);
}

/**
 * dot_figure3_source_draw:
 * @number: another one is other points
 * @points: (out): (n, 2)
 *
 * Draws real points.
 */
gboolean
dot_figure3_source_draw (DotFigure3Source *source, guint64 number, double *points, GError **error)
{
  gsize             items = 2 * (gsize) source->n;
  g_autofree float *drawn = g_new (float, items);

  if (! dot_batches_get (source->batches, number, drawn, NULL, error))
    return FALSE;
  for (gsize i = 0; i < items; i++)
    points[i] = drawn[i];
  return TRUE;
}

/*  the constants  */

static gboolean
score_latents (DotFigure3Source *source,
               guint32           seed,
               DotStream         stream,
               gsize             n,
               double           *latents,
               double           *scores,
               float            *images,
               GCancellable     *cancellable,
               GError          **error)
{
  DotModel         *model  = dot_pair_get_model (source->pair);
  gsize             d      = dot_model_get_latent_size (model);
  g_autofree guint *labels = g_new0 (guint, n);

  for (gsize i = 0; i < n; i++)
    dot_model_draw_latent (model, seed + (guint32) i, stream, 0.0, latents + i * d);
  return dot_pair_score (source->pair, latents, labels, n, scores, NULL, images, cancellable,
                         error);
}

static gboolean
find_constants (DotFigure3Source *source, GCancellable *cancellable, GError **error)
{
  gsize              n       = 2 * K_PAIRS;
  gsize              d       = dot_model_get_latent_size (dot_pair_get_model (source->pair));
  g_autofree double *latents = g_new (double, n *d);
  g_autofree double *points  = g_new (double, 2 * n);
  g_autofree float  *images  = g_new (float, 2 * n);
  double             scores[2 * K_PAIRS];

  for (guint i = 0; i < K_TIMES; i++)
    {
      if (! score_latents (source, K_SEED + i * (guint32) n, DOT_STREAM_LIPSCHITZ, n, latents,
                           scores, images, cancellable, error))
        return FALSE;
      for (gsize j = 0; j < 2 * n; j++)
        points[j] = images[j];
      source->k_eff[DOT_SPACE_LATENT] += dot_lipschitz_ratio (scores, scores + K_PAIRS, latents,
                                                              latents + K_PAIRS * d, K_PAIRS, d) /
                                         K_TIMES;
      source->k_eff[DOT_SPACE_TARGET] += dot_lipschitz_ratio (scores, scores + K_PAIRS, points,
                                                              points + 2 * K_PAIRS, K_PAIRS, 2) /
                                         K_TIMES;
    }
  return TRUE;
}

/**
 * dot_figure3_source_new:
 * @data: "gaussians-25" or "swiss-roll"
 * @n: how many points are compared
 * @seed: of the real points
 *
 * Returns: (transfer full): it, with the pair's constants
 */
DotFigure3Source *
dot_figure3_source_new (DotPair      *pair,
                        const char   *data,
                        guint         n,
                        guint         seed,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (DotFigure3Source) source = g_new0 (DotFigure3Source, 1);
  DotDatasetOptions options;

  dot_dataset_options_init (&options);
  options.kind    = data;
  source->pair    = dot_pair_ref (pair);
  source->n       = n;
  source->dataset = dot_dataset_open (&options, error);
  if (! source->dataset)
    return NULL;
  source->batches = dot_batches_new (source->dataset, n, seed, 1);
  return find_constants (source, cancellable, error) ? g_steal_pointer (&source) : NULL;
}

/*  calibration  */

static gboolean
score_real (DotFigure3Source *source, double *scores, GCancellable *cancellable, GError **error)
{
  gsize              done   = 0;
  g_autofree double *points = g_new (double, 2 * (gsize) source->n);
  g_autofree double *some   = g_new (double, source->n);
  g_autofree guint  *labels = g_new0 (guint, source->n);

  for (guint64 batch = CALIBRATION_BATCH; done < CALIBRATION_POINTS; batch++)
    {
      gsize n = MIN (source->n, CALIBRATION_POINTS - done);

      if (! dot_figure3_source_draw (source, batch, points, error) ||
          ! dot_pair_discriminate (source->pair, points, labels, source->n, some, NULL, cancellable,
                                   error))
        return FALSE;
      memcpy (scores + done, some, n * sizeof (double));
      done += n;
    }
  return TRUE;
}

static gboolean
score_generated (DotFigure3Source *source,
                 double           *scores,
                 GCancellable     *cancellable,
                 GError          **error)
{
  gsize              d       = dot_model_get_latent_size (dot_pair_get_model (source->pair));
  g_autofree double *latents = g_new (double, AT_ONCE *d);
  g_autofree float  *images  = g_new (float, 2 * AT_ONCE);

  for (guint32 done = 0; done < CALIBRATION_POINTS; done += AT_ONCE)
    if (! score_latents (source, done, DOT_STREAM_CALIBRATION, AT_ONCE, latents, scores + done,
                         images, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
fit (DotFigure3Source *source, const double *generated, GError **error)
{
  DotCalibrationScores scores = {
    (const double *) (gconstpointer) source->real_scores->data,
    CALIBRATION_POINTS,
    generated,
    CALIBRATION_POINTS,
  };

  if (dot_calibration_fit (&source->calibration, &scores, 0.0))
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
               _ ("The scores of “%s” don't tell real points from generated ones: take another "
                  "discriminator."),
               dot_model_get_id (dot_pair_get_model (source->pair)));
  return FALSE;
}

/**
 * dot_figure3_source_calibrate:
 *
 * Finds out what scores mean, by 10,000 real points and as many generated ones, once.
 */
gboolean
dot_figure3_source_calibrate (DotFigure3Source *source, GCancellable *cancellable, GError **error)
{
  g_autofree double *generated = NULL;

  if (source->calibrated)
    return TRUE;

  generated = g_new (double, CALIBRATION_POINTS);
  g_clear_pointer (&source->real_scores, g_array_unref);
  source->real_scores = g_array_sized_new (FALSE, FALSE, sizeof (double), CALIBRATION_POINTS);
  g_array_set_size (source->real_scores, CALIBRATION_POINTS);
  source->calibrated = score_real (source, (double *) (gpointer) source->real_scores->data,
                                   cancellable, error) &&
                       score_generated (source, generated, cancellable, error) &&
                       fit (source, generated, error);
  return source->calibrated;
}
