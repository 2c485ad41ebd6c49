/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A run on several machines: what each takes of a batch, what all must agree
 * on, and what rank 0 gives to the others, who need nothing of its folder. */

#include "config.h"

#include "train-run.h"

#include "base/whole-file.h"

#include "base/intl.h"

/* Before rank 0 listens nobody knows where; it is written here where nothing
 * else was said. */
#define RENDEZVOUS "rendezvous"

/**
 * dot_train_run_ranks_divide:
 *
 * Finds this process's part of each batch.
 */
gboolean
dot_train_run_ranks_divide (DotTrainRun *run, GError **error)
{
  guint batch   = run->config->batch;
  guint n_ranks = MAX (run->options->ranks.n_ranks, 1);

  if (batch % n_ranks != 0)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("A batch of %u can't be divided among %u ranks: set “batch” to a multiple of "
                      "that, or start another number of ranks."),
                   batch, n_ranks);
      return FALSE;
    }
  run->n     = batch / n_ranks;
  run->first = run->n * run->options->ranks.rank;
  return TRUE;
}

/* Labels by their names: other folders' pictures would be of other classes. */
static void
add_data (DotTrainRun *run, GString *text)
{
  guint n_labels = dot_dataset_get_n_labels (run->dataset);

  g_string_append_printf (text, "%" G_GUINT64_FORMAT, dot_dataset_get_n_items (run->dataset));
  for (guint i = 0; i < n_labels; i++)
    {
      const char *name = dot_dataset_get_label_name (run->dataset, i);

      g_string_append_printf (text, "\n%s", name ? name : "");
    }
}

/* All that ranks must have in common.  Where data and networks lie doesn't
 * matter, but all that says when something is done together. */
static char *
summarize (DotTrainRun *run, GError **error)
{
  const DotTrainConfig *config   = run->config;
  g_autofree char      *features = NULL;
  g_autoptr (GString) text       = g_string_new (DOT_VERSION "\n");

  if (config->projected.features &&
      ! (features = dot_whole_file_get_checksum (config->projected.features, error)))
    return NULL;
  g_string_append_printf (text, "%s\n%s\n%u %u %u %u %u %u %u %u\n", config->checksum,
                          features ? features : "", run->options->ranks.n_ranks,
                          config->trainer.precision, config->steps, config->finish_steps,
                          config->log_every, config->save_every, config->samples_every,
                          config->evaluate_every);
  g_string_append_printf (text, "%.9g %.9g %d %.9g %d\n", config->finish_rate,
                          config->projected.finish_rate, config->finish_augment,
                          config->finish_mismatch, config->finish_decay);
  g_string_append_printf (text, "%.9g %u %.9g %.9g\n", config->refined.share,
                          config->refined.updates, config->refined.rate, config->refined.k_eff);
  add_data (run, text);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

/**
 * dot_train_run_ranks_join:
 *
 * Waits for the other processes, where there are any.
 */
gboolean
dot_train_run_ranks_join (DotTrainRun *run, GError **error)
{
  DotRanksOptions  options = run->options->ranks;
  g_autofree char *file    = g_build_filename (run->options->out, RENDEZVOUS, NULL);
  g_autofree char *summary = NULL;

  if (options.n_ranks < 2)
    return TRUE;
  if (! options.rendezvous)
    options.rendezvous = file;
  summary = summarize (run, error);
  if (summary)
    run->ranks = dot_ranks_join (&options, summary, run->options->cancellable, error);
  return run->ranks != NULL;
}

static gboolean
share_array (const char     *name,
             const DotShape *shape,
             float          *values,
             gpointer        user_data,
             GError        **error)
{
  gsize n = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    n *= shape->axes[i];
  return dot_ranks_share (user_data, values, n * sizeof (float), error);
}

/**
 * dot_train_run_ranks_share:
 *
 * Gives all the state of rank 0: what its checkpoint holds.  Machines of
 * different kinds don't drift apart, and a run that goes on comes to the
 * numbers that it would have come to.
 */
gboolean
dot_train_run_ranks_share (DotTrainRun *run, GError **error)
{
  return ! run->ranks ||
         (dot_ranks_share (run->ranks, &run->state, sizeof (run->state), error) &&
          dot_trainer_for_each_array (run->trainer, TRUE, share_array, run->ranks, error));
}
