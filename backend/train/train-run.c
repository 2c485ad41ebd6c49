/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "train-run.h"

void
dot_train_run_show_progress (DotTrainRun *run, const char *message, double fraction)
{
  if (run->options->progress)
    run->options->progress (message, fraction, run->options->user_data);
}

/**
 * dot_train_run_save:
 *
 * Writes a checkpoint of the step that was done last.
 */
gboolean
dot_train_run_save (DotTrainRun *run, GError **error)
{
  return dot_checkpoint_save (run->options->out, run->trainer, &run->state, run->checksum, error);
}

/**
 * dot_train_run_save_weights:
 *
 * Writes the pair of the step that was done last, which stays.
 */
gboolean
dot_train_run_save_weights (DotTrainRun *run, GError **error)
{
  guint64          step = run->state.step + run->state.finish_step;
  g_autofree char *name = g_strdup_printf ("%09" G_GUINT64_FORMAT, step);
  g_autofree char *path = g_build_filename (run->options->out, "weights", name, NULL);

  return dot_checkpoint_save_files (run->trainer, run->config->projected.features != NULL, path,
                                    error);
}

void
dot_train_run_clear (DotTrainRun *run)
{
  g_clear_pointer (&run->trainer, dot_trainer_free);
  g_clear_pointer (&run->batches, dot_batches_free);
  g_clear_pointer (&run->dataset, dot_dataset_free);
  g_free (run->log);
  g_free (run->checksum);
  g_free (run->images);
  g_free (run->labels);
  g_free (run->latents);
  g_free (run->fake_labels);
  g_free (run->wrong_labels);
  g_free (run->mixing);
  g_free (run->real_numbers);
  g_free (run->fake_numbers);
  dot_lock_release (&run->lock);
  g_free (run->generator_numbers);
}
