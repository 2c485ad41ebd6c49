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

/* What of a network's features belongs to a number of updates. */
typedef struct
{
  const float *features;
  const float *probabilities;
  gsize        count;
  gsize        n_features;
  gsize        n_classes;
} Seen;

static Seen
find_seen (const DotSamples *samples, guint network, guint update)
{
  const DotSamplesFeatures *all = &samples->networks[network];
  gsize                     row = update * samples->count;

  return (Seen) { all->features + row * all->n_features, all->probabilities + row * all->n_classes,
                  samples->count, all->n_features, all->n_classes };
}

static const float *
features_of_reference (const DotStatistics *reference)
{
  return (const float *) (gconstpointer) reference->features->data;
}

static gboolean
compute_fid (DotEvaluation       *evaluation,
             const Seen          *seen,
             const DotStatistics *reference,
             GError             **error)
{
  g_autoptr (DotStatistics) made = NULL;

  made = dot_statistics_new (seen->n_features, FALSE, error);
  return made && dot_statistics_add (made, seen->features, seen->count, error) &&
         dot_fid (made, reference, &evaluation->fid, error);
}

static gboolean
compute_is (DotEvaluation *evaluation, const Seen *seen, GError **error)
{
  return dot_inception_score (seen->probabilities, seen->count, seen->n_classes,
                              DOT_INCEPTION_SCORE_SPLITS, &evaluation->is[0], &evaluation->is[1],
                              error);
}

/* All but the scores' mean, which no network knows. */
static gboolean
compute_features (DotEvaluation       *evaluation,
                  const Seen          *seen,
                  DotMetrics           metrics,
                  const DotStatistics *reference,
                  const DotKidOptions *kid,
                  GCancellable        *cancellable,
                  GError             **error)
{
  if ((metrics & DOT_METRIC_FID) && ! compute_fid (evaluation, seen, reference, error))
    return FALSE;
  if ((metrics & DOT_METRIC_IS) && ! compute_is (evaluation, seen, error))
    return FALSE;
  if ((metrics & DOT_METRIC_KID) &&
      ! dot_kid (seen->features, seen->count, features_of_reference (reference), reference->n,
                 seen->n_features, kid, &evaluation->kid[0], &evaluation->kid[1], cancellable,
                 error))
    return FALSE;
  return ! (metrics & DOT_METRIC_PR) ||
         dot_precision_recall (features_of_reference (reference), reference->n, seen->features,
                               seen->count, seen->n_features, DOT_PRECISION_RECALL_NEIGHBOURS,
                               &evaluation->precision, &evaluation->recall, cancellable, error);
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
 * @network: which of those that looked at @samples
 * @update: which of the numbers of updates that @samples were looked at after
 * @metrics: which are wanted
 * @reference: (nullable): of the real pictures, by the same network
 *
 * Without a network the mean score is all that is known.
 */
gboolean
dot_evaluation_compute (DotEvaluation       *evaluation,
                        const DotSamples    *samples,
                        guint                network,
                        guint                update,
                        DotMetrics           metrics,
                        const DotStatistics *reference,
                        const DotKidOptions *kid,
                        GCancellable        *cancellable,
                        GError             **error)
{
  Seen seen;

  *evaluation = (DotEvaluation) { NAN, NAN, { NAN, NAN }, { NAN, NAN }, NAN, NAN };
  compute_score (evaluation, samples, update);
  if (network >= samples->n_networks)
    return TRUE;

  seen = find_seen (samples, network, update);
  return compute_features (evaluation, &seen, metrics, reference, kid, cancellable, error);
}
