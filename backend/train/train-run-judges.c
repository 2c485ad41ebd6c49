/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The projected discriminator of a run: its feature network, and the weights
 * that it begins from. */

#include "train-run.h"

#include "base/whole-file.h"
#include "format/file-kind.h"
#include "import/convert.h"
#include "model/model-trust.h"

/* What the network makes of real pictures, which are those of the first batch
 * whenever the run goes on. */
static gboolean
inspect (DotTrainRun             *run,
         const DotFeatureNetwork *network,
         DotFeatureMap            maps[DOT_FEATURE_MAPS],
         GError                 **error)
{
  guint             size   = dot_dataset_get_height (run->dataset);
  guint             n      = run->config->batch;
  g_autofree float *images = g_new (float, n * 3 * size * size);
  g_autoptr (DotBatches)
    whole = dot_batches_new (run->dataset, n, run->config->seed, run->options->n_threads);

  return dot_batches_get (whole, 0, images, NULL, error) &&
         dot_trainer_inspect_features (network, run->options->device, images, n, size, maps, error);
}

static gboolean
ensure_initial (DotTrainRun *run, const char *path, const DotFeatureMap *maps, GError **error)
{
  const DotTrainConfig *config = run->config;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (config->projected.initial)
    return dot_convert_copy (config->projected.initial, path, run->options->cancellable, error);
  return dot_projected_heads_write (path, maps, run->shape.n_labels, config->seed, error);
}

/* A run doesn't go on with another feature network. */
static gboolean
add_to_checksum (DotTrainRun *run, const char *path, GError **error)
{
  g_autofree char *network = dot_whole_file_get_checksum (path, error);
  g_autofree char *both    = g_strconcat (run->checksum, network, NULL);

  if (! network)
    return FALSE;
  g_free (run->checksum);
  run->checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  return TRUE;
}

/**
 * dot_train_run_judges_open:
 * @folder: of the weights that the run begins from
 * @options: (out): of the trainer's projected discriminator
 *
 * Returns: (transfer full): the heads, which @options points to, or %NULL with
 *   @error
 */
DotProjectedHeads *
dot_train_run_judges_open (DotTrainRun         *run,
                           const char          *folder,
                           DotTrainerProjected *options,
                           GError             **error)
{
  const DotTrainProjected *judge = &run->config->projected;
  g_autofree char         *path  = g_build_filename (folder, "projected.npz", NULL);
  DotProjectedHeads       *heads = NULL;
  DotFeatureMap            maps[DOT_FEATURE_MAPS];

  *options = (DotTrainerProjected) { .features = { judge->features, judge->side },
                                     .weight   = judge->weight,
                                     .betas    = { judge->betas[0], judge->betas[1] } };
  if (dot_file_kind_expect (judge->features, DOT_FILE_WANT_PROGRAM, error) &&
      (run->options->trust || dot_model_trust_check_file (judge->features, error)) &&
      add_to_checksum (run, judge->features, error) &&
      inspect (run, &options->features, maps, error) && ensure_initial (run, path, maps, error))
    heads = dot_projected_heads_read (path, maps, run->shape.n_labels, error);
  options->heads = heads;
  return heads;
}
