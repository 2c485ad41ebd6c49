/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run says of itself: rows of the log, Lipschitz estimates, and the
 * statistics of the averaged generator that both need. */

#include "train-run.h"

#include "base/random.h"

#include "transport/lipschitz.h"

#include <math.h>
#include <string.h>

/* Pairs of latents that a Lipschitz constant is estimated from, and how often
 * that is done, so that the estimate's deviation is known. */
#define LIPSCHITZ_PAIRS  50
#define LIPSCHITZ_TRIALS 10

#define STATISTICS_BATCH 64

static const gint32 *
labels_or_null (const DotTrainRun *run, const gint32 *labels)
{
  return run->shape.n_labels > 0 ? labels : NULL;
}

/**
 * dot_train_run_estimate_statistics:
 * @n: of latents
 *
 * Estimates the averaged generator's statistics; one that only retouches its
 * pictures keeps those that it came with.
 */
gboolean
dot_train_run_estimate_statistics (DotTrainRun *run, gsize n, GError **error)
{
  guint64            seed    = run->config->seed;
  gsize              d       = run->shape.latent_size;
  g_autofree float  *latents = NULL;
  g_autofree gint32 *labels  = NULL;

  if (run->config->retouch_width > 0)
    return TRUE;

  latents = g_new (float, n *d);
  labels  = g_new (gint32, n);
  dot_random_latents (run->config->prior, seed, DOT_STREAM_STATISTICS, 0, latents, n * d);
  dot_random_labels (seed, DOT_STREAM_STATISTICS_LABELS, 0, run->shape.n_labels, labels, n);
  return dot_trainer_estimate_statistics (run->trainer, latents, labels_or_null (run, labels), n,
                                          MIN (STATISTICS_BATCH, n), error);
}

/*  Lipschitz constants  */

static double *
to_doubles (const float *values, gsize n)
{
  double *doubles = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    doubles[i] = values[i];
  return doubles;
}

static double
get_ratio (const double *scores, const float *points, gsize dimension)
{
  g_autofree double *doubles = to_doubles (points, 2 * LIPSCHITZ_PAIRS * dimension);

  return dot_lipschitz_ratio (scores, scores + LIPSCHITZ_PAIRS, doubles,
                              doubles + LIPSCHITZ_PAIRS * dimension, LIPSCHITZ_PAIRS, dimension);
}

/* Equation 26 over the pairs of one trial, each pair of one label. */
static gboolean
estimate_once (DotTrainRun *run, guint trial, double *k_eff, double *image_k_eff, GError **error)
{
  gsize              n       = 2 * LIPSCHITZ_PAIRS;
  gsize              d       = run->shape.latent_size;
  g_autofree float  *latents = g_new (float, n *d);
  g_autofree gint32 *labels  = g_new (gint32, n);
  g_autofree float  *images  = g_new (float, n * run->items);
  g_autofree double *scores  = g_new (double, n);

  dot_random_latents (run->config->prior, run->config->seed, DOT_STREAM_K_EFF, trial, latents,
                      n * d);
  dot_random_labels (run->config->seed, DOT_STREAM_K_EFF_LABELS, trial, run->shape.n_labels, labels,
                     LIPSCHITZ_PAIRS);
  memcpy (labels + LIPSCHITZ_PAIRS, labels, LIPSCHITZ_PAIRS * sizeof (gint32));
  if (! dot_trainer_generate (run->trainer, latents, labels_or_null (run, labels), n, images,
                              error) ||
      ! dot_trainer_score (run->trainer, images, labels_or_null (run, labels), n, scores, error))
    return FALSE;

  *k_eff       = get_ratio (scores, latents, d);
  *image_k_eff = get_ratio (scores, images, run->items);
  return TRUE;
}

/* (out): their mean, and √ of the mean square of what they differ from it. */
static void
summarize (const double *values, gsize n, double summary[2])
{
  double squares = 0.0;

  summary[0] = 0.0;
  for (gsize i = 0; i < n; i++)
    summary[0] += values[i] / n;
  for (gsize i = 0; i < n; i++)
    squares += (values[i] - summary[0]) * (values[i] - summary[0]) / n;
  summary[1] = sqrt (squares);
}

/* Trials have other pairs each, but the same ones whenever they are made. */
static gboolean
estimate_lipschitz (DotTrainRun *run, DotTrainRow *row, GError **error)
{
  double k_eff[LIPSCHITZ_TRIALS];
  double image_k_eff[LIPSCHITZ_TRIALS];

  for (guint i = 0; i < LIPSCHITZ_TRIALS; i++)
    if (! estimate_once (run, i, &k_eff[i], &image_k_eff[i], error))
      return FALSE;

  summarize (k_eff, LIPSCHITZ_TRIALS, row->k_eff);
  summarize (image_k_eff, LIPSCHITZ_TRIALS, row->image_k_eff);
  return TRUE;
}

/*  evaluating  */

static gboolean
generate (gpointer source, guint64 first, gsize n, float *images, gint32 *labels, GError **error)
{
  DotTrainRun       *run     = source;
  gsize              d       = run->shape.latent_size;
  g_autofree float  *latents = g_new (float, n *d);
  g_autofree gint32 *drawn   = g_new (gint32, n);

  for (gsize i = 0; i < n; i++)
    {
      dot_random_latents (run->config->prior, run->config->seed, DOT_STREAM_SAMPLES, first + i + 1,
                          latents + i * d, d);
      drawn[i] = (gint32) ((first + i) % MAX (run->shape.n_labels, 1));
    }
  if (labels)
    memcpy (labels, drawn, n * sizeof (gint32));
  return dot_trainer_generate (run->trainer, latents, labels_or_null (run, drawn), n, images,
                               error);
}

static gboolean
evaluate (DotTrainRun *run, DotTrainRow *row, GError **error)
{
  const DotTrainOptions *options = run->options;
  guint                  every   = run->config->evaluate_every;
  guint64                step    = run->state.step + run->state.finish_step;
  DotTrainMeasures       measures;

  if (! options->evaluate || every == 0 || step % every != 0)
    return TRUE;
  if (! options->evaluate (generate, run, &measures, options->evaluate_data, options->cancellable,
                           error))
    return FALSE;

  memcpy (row->inception_score, measures.inception_score, sizeof (row->inception_score));
  row->fid = measures.fid;
  return TRUE;
}

/*  rows  */

static double
mean_of (DotTrainRun *run, guint sum, guint count)
{
  return run->state.sums[count] > 0.0 ? run->state.sums[sum] / run->state.sums[count] : NAN;
}

/* A discriminator that isn't trained has nothing to say. */
static void
fill_plain (DotTrainRun *run, DotTrainRow *row)
{
  const guint n_d     = DOT_SUM_DISCRIMINATOR_UPDATES;
  gboolean    trained = run->config->trainer.weight > 0.0;

  row->discriminator_loss = trained ? mean_of (run, DOT_SUM_DISCRIMINATOR_LOSS, n_d) : NAN;
  row->penalty            = trained ? mean_of (run, DOT_SUM_PENALTY, n_d) : NAN;
  row->slope              = trained ? mean_of (run, DOT_SUM_SLOPE, n_d) : NAN;
  row->real_score         = trained ? mean_of (run, DOT_SUM_REAL_SCORE, n_d) : NAN;
  row->fake_score         = trained ? mean_of (run, DOT_SUM_FAKE_SCORE, n_d) : NAN;
  row->generator_loss = trained ? mean_of (run, DOT_SUM_GENERATOR_LOSS, DOT_SUM_GENERATOR_UPDATES)
                                : NAN;
}

static void
fill_projected (DotTrainRun *run, DotTrainRow *row)
{
  const guint n_d = DOT_SUM_DISCRIMINATOR_UPDATES;

  row->projected_discriminator_loss = mean_of (run, DOT_SUM_PROJECTED_LOSS, n_d);
  row->projected_generator_loss     = mean_of (run, DOT_SUM_PROJECTED_GENERATOR_LOSS,
                                               DOT_SUM_GENERATOR_UPDATES);
  row->projected_real_score         = mean_of (run, DOT_SUM_PROJECTED_REAL_SCORE, n_d);
  row->projected_fake_score         = mean_of (run, DOT_SUM_PROJECTED_FAKE_SCORE, n_d);
}

/* No judge is asked what it thinks. */
static void
fill_retouch (DotTrainRun *run, DotTrainRow *row)
{
  row->generator_loss           = mean_of (run, DOT_SUM_GENERATOR_LOSS, DOT_SUM_GENERATOR_UPDATES);
  row->projected_generator_loss = row->texture_loss = NAN;
}

/**
 * dot_train_run_fill_form:
 * @row: (out): which judges it tells of
 */
void
dot_train_run_fill_form (const DotTrainRun *run, DotTrainRow *row)
{
  row->has_projected = run->config->projected.features != NULL;
  row->has_texture   = run->config->trainer.texture > 0.0;
}

/**
 * dot_train_run_report:
 *
 * Adds a row to the log; where a checkpoint is due, with Lipschitz estimates.
 */
gboolean
dot_train_run_report (DotTrainRun *run, GError **error)
{
  guint64     step = run->state.step + run->state.finish_step;
  DotTrainRow row  = {
     .step            = step,
     .k_eff           = { NAN, NAN },
     .image_k_eff     = { NAN, NAN },
     .inception_score = { NAN, NAN },
     .fid             = NAN,
  };

  if (! dot_train_run_is_first (run))
    {
      memset (run->state.sums, 0, sizeof (run->state.sums));
      return TRUE;
    }
  dot_train_run_fill_form (run, &row);
  fill_plain (run, &row);
  fill_projected (run, &row);
  row.texture_loss = mean_of (run, DOT_SUM_TEXTURE_LOSS, DOT_SUM_GENERATOR_UPDATES);
  if (run->config->retouch_width > 0)
    fill_retouch (run, &row);
  if (step % run->config->save_every == 0 && ! estimate_lipschitz (run, &row, error))
    return FALSE;
  if (! evaluate (run, &row, error))
    return FALSE;

  memset (run->state.sums, 0, sizeof (run->state.sums));
  row.seconds = (double) (g_get_monotonic_time () - run->began) / G_USEC_PER_SEC;
  return dot_train_log_add (run->log, &row, error);
}
