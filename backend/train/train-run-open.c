/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where a run begins: its data, its two networks, and its last checkpoint. */

#include "train-run.h"

#include "network/architecture-describe.h"
#include "network/initial.h"
#include "network/retouch.h"

#include "base/whole-file.h"
#include "import/convert.h"

#include "base/intl.h"

#include <string.h>

static const char *const files[] = { "generator.npz", "discriminator.npz" };

/*  data  */

static gboolean
open_data (DotTrainRun *run, GError **error)
{
  const DotTrainConfig *config = run->config;
  DotDatasetOptions     options;

  dot_dataset_options_init (&options);
  options.kind        = config->data_kind;
  options.path        = config->data_path;
  options.part        = config->data_part;
  options.size        = config->image_size > 1 ? config->image_size : 0;
  options.classes     = (const char *const *) config->data_classes;
  options.flip        = config->data_flip;
  options.n_threads   = run->options->n_threads;
  options.progress    = dot_train_run_is_first (run) ? run->options->progress : NULL;
  options.notice      = dot_train_run_is_first (run) ? run->options->notice : NULL;
  options.user_data   = run->options->user_data;
  options.cancellable = run->options->cancellable;

  run->dataset = dot_dataset_open (&options, error);
  if (! run->dataset)
    return FALSE;
  run->batches = dot_batches_new_part (run->dataset, config->batch, run->first, run->n,
                                       config->seed, run->options->n_threads);
  return TRUE;
}

/*  starting weights  */

static void
fill_sizes (const DotTrainRun *run, DotInitialSizes *sizes)
{
  const DotTrainConfig *config = run->config;

  *sizes = (DotInitialSizes) {
    .architecture = config->architecture,
    .image_size   = config->image_size,
    .latent_size  = config->latent_size,
    .widths       = { config->widths[0], config->widths[1] },
    .n_labels     = config->labels ? dot_dataset_get_n_labels (run->dataset) : 0,
    .attention    = config->attention,
    .spectral     = config->spectral,
    .seed         = config->seed,
  };
}

/* One of the pair's files that the configuration names. */
static gboolean
copy_initial (DotTrainRun *run, guint i, const char *path, GError **error)
{
  const DotTrainConfig *config      = run->config;
  GCancellable         *cancellable = run->options->cancellable;

  if (i == 0 && config->retouch_width > 0)
    return dot_retouch_write (config->initial[i], path, config->retouch_width, config->seed,
                              cancellable, error);
  return dot_convert_copy (config->initial[i], path, cancellable, error);
}

/* A run keeps what it began from, so that it can go on without the files that
 * it was begun with. */
static gboolean
ensure_initial (DotTrainRun *run, const char *folder, GError **error)
{
  const DotArchitecture *architecture = dot_architecture_find (run->config->architecture, error);
  DotInitialSizes        sizes;

  if (! architecture)
    return FALSE;
  fill_sizes (run, &sizes);
  if (! run->config->initial[0] && ! dot_initial_check (architecture->initial, &sizes, error))
    return FALSE;
  if (! dot_whole_file_make_folder (folder, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (run->config->initial[i]
            ? ! copy_initial (run, i, path, error)
            : ! dot_initial_write (architecture->initial, &sizes, i, path, error))
        return FALSE;
    }
  return TRUE;
}

/*  networks  */

static gboolean
fail_size (const char *what, guint pair, guint data, GError **error)
{
  /* Translators: the first %s is one of the words below */
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("The pair is for %s %u and the data have %u: change the "
                  "configuration, or give other data."),
               what, pair, data);
  return FALSE;
}

static gboolean
check_shape (const DotTrainRun *run, GError **error)
{
  const DotPairShape *shape    = &run->shape;
  guint               n_labels = dot_dataset_get_n_labels (run->dataset);
  guint               channels = dot_dataset_get_channels (run->dataset);
  guint               height   = dot_dataset_get_height (run->dataset);

  if (shape->channels != channels)
    return fail_size (_ ("channels:"), shape->channels, channels, error);
  if (shape->image_size != height || height != dot_dataset_get_width (run->dataset))
    return fail_size (_ ("pixels:"), shape->image_size, height, error);
  if (shape->n_labels > 0 && shape->n_labels != n_labels)
    return fail_size (_ ("classes:"), shape->n_labels, n_labels, error);
  return TRUE;
}

static gboolean
make_trainer (DotTrainRun *run, const char *folder, GError **error)
{
  const DotArchitecture *architecture  = dot_architecture_find (run->config->architecture, error);
  g_autofree char       *g_path        = g_build_filename (folder, files[0], NULL);
  g_autofree char       *d_path        = g_build_filename (folder, files[1], NULL);
  g_autoptr (DotWeights) g             = NULL;
  g_autoptr (DotWeights) d             = NULL;
  g_autoptr (DotNetwork) generator     = NULL;
  g_autoptr (DotNetwork) discriminator = NULL;
  g_autoptr (DotProjectedHeads) heads  = NULL;
  DotTrainerOptions   options          = run->config->trainer;
  DotTrainerProjected projected;

  options.device    = run->options->device;
  options.n_threads = run->options->n_threads;
  options.ranks     = dot_ranks_get_handle (run->ranks);
  if (! architecture || ! (g = dot_weights_open (g_path, error)) ||
      ! (d = dot_weights_open (d_path, error)) ||
      ! dot_architecture_describe_pair (architecture, g, architecture, d, &run->shape, error) ||
      ! check_shape (run, error))
    return FALSE;
  if (run->config->projected.features)
    {
      if (! (heads = dot_train_run_judges_open (run, folder, &projected, error)))
        return FALSE;
      options.projected = &projected;
    }

  generator     = architecture->read_generator (g, &run->shape, DOT_FORM_TRAINING, error);
  discriminator = generator
                    ? architecture->read_discriminator (d, &run->shape, DOT_FORM_TRAINING, error)
                    : NULL;
  if (discriminator)
    run->trainer = dot_trainer_new (generator, discriminator, &options, error);
  return run->trainer != NULL;
}

/* The files of rank 0, which are all in its folder by then. */
static gboolean
share_files (DotTrainRun *run, const char *folder, GError **error)
{
  const char *last  = run->config->projected.features ? "projected.npz" : NULL;
  const char *all[] = { files[0], files[1], last };

  for (guint i = 0; i < G_N_ELEMENTS (all) && all[i]; i++)
    {
      g_autofree char *path = g_build_filename (folder, all[i], NULL);

      if (! dot_ranks_share_file (run->ranks, path, error))
        return FALSE;
    }
  return TRUE;
}

/* What rank 0 begins with is all that the others need to know. */
static gboolean
make_trainer_of_first (DotTrainRun *run, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *folder  = g_dir_make_tmp ("dot-refine-XXXXXX", &cause);
  gboolean         made;

  if (! folder)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                   _ ("No temporary folder can be made (%s): free some space, or set TMPDIR to "
                      "another disk."),
                   cause->message);
      return FALSE;
    }
  made = share_files (run, folder, error) && make_trainer (run, folder, error);
  dot_whole_file_remove_folder (folder);
  return made;
}

/*  going on  */

static gboolean
fail_length (guint64 step, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("The run is past its first phase, which ended with step %u: "
                  "give that number of steps, or another folder with --out."),
               (guint) step);
  return FALSE;
}

/* What an evaluator can't do it says now, not hours later. */
static gboolean
prepare_evaluator (DotTrainRun *run, GError **error)
{
  const DotTrainOptions *options = run->options;

  return ! options->prepare ||
         options->prepare (run->dataset, options->evaluate_data, options->cancellable, error);
}

static gboolean
resume (DotTrainRun *run, GError **error)
{
  g_autofree char *path  = dot_checkpoint_find (run->options->out);
  DotTrainState   *state = &run->state;
  DotTrainRow      form  = { 0 };

  if (path && ! dot_checkpoint_load (path, run->trainer, state, run->checksum, error))
    return FALSE;
  if (state->finish_step > 0 && state->step != run->config->steps)
    return fail_length (state->step, error);
  dot_train_run_fill_form (run, &form);
  return dot_train_log_cut (run->log, &form, state->step + state->finish_step, error);
}

static void
make_room (DotTrainRun *run)
{
  gsize n = run->config->batch;

  run->items        = (gsize) run->shape.channels * run->shape.image_size * run->shape.image_size;
  run->images       = g_new (float, n * run->items);
  run->labels       = g_new (gint32, n);
  run->latents      = g_new (float, n * run->shape.latent_size);
  run->fake_labels  = g_new (gint32, n);
  run->wrong_labels = g_new (gint32, n);
  run->mixing       = g_new (float, n);
  run->real_numbers = g_new (float, n *DOT_AUGMENT_NUMBERS);
  run->fake_numbers = g_new (float, n *DOT_AUGMENT_NUMBERS);
  run->generator_numbers = g_new (float, n *DOT_AUGMENT_NUMBERS);
}

/* One training writes into a folder at a time; what a killed one left there
 * goes. */
static gboolean
take_folder (DotTrainRun *run, const char *initial, GError **error)
{
  const char      *out     = run->options->out;
  g_autofree char *weights = g_build_filename (out, "weights", NULL);
  g_autofree char *samples = g_build_filename (out, "samples", NULL);
  const char      *all[]   = { out, initial, weights, samples };

  if (! dot_whole_file_make_folder (out, error))
    return FALSE;
  if (! dot_lock_try (&run->lock, out))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                   _ ("Another training is running in %s: wait until it ends, or choose another "
                      "folder with --out."),
                   out);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    dot_whole_file_remove_left_overs (all[i]);
  return TRUE;
}

/* Rank 0 has a folder, and goes on from what is there. */
static gboolean
open_first (DotTrainRun *run, GError **error)
{
  g_autofree char *folder = g_build_filename (run->options->out, "initial", NULL);

  return take_folder (run, folder, error) && open_data (run, error) &&
         dot_train_run_ranks_join (run, error) && ensure_initial (run, folder, error) &&
         make_trainer (run, folder, error) && share_files (run, folder, error) &&
         resume (run, error) && dot_train_run_ranks_share (run, error) &&
         prepare_evaluator (run, error);
}

static gboolean
open_other (DotTrainRun *run, GError **error)
{
  return open_data (run, error) && dot_train_run_ranks_join (run, error) &&
         make_trainer_of_first (run, error) && dot_train_run_ranks_share (run, error);
}

/**
 * dot_train_run_open:
 * @run: (inout): zeros, and no lock
 *
 * Makes a run, or takes up the one in the folder where there is one.
 */
gboolean
dot_train_run_open (DotTrainRun           *run,
                    const DotTrainConfig  *config,
                    const DotTrainOptions *options,
                    GError               **error)
{
  run->config   = config;
  run->options  = options;
  run->checksum = g_strdup (config->checksum);
  run->log      = g_build_filename (options->out, "log.csv", NULL);
  if (! dot_train_run_ranks_divide (run, error) ||
      ! (dot_train_run_is_first (run) ? open_first (run, error) : open_other (run, error)))
    return FALSE;

  make_room (run);
  run->began = g_get_monotonic_time ();
  return TRUE;
}
