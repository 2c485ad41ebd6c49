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
get_rate (const DotTrainRun *run, guint network, guint64 step)
{
  const DotTrainConfig *config = run->config;
  double                rate   = config->rates[network];

  if (config->decay_from == 0 || step <= config->decay_from)
    return rate;
  return rate * (double) (config->steps + 1 - step) /
         (double) (config->steps + 1 - config->decay_from);
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

/*  the discriminator  */

static void
draw_discriminator (DotTrainRun *run, guint64 update)
{
  const DotTrainConfig *config = run->config;
  guint64               seed   = config->seed;
  gsize                 n      = config->batch;

  dot_random_latents (config->prior, seed, DOT_STREAM_DISCRIMINATOR_LATENTS, update, run->latents,
                      n * run->shape.latent_size);
  dot_random_labels (seed, DOT_STREAM_DISCRIMINATOR_LABELS, update, run->shape.n_labels,
                     run->fake_labels, n);
  dot_random_uniform (seed, DOT_STREAM_MIXING, update, run->mixing, n);
  dot_random_uniform (seed, DOT_STREAM_REAL_AUGMENT, update, run->real_numbers,
                      n * DOT_AUGMENT_NUMBERS);
  dot_random_uniform (seed, DOT_STREAM_FAKE_AUGMENT, update, run->fake_numbers,
                      n * DOT_AUGMENT_NUMBERS);
}

static gboolean
update_discriminator (DotTrainRun *run,
                      guint64      update,
                      double       rate,
                      DotAugment   augment,
                      DotFakes     fakes,
                      GError     **error)
{
  double           *sums = run->state.sums;
  DotTrainerFigures figures;
  DotTrainerBatch   batch = { .size         = run->config->batch,
                              .update       = update,
                              .rate         = rate,
                              .images       = run->images,
                              .latents      = run->latents,
                              .mixing       = run->mixing,
                              .augment      = augment,
                              .real_numbers = run->real_numbers,
                              .fake_numbers = run->fake_numbers,
                              .fakes        = fakes };

  draw_discriminator (run, update);
  if (! dot_batches_get (run->batches, update - 1, run->images, run->labels, error))
    return FALSE;
  if (run->shape.n_labels > 0)
    {
      batch.labels      = run->labels;
      batch.fake_labels = run->fake_labels;
    }
  if (! dot_trainer_update_discriminator (run->trainer, &batch, &figures, error) ||
      ! check_finite (run, figures.loss + figures.penalty, error))
    return FALSE;

  sums[DOT_SUM_DISCRIMINATOR_LOSS] += figures.loss;
  sums[DOT_SUM_PENALTY] += figures.penalty;
  sums[DOT_SUM_SLOPE] += figures.slope;
  sums[DOT_SUM_REAL_SCORE] += figures.real_score;
  sums[DOT_SUM_FAKE_SCORE] += figures.fake_score;
  sums[DOT_SUM_DISCRIMINATOR_UPDATES] += 1.0;
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

static gboolean
update_generator (DotTrainRun *run, guint64 step, GError **error)
{
  const DotTrainConfig *config = run->config;
  guint64               seed   = config->seed;
  gsize                 n      = config->batch;
  DotTrainerFigures     figures;
  DotTrainerBatch       batch = { .size         = n,
                                  .update       = step,
                                  .rate         = get_rate (run, 0, step),
                                  .latents      = run->latents,
                                  .augment      = config->augment,
                                  .fake_numbers = run->fake_numbers,
                                  .average      = get_decay (run, step) };

  dot_random_latents (config->prior, seed, DOT_STREAM_GENERATOR_LATENTS, step, run->latents,
                      n * run->shape.latent_size);
  dot_random_labels (seed, DOT_STREAM_GENERATOR_LABELS, step, run->shape.n_labels, run->fake_labels,
                     n);
  dot_random_uniform (seed, DOT_STREAM_GENERATOR_AUGMENT, step, run->fake_numbers,
                      n * DOT_AUGMENT_NUMBERS);
  if (run->shape.n_labels > 0)
    batch.fake_labels = run->fake_labels;
  if (! dot_trainer_update_generator (run->trainer, &batch, &figures, error) ||
      ! check_finite (run, figures.loss, error))
    return FALSE;

  run->state.sums[DOT_SUM_GENERATOR_LOSS] += figures.loss;
  run->state.sums[DOT_SUM_GENERATOR_UPDATES] += 1.0;
  return TRUE;
}

/**
 * dot_train_run_step:
 *
 * n_dis updates of the discriminator, and one of the generator.
 */
gboolean
dot_train_run_step (DotTrainRun *run, GError **error)
{
  const DotTrainConfig *config = run->config;
  guint64               step   = run->state.step + 1;
  guint64               first  = count_updates (run) + 1;
  double                rate   = get_rate (run, 1, step);

  for (guint i = 0; i < config->n_dis; i++)
    if (! update_discriminator (run, first + i, rate, config->augment, config->fakes, error))
      return FALSE;
  if (! update_generator (run, step, error))
    return FALSE;

  run->state.step = step;
  return TRUE;
}

/**
 * dot_train_run_step_finish:
 *
 * One update of the discriminator against the generator that will be saved.
 */
gboolean
dot_train_run_step_finish (DotTrainRun *run, GError **error)
{
  const DotTrainConfig *config = run->config;

  if (! update_discriminator (run, count_updates (run) + 1, config->finish_rate,
                              config->finish_augment, DOT_FAKES_FINAL, error))
    return FALSE;

  run->state.finish_step++;
  return TRUE;
}
