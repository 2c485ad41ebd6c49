/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A part that measures a pair's pictures: made once, looked at by all feature
 * networks.  Its lists have a number for each number of updates. */

#include "experiment-measure.h"

#include "experiment-judges.h"
#include "experiment-pairs.h"

#include "metrics/samples.h"
#include "model/model.h"
#include "refine/refine-method.h"

#include <math.h>

#define DIVERGED "diverged"

/* What looks at the pictures. */
typedef struct
{
  guint                 n;
  DotFeatures         **networks;
  const DotStatistics **references;
} Judges;

static void
judges_clear (Judges *judges)
{
  g_free (judges->networks);
  g_free (judges->references);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judges, judges_clear)

/**
 * dot_experiment_measure_new_run:
 * @pair: which of the experiment's models
 *
 * Returns: (transfer full): DOT, as the options of an experiment say that has those of
 *   samples and of the transport
 */
DotRefineOptions *
dot_experiment_measure_new_run (DotExperiment *experiment, guint pair)
{
  DotExperimentValues *values = experiment->values;
  DotRefineOptions    *run    = dot_experiment_pairs_get_options (experiment, pair);

  run->optimizer  = dot_experiment_values_get_word (values, "optimizer");
  run->step_size  = dot_experiment_values_get_number (values, "rate", 0);
  run->projection = dot_experiment_values_get_word (values, "projection");
  run->seed       = dot_experiment_values_get_count (values, "seed", 0);
  return run;
}

/**
 * dot_experiment_measure_check:
 * @run: of one of the experiment's models
 *
 * Returns: %FALSE where a run like that can't be made: what can be refused is
 *   refused before anything is computed
 */
gboolean
dot_experiment_measure_check (DotExperiment          *experiment,
                              const DotRefineOptions *run,
                              GError                **error)
{
  g_autoptr (DotRefineOptions) last = dot_refine_options_copy (run);

  last->seed += dot_experiment_values_get_count (experiment->values, "samples", 0) - 1;
  last->count = 1;
  return dot_refine_options_check (last, error) &&
         dot_refine_method_check (run->resolved, run, error);
}

static gboolean
load_judges (DotExperiment *experiment,
             DotModel      *model,
             Judges        *judges,
             GCancellable  *cancellable,
             GError       **error)
{
  judges->n          = dot_experiment_judges_count (experiment);
  judges->networks   = g_new0 (DotFeatures *, judges->n);
  judges->references = g_new0 (const DotStatistics *, judges->n);
  for (guint i = 0; i < judges->n; i++)
    if (! dot_experiment_judges_load (experiment, i, model, &judges->networks[i],
                                      &judges->references[i], cancellable, error))
      return FALSE;
  return TRUE;
}

static void
on_progress (const char *message, double fraction, gpointer experiment)
{
  dot_experiment_tell (experiment, fraction);
}

static DotSamples *
make_samples (DotExperiment              *experiment,
              const DotExperimentMeasure *measure,
              const Judges               *judges,
              GCancellable               *cancellable,
              GError                    **error)
{
  DotExperimentValues    *values  = experiment->values;
  const DotSamplesOptions options = {
    .run       = measure->run,
    .count     = dot_experiment_values_get_count (values, "samples", 0),
    .batch     = dot_experiment_values_get_count (values, "batch", 0),
    .updates   = measure->updates,
    .n_updates = measure->n_updates,
  };
  DotPair *pair = dot_experiment_pairs_load_for (experiment, measure->pair, measure->run,
                                                 cancellable, error);

  return pair ? dot_samples_make (pair, &options, judges->networks, judges->n, on_progress,
                                  experiment, cancellable, error)
              : NULL;
}

/*  what came of it  */

static void
set_list (DotExperimentResult *result,
          const char          *name,
          guint                network,
          const double        *values,
          guint                n)
{
  g_autofree char *key = g_strdup_printf ("%s_%u", name, network);

  dot_experiment_result_set (result, key, values, n);
}

/* All metrics by one network, each a list. */
static gboolean
evaluate (DotExperiment              *experiment,
          const DotExperimentMeasure *measure,
          const DotSamples           *samples,
          guint                       network,
          const DotStatistics        *reference,
          DotExperimentResult        *result,
          GCancellable               *cancellable,
          GError                    **error)
{
  static const char *const names[] = { "is", "is_sigma", "fid", "precision", "recall" };
  guint                    n       = measure->n_updates;
  g_autofree double       *values  = g_new (double, G_N_ELEMENTS (names) * n);
  DotMetrics               metrics = measure->metrics;

  if (! reference)
    metrics &= DOT_METRIC_IS;
  else if (! reference->features)
    metrics &= ~DOT_METRIC_PR;
  for (guint u = 0; u < n; u++)
    {
      DotEvaluation found;

      if (! dot_evaluation_compute (&found, samples, network, u, metrics, reference, NULL,
                                    cancellable, error))
        return FALSE;
      values[u]         = found.is[0];
      values[n + u]     = found.is[1];
      values[2 * n + u] = found.fid;
      values[3 * n + u] = found.precision;
      values[4 * n + u] = found.recall;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    set_list (result, names[i], network, values + i * n, n);
  return TRUE;
}

/* What the discriminator says needs no network. */
static gboolean
set_scores (const DotSamples *samples, DotExperimentResult *result, GError **error)
{
  g_autofree double *scores = g_new (double, samples->n_updates);

  for (guint u = 0; u < samples->n_updates; u++)
    {
      DotEvaluation found;

      if (! dot_evaluation_compute (&found, samples, 0, u, 0, NULL, NULL, NULL, error))
        return FALSE;
      scores[u] = found.score;
    }
  set_list (result, "score", 0, scores, samples->n_updates);
  return TRUE;
}

/* The mean of what is counted of each sample, for each number of updates. */
static void
set_means (DotExperimentResult *result,
           const char          *name,
           const DotSamples    *samples,
           const float         *all)
{
  g_autofree double *means = g_new0 (double, samples->n_updates);

  if (! all)
    return;
  for (guint u = 0; u < samples->n_updates; u++)
    {
      for (gsize i = 0; i < samples->count; i++)
        means[u] += all[u * samples->count + i];
      means[u] /= (double) samples->count;
    }
  set_list (result, name, 0, means, samples->n_updates);
}

/* A step that diverges is a result, too: nothing else is lost by it. */
static gboolean
take_divergence (DotExperimentResult *result, GError **error, GError *reason)
{
  if (! g_error_matches (reason, DOT_ERROR, DOT_ERROR_NOT_FINITE))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  g_error_free (reason);
  dot_experiment_result_set_number (result, DIVERGED, 1.0);
  return TRUE;
}

/**
 * dot_experiment_measure:
 *
 * Refines the pair's pictures and puts into the result what they are worth.
 */
gboolean
dot_experiment_measure (DotExperiment              *experiment,
                        const DotExperimentMeasure *measure,
                        DotExperimentResult        *result,
                        GCancellable               *cancellable,
                        GError                    **error)
{
  g_auto (Judges) judges         = { 0 };
  g_autoptr (DotSamples) samples = NULL;
  GError *reason                 = NULL;

  if (! load_judges (experiment, dot_experiment_pairs_get (experiment, measure->pair), &judges,
                     cancellable, error))
    return FALSE;
  samples = make_samples (experiment, measure, &judges, cancellable, &reason);
  if (! samples)
    return take_divergence (result, error, reason);

  if (! set_scores (samples, result, error))
    return FALSE;
  set_means (result, "drawn", samples, samples->drawn);
  set_means (result, "accepted", samples, samples->accepted);
  dot_experiment_result_set_number (result, "seconds",
                                    samples->refined > 0 ? samples->seconds / samples->refined
                                                         : (double) NAN);
  for (guint i = 0; i < judges.n; i++)
    if (! evaluate (experiment, measure, samples, i, judges.references[i], result, cancellable,
                    error))
      return FALSE;
  return TRUE;
}

/**
 * dot_experiment_measure_get:
 * @list: score, drawn or accepted, of network 0; is, is_sigma, fid, precision, recall
 * @network: which of the feature networks
 * @update: which of the numbers of updates
 *
 * Returns: the number; NaN where there is none
 */
double
dot_experiment_measure_get (const DotExperimentResult *result,
                            const char                *list,
                            guint                      network,
                            guint                      update)
{
  g_autofree char *key = g_strdup_printf ("%s_%u", list, network);
  gsize            n;
  const double    *values = dot_experiment_result_get (result, key, &n);

  return update < n ? values[update] : (double) NAN;
}

/**
 * dot_experiment_measure_is_finite:
 *
 * Returns: %FALSE where the run diverged
 */
gboolean
dot_experiment_measure_is_finite (const DotExperimentResult *result)
{
  return ! dot_experiment_result_get (result, DIVERGED, NULL);
}
