/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A training from its begin, or its last checkpoint, to a model. */

#include "train.h"

#include "train-run.h"

#include "base/intl.h"

/* Latents that the averaged generator's statistics are taken from: on the way,
 * and for the generator that is saved. */
#define SOME_LATENTS 512
#define MANY_LATENTS 4096

static gboolean
is_due (guint64 step, guint every)
{
  return every > 0 && step % every == 0;
}

static gboolean
is_row_due (const DotTrainRun *run, gboolean last)
{
  guint64 step = run->state.step + run->state.finish_step;

  return last || is_due (step, run->config->log_every) ||
         is_due (step, run->config->evaluate_every);
}

/* Where measuring is cancelled the step isn't lost: its sums are in the
 * checkpoint, and the row is written when the run goes on. */
static gboolean
report (DotTrainRun *run, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (dot_train_run_report (run, &cause))
    return TRUE;
  if (! g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      dot_train_run_save (run, error))
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* What is due after a step.  The statistics are taken at the intervals only,
 * so that a run that was interrupted between them goes on to the same
 * numbers.  The checkpoint comes last: what it says was done is in the log. */
static gboolean
evaluate_step (DotTrainRun *run, gboolean last, GError **error)
{
  const DotTrainConfig *config  = run->config;
  guint64               step    = run->state.step + run->state.finish_step;
  gboolean              save    = last || is_due (step, config->save_every);
  gboolean              samples = is_due (step, config->samples_every);
  gboolean              measure = is_due (step, config->evaluate_every);
  gboolean              weights = is_due (step, config->weights_every);

  if ((save || samples || measure || weights) && run->state.finish_step == 0 &&
      ! dot_train_run_estimate_statistics (run, SOME_LATENTS, error))
    return FALSE;
  if ((samples && ! dot_train_run_samples_draw (run, error)) ||
      (weights && ! dot_train_run_save_weights (run, error)))
    return FALSE;
  if (is_row_due (run, last) && ! report (run, error))
    return FALSE;
  return ! save || (dot_train_run_save (run, error) && dot_train_run_ranks_share (run, error));
}

static gboolean
has_sums (const DotTrainRun *run)
{
  return run->state.sums[DOT_SUM_DISCRIMINATOR_UPDATES] +
           run->state.sums[DOT_SUM_GENERATOR_UPDATES] >
         0.0;
}

/* The row of the step that the run stopped at, where it is not written. */
static gboolean
write_last_row (DotTrainRun *run, GError **error)
{
  const DotTrainConfig *config = run->config;
  gboolean              last;

  last = run->state.finish_step > 0 ? run->state.finish_step == config->finish_steps
                                    : run->state.step == config->steps;
  return ! has_sums (run) || ! is_row_due (run, last) || evaluate_step (run, last, error);
}

/* The step that is done is not lost.  Who is cancelled stops all ranks, after
 * the same step. */
static gboolean
stop (DotTrainRun *run, GError **error)
{
  GCancellable *cancellable = run->options->cancellable;
  gboolean      cancelled   = g_cancellable_is_cancelled (cancellable);
  gboolean      saved       = run->state.step == run->config->steps && run->state.finish_step == 0;
  g_autoptr (GError) cause  = NULL;

  if (! dot_ranks_agree (run->ranks, &cancelled, &cause))
    {
      if (! g_cancellable_set_error_if_cancelled (cancellable, error))
        g_propagate_error (error, g_steal_pointer (&cause));
      return TRUE;
    }
  if (! cancelled)
    return FALSE;
  if (saved || dot_train_run_save (run, error))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
  return TRUE;
}

static gboolean
train (DotTrainRun *run, GError **error)
{
  guint64 steps = run->config->steps;

  while (run->state.step < steps)
    {
      dot_train_run_show_progress (run, _ ("Training"), (double) run->state.step / (double) steps);
      if (stop (run, error) || ! dot_train_run_step (run, error) ||
          ! evaluate_step (run, run->state.step == steps, error))
        return FALSE;
    }
  return TRUE;
}

/* From here on the generator is the one that is saved. */
static gboolean
train_alone (DotTrainRun *run, GError **error)
{
  guint64 steps = run->config->finish_steps;

  if (run->state.finish_step == 0 && ! dot_train_run_estimate_statistics (run, MANY_LATENTS, error))
    return FALSE;

  while (run->state.finish_step < steps)
    {
      dot_train_run_show_progress (run, _ ("Training the discriminator alone"),
                                   (double) run->state.finish_step / (double) steps);
      if (stop (run, error) || ! dot_train_run_step_finish (run, error) ||
          ! evaluate_step (run, run->state.finish_step == steps, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dot_train:
 * @result: (out):
 *
 * Trains a pair, this process its part of each batch where there are several.  Where the run's folder has a checkpoint of the same
 * configuration it goes on from there, to the numbers that it would have come
 * to; killed at any moment, it loses what was done since the last one.
 *
 * Returns: %FALSE with @error; a cancelled run has written a checkpoint
 */
gboolean
dot_train (const DotTrainConfig  *config,
           const DotTrainOptions *options,
           DotTrainResult        *result,
           GError               **error)
{
  g_auto (DotTrainRun) run = {
    .lock = DOT_LOCK_NONE,
  };

  *result = (DotTrainResult) {
    0,
  };
  if (! dot_train_run_open (&run, config, options, error))
    return FALSE;

  result->device  = g_strdup (dot_trainer_get_device_name (run.trainer));
  result->resumed = run.state.step + run.state.finish_step;
  if (result->resumed < config->steps + config->finish_steps &&
      ! dot_train_run_outdate (&run, error))
    return FALSE;
  if (! write_last_row (&run, error) || ! train (&run, error) || ! train_alone (&run, error))
    return FALSE;

  result->step  = run.state.step + run.state.finish_step;
  result->model = dot_train_run_finish (&run, error);
  return result->model != NULL;
}

void
dot_train_result_clear (DotTrainResult *result)
{
  g_clear_pointer (&result->model, g_free);
  g_clear_pointer (&result->device, g_free);
}
