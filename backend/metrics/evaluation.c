/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Samples and real pictures together: one row of results. */

#include "evaluation.h"

#include "fid.h"
#include "inception-score.h"
#include "precision-recall.h"

#include "base/intl.h"

#include <math.h>

#define NEEDS_REFERENCE (DOT_METRIC_FID | DOT_METRIC_KID | DOT_METRIC_PR)
#define NEEDS_FEATURES  (DOT_METRIC_KID | DOT_METRIC_PR)

/**
 * dot_evaluation_check:
 * @reference: (nullable): of the real pictures
 *
 * Returns: %FALSE with one sentence where @metrics need more than is known of
 *   the real pictures
 */
gboolean
dot_evaluation_check (DotMetrics metrics, const DotStatistics *reference, GError **error)
{
  if (! reference && (metrics & NEEDS_REFERENCE))
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                         _ ("FID, KID, precision and recall compare with real "
                            "pictures: say with --against where those are."));
  else if (reference && ! reference->features && (metrics & NEEDS_FEATURES))
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                         _ ("These statistics have no features, which KID, precision and recall "
                            "need: give the pictures themselves."));
  else
    return TRUE;
  return FALSE;
}

static const float *
features_of (const DotSamples *samples, guint update)
{
  return samples->features + update * samples->count * samples->n_features;
}

static const float *
features_of_reference (const DotStatistics *reference)
{
  return (const float *) (gconstpointer) reference->features->data;
}

static gboolean
compute_fid (DotEvaluation       *evaluation,
             const DotSamples    *samples,
             guint                update,
             const DotStatistics *reference,
             GError             **error)
{
  g_autoptr (DotStatistics) made = NULL;

  made = dot_statistics_new (samples->n_features, FALSE, error);
  return made && dot_statistics_add (made, features_of (samples, update), samples->count, error) &&
         dot_fid (made, reference, &evaluation->fid, error);
}

static gboolean
compute_is (DotEvaluation *evaluation, const DotSamples *samples, guint update, GError **error)
{
  gsize        c = samples->n_classes;
  const float *p = samples->probabilities + update * samples->count * c;

  return dot_inception_score (p, samples->count, c, DOT_INCEPTION_SCORE_SPLITS, &evaluation->is[0],
                              &evaluation->is[1], error);
}

static void
compute_score (DotEvaluation *evaluation, const DotSamples *samples, guint update)
{
  evaluation->score = 0.0;
  for (gsize i = 0; i < samples->count; i++)
    evaluation->score += samples->scores[update * samples->count + i] / (double) samples->count;
}

/**
 * dot_evaluation_compute:
 * @evaluation: (out): what came of it
 * @update: which of the numbers of updates that @samples were looked at after
 * @metrics: which are wanted
 * @reference: (nullable): of the real pictures
 */
gboolean
dot_evaluation_compute (DotEvaluation       *evaluation,
                        const DotSamples    *samples,
                        guint                update,
                        DotMetrics           metrics,
                        const DotStatistics *reference,
                        const DotKidOptions *kid,
                        GCancellable        *cancellable,
                        GError             **error)
{
  gsize f = samples->n_features;

  *evaluation = (DotEvaluation) { NAN, NAN, { NAN, NAN }, { NAN, NAN }, NAN, NAN };
  compute_score (evaluation, samples, update);

  if ((metrics & DOT_METRIC_FID) && ! compute_fid (evaluation, samples, update, reference, error))
    return FALSE;
  if ((metrics & DOT_METRIC_IS) && ! compute_is (evaluation, samples, update, error))
    return FALSE;
  if ((metrics & DOT_METRIC_KID) &&
      ! dot_kid (features_of (samples, update), samples->count, features_of_reference (reference),
                 reference->n, f, kid, &evaluation->kid[0], &evaluation->kid[1], cancellable,
                 error))
    return FALSE;
  return ! (metrics & DOT_METRIC_PR) ||
         dot_precision_recall (features_of_reference (reference), reference->n,
                               features_of (samples, update), samples->count, f,
                               DOT_PRECISION_RECALL_NEIGHBOURS, &evaluation->precision,
                               &evaluation->recall, cancellable, error);
}
