/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One step: what it draws, by its number, and what it sums up for the log. */

#include "train-run.h"

#include "base/random.h"

#include "base/intl.h"

#include <math.h>

/* Numbers of the discriminator's updates go on through the phase in which it
 * is trained alone. */
static guint64
count_updates (const DotTrainRun *run)
{
  return run->state.step * run->config->n_dis + run->state.finish_step;
}

/* Falls in a straight line from a step on, to 0 after the last one. */
static double
get_rate (const DotTrainRun *run, double rate, guint64 step)
{
  const DotTrainConfig *config = run->config;

  if (config->decay_from == 0 || step <= config->decay_from)
    return rate;
  return rate * (double) (config->steps + 1 - step) /
         (double) (config->steps + 1 - config->decay_from);
}

/* Falls in a straight line to 0 after the last update. */
static double
get_finish_rate (const DotTrainRun *run, double rate)
{
  const DotTrainConfig *config = run->config;

  if (! config->finish_decay)
    return rate;
  return rate * (1.0 - (double) run->state.finish_step / config->finish_steps);
}

/* Goes away in a straight line over so many pictures. */
static double
get_blur (const DotTrainRun *run)
{
  const DotTrainConfig *config = run->config;
  double                seen   = (double) run->state.step * config->batch;

  if (config->blur_sigma == 0.0)
    return 0.0;
  return config->blur_sigma * MAX (0.0, 1.0 - seen / config->blur_pictures);
}

static gboolean
check_finite (DotTrainRun *run, double value, GError **error)
{
  g_autofree char *path = NULL;

  if (isfinite (value))
    return TRUE;

  path = dot_checkpoint_find (run->options->out);
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
               _ ("The loss of step %u is no number, so the training stopped (the last good "
                  "checkpoint is %s): lower the rates, or take --precision float32."),
               (guint) (run->state.step + run->state.finish_step + 1), path ? path : _ ("none yet"));
  return FALSE;
}

/*  the discriminators  */

/* Latents and labels of the generator. */
static void
draw_latents (DotTrainRun *run, guint64 update, DotStream latents, DotStream labels)
{
  const DotTrainConfig *config = run->config;
  gsize                 n      = config->batch;

  dot_random_latents (config->prior, config->seed, latents, update, run->latents,
                      n * run->shape.latent_size);
  dot_random_labels (config->seed, labels, update, run->shape.n_labels, run->fake_labels, n);
}

/* Those of this process. */
static const float *
get_latents (const DotTrainRun *run)
{
  return run->latents + (gsize) run->first * run->shape.latent_size;
}

/* For each of the real pictures another class than its own. */
static void
draw_wrong_labels (DotTrainRun *run, double mismatch, DotTrainerBatch *batch)
{
  gint32  n     = (gint32) run->shape.n_labels;
  gint32 *wrong = run->wrong_labels + run->first;

  if (mismatch == 0.0 || n < 2)
    return;

  dot_random_labels (run->config->seed, DOT_STREAM_WRONG_LABELS, batch->update, (guint) n - 1,
                     run->wrong_labels, run->config->batch);
  for (gsize i = 0; i < batch->size; i++)
    wrong[i] = (run->labels[i] + 1 + wrong[i]) % n;
  batch->wrong_labels = wrong;
  batch->mismatch     = mismatch;
}

/* A batch without made pictures. */
static gboolean
fill_discriminator_batch (DotTrainRun *run, guint64 update, DotTrainerBatch *batch, GError **error)
{
  guint64 seed = run->config->seed;
  gsize   n    = run->config->batch;
  gsize   skip = (gsize) run->first * DOT_AUGMENT_NUMBERS;

  dot_random_uniform (seed, DOT_STREAM_MIXING, update, run->mixing, n);
  dot_random_uniform (seed, DOT_STREAM_REAL_AUGMENT, update, run->real_numbers,
                      n * DOT_AUGMENT_NUMBERS);
  dot_random_uniform (seed, DOT_STREAM_FAKE_AUGMENT, update, run->fake_numbers,
                      n * DOT_AUGMENT_NUMBERS);
  *batch = (DotTrainerBatch) { .size         = run->n,
                               .update       = update,
                               .images       = run->images,
                               .mixing       = run->mixing + run->first,
                               .real_numbers = run->real_numbers + skip,
                               .fake_numbers = run->fake_numbers + skip };
  if (run->shape.n_labels > 0)
    {
      batch->labels      = run->labels;
      batch->fake_labels = run->fake_labels + run->first;
    }
  return dot_batches_get (run->batches, update - 1, run->images, run->labels, error);
}

/* What batches of a step have, but for what is drawn. */
static void
fill_step (DotTrainRun *run, guint64 step, DotTrainerBatch *batch)
{
  const DotTrainConfig *config = run->config;

  batch->rate           = get_rate (run, config->rates[1], step);
  batch->projected_rate = get_rate (run, config->projected.rate, step);
  batch->augment        = config->augment;
  batch->blur           = get_blur (run);
  batch->fakes          = config->fakes;
  draw_wrong_labels (run, config->mismatch, batch);
}

static void
add_discriminator_figures (DotTrainRun *run, const DotTrainerFigures *figures)
{
  double *sums = run->state.sums;

  sums[DOT_SUM_DISCRIMINATOR_LOSS] += figures->loss;
  sums[DOT_SUM_PENALTY] += figures->penalty;
  sums[DOT_SUM_SLOPE] += figures->slope;
  sums[DOT_SUM_REAL_SCORE] += figures->real_score;
  sums[DOT_SUM_FAKE_SCORE] += figures->fake_score;
  sums[DOT_SUM_PROJECTED_LOSS] += figures->projected.loss;
  sums[DOT_SUM_PROJECTED_REAL_SCORE] += figures->projected.real_score;
  sums[DOT_SUM_PROJECTED_FAKE_SCORE] += figures->projected.fake_score;
  sums[DOT_SUM_DISCRIMINATOR_UPDATES] += 1.0;
}

/* @batch: filled but for its latents, which are the update's own. */
static gboolean
update_discriminators (DotTrainRun *run, DotTrainerBatch *batch, GError **error)
{
  DotTrainerFigures figures;

  draw_latents (run, batch->update, DOT_STREAM_DISCRIMINATOR_LATENTS,
                DOT_STREAM_DISCRIMINATOR_LABELS);
  if (batch->fakes == DOT_FAKES_FINAL && ! dot_train_run_refine (run, batch->fake_labels, error))
    return FALSE;
  batch->latents = get_latents (run);
  if (! dot_trainer_update_discriminator (run->trainer, batch, &figures, error) ||
      ! check_finite (run, figures.loss + figures.penalty + figures.projected.loss, error))
    return FALSE;

  add_discriminator_figures (run, &figures);
  return TRUE;
}

/*  the generator  */

/* The first averages are of few steps, so that the random start is soon
 * forgotten. */
static double
get_decay (const DotTrainRun *run, guint64 step)
{
  return MIN (run->config->average, (1.0 + step) / (10.0 + step));
}

static void
fill_generator_batch (DotTrainRun *run, guint64 step, DotTrainerBatch *batch)
{
  const DotTrainConfig *config = run->config;
  gsize                 n      = config->batch;
  gboolean              labels = run->shape.n_labels > 0;

  draw_latents (run, step, DOT_STREAM_GENERATOR_LATENTS, DOT_STREAM_GENERATOR_LABELS);
  dot_random_uniform (config->seed, DOT_STREAM_GENERATOR_AUGMENT, step, run->generator_numbers,
                      n * DOT_AUGMENT_NUMBERS);
  *batch = (DotTrainerBatch) { .size         = run->n,
                               .update       = step,
                               .rate         = get_rate (run, config->rates[0], step),
                               .images       = run->images,
                               .latents      = get_latents (run),
                               .fake_labels  = labels ? run->fake_labels + run->first : NULL,
                               .blur         = get_blur (run),
                               .augment      = config->augment,
                               .fake_numbers = run->generator_numbers +
                                               (gsize) run->first * DOT_AUGMENT_NUMBERS,
                               .average = get_decay (run, step) };
}

static gboolean
add_generator_figures (DotTrainRun *run, const DotTrainerFigures *figures, GError **error)
{
  if (! check_finite (run, figures->loss + figures->projected.loss + figures->texture, error))
    return FALSE;

  run->state.sums[DOT_SUM_GENERATOR_LOSS] += figures->loss;
  run->state.sums[DOT_SUM_PROJECTED_GENERATOR_LOSS] += figures->projected.loss;
  run->state.sums[DOT_SUM_TEXTURE_LOSS] += figures->texture;
  run->state.sums[DOT_SUM_GENERATOR_UPDATES] += 1.0;
  return TRUE;
}

static gboolean
update_generator (DotTrainRun *run, guint64 step, GError **error)
{
  DotTrainerFigures figures;
  DotTrainerBatch   batch;

  fill_generator_batch (run, step, &batch);
  return dot_trainer_update_generator (run->trainer, &batch, &figures, error) &&
         add_generator_figures (run, &figures, error);
}

/* The discriminators' update @batch, and the generator's of that @step, on the
 * same made pictures. */
static gboolean
update_both (DotTrainRun *run, DotTrainerBatch *batch, guint64 step, GError **error)
{
  DotTrainerFigures figures[2];
  DotTrainerBatch   generator_batch;
  double            loss;

  fill_generator_batch (run, step, &generator_batch);
  if (! dot_trainer_update_both (run->trainer, batch, &generator_batch, figures, error))
    return FALSE;

  loss = figures[0].loss + figures[0].penalty + figures[0].projected.loss;
  if (! check_finite (run, loss, error) || ! add_generator_figures (run, &figures[1], error))
    return FALSE;

  add_discriminator_figures (run, &figures[0]);
  return TRUE;
}

/*  retouching  */

/* The averaged generator is the one that retouches. */
static gboolean
step_retouch (DotTrainRun *run, guint64 step, GError **error)
{
  DotTrainerFigures figures;
  DotTrainerBatch   batch;

  fill_generator_batch (run, step, &batch);
  if (! dot_trainer_update_retouch (run->trainer, &batch, &figures, error) ||
      ! add_generator_figures (run, &figures, error))
    return FALSE;

  run->state.step = step;
  return TRUE;
}

/*  steps  */

/* With a projected judge the generator's pictures, which are dear, serve the
 * discriminators' last update of a step, too. */
static gboolean
shares_pictures (const DotTrainRun *run)
{
  return run->config->projected.features && run->config->fakes == DOT_FAKES_CURRENT;
}

/**
 * dot_train_run_step:
 *
 * n_dis updates of the discriminators, and one of the generator; or one of the
 * layers by which that retouches its pictures.
 */
gboolean
dot_train_run_step (DotTrainRun *run, GError **error)
{
  guint           n_dis  = run->config->n_dis;
  guint64         step   = run->state.step + 1;
  guint64         first  = count_updates (run) + 1;
  gboolean        shares = shares_pictures (run);
  DotTrainerBatch batch;

  if (run->config->retouch_width > 0)
    return step_retouch (run, step, error);
  for (guint i = 0; i < n_dis; i++)
    {
      if (! fill_discriminator_batch (run, first + i, &batch, error))
        return FALSE;
      fill_step (run, step, &batch);
      if (shares && i + 1 == n_dis ? ! update_both (run, &batch, step, error)
                                   : ! update_discriminators (run, &batch, error))
        return FALSE;
    }
  if (! shares && ! update_generator (run, step, error))
    return FALSE;

  run->state.step = step;
  return TRUE;
}

/**
 * dot_train_run_step_finish:
 *
 * One update of the discriminators against the generator that will be saved.
 */
gboolean
dot_train_run_step_finish (DotTrainRun *run, GError **error)
{
  const DotTrainConfig *config = run->config;
  DotTrainerBatch       batch;

  if (! fill_discriminator_batch (run, count_updates (run) + 1, &batch, error))
    return FALSE;

  batch.rate           = get_finish_rate (run, config->finish_rate);
  batch.projected_rate = get_finish_rate (run, config->projected.finish_rate);
  batch.augment        = config->finish_augment;
  batch.fakes          = DOT_FAKES_FINAL;
  draw_wrong_labels (run, config->finish_mismatch, &batch);
  if (! update_discriminators (run, &batch, error))
    return FALSE;

  run->state.finish_step++;
  return TRUE;
}
