/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Many pictures of a pair, refined a batch at a time, each looked at after some
 * numbers of updates.  What a batch came to is kept in a file, so that a run
 * that was interrupted goes on with the next batch. */

#include "samples.h"

#include "samples-work.h"

#include "format/npz.h"
#include "base/whole-file.h"
#include "engine/pair.h"
#include "model/model.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <glib/gstdio.h>
#include <string.h>

/* Beside a batch, while it is made. */
#define LABELS ".labels"

typedef struct
{
  DotPair                 *pair;
  const DotSamplesOptions *options;
  DotFeatures             *network;
  DotSamples              *samples;
  DotWorkFolder           *folder;
  DotProgressFunc          progress;
  gpointer                 user_data;

  /* the batch */
  gsize         part;
  gsize         first;
  gsize         n;
  guint         next;        /* of options->updates */
  GCancellable *cancellable; /* the batch's own */
  GError       *error;       /* why a step couldn't be kept */
} Sampling;

void
dot_samples_free (DotSamples *samples)
{
  if (! samples)
    return;

  g_free (samples->features);
  g_free (samples->probabilities);
  g_free (samples->scores);
  g_free (samples);
}

static DotSamples *
samples_new (const DotSamplesOptions *options, DotFeatures *network, GError **error)
{
  g_autoptr (DotSamples) samples = g_new0 (DotSamples, 1);
  gsize rows                     = options->count * options->n_updates;

  samples->count     = options->count;
  samples->n_updates = options->n_updates;
  if (network)
    {
      samples->n_features = dot_features_get_size (network);
      samples->n_classes  = dot_features_get_n_classes (network);
    }
  samples->scores        = g_try_new (float, rows);
  samples->features      = g_try_new (float, rows * samples->n_features);
  samples->probabilities = g_try_new (float, rows * samples->n_classes);
  if (samples->scores && (! network || (samples->features && samples->probabilities)))
    return g_steal_pointer (&samples);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the features of %zu samples: take fewer."),
               options->count);
  return NULL;
}

/*  what is finished  */

typedef struct
{
  const char *key;
  float      *values;
  gsize       size;
} Part;

/* What there is of each sample after update @u: (n, size) from the batch on. */
static void
list_parts (const Sampling *sampling, guint u, Part parts[3])
{
  const DotSamples *samples = sampling->samples;
  gsize             row     = u * samples->count + sampling->first;

  parts[0] = (Part) { "score", samples->scores + row, 1 };
  parts[1] = (Part) { "features", samples->features + row * samples->n_features,
                      samples->n_features };
  parts[2] = (Part) { "probabilities", samples->probabilities + row * samples->n_classes,
                      samples->n_classes };
}

static gboolean
save_batch (const Sampling *sampling, GError **error)
{
  g_autofree char *path           = dot_work_folder_get_path (sampling->folder, sampling->part);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);

  if (! writer)
    return FALSE;

  for (guint u = 0; u < sampling->options->n_updates; u++)
    {
      Part parts[3];

      list_parts (sampling, u, parts);
      for (guint i = 0; i < G_N_ELEMENTS (parts) && parts[i].size > 0; i++)
        {
          const gsize      shape[] = { sampling->n, parts[i].size };
          g_autofree char *key     = g_strdup_printf ("%s_%u", parts[i].key,
                                                      sampling->options->updates[u]);

          if (! dot_npz_writer_add (writer, key, parts[i].values, 2, shape, error))
            return FALSE;
        }
    }
  return dot_npz_writer_close (writer, error);
}

/* FALSE where there is none that fits: it is made anew then. */
static gboolean
load_batch (const Sampling *sampling)
{
  g_autofree char *path  = dot_work_folder_get_path (sampling->folder, sampling->part);
  g_autoptr (DotNpz) npz = NULL;

  if (! g_file_test (path, G_FILE_TEST_EXISTS) || ! (npz = dot_npz_open (path, NULL)))
    return FALSE;

  for (guint u = 0; u < sampling->options->n_updates; u++)
    {
      Part parts[3];

      list_parts (sampling, u, parts);
      for (guint i = 0; i < G_N_ELEMENTS (parts) && parts[i].size > 0; i++)
        {
          const gsize      shape[]   = { sampling->n, parts[i].size };
          g_autofree char *key       = g_strdup_printf ("%s_%u", parts[i].key,
                                                        sampling->options->updates[u]);
          g_autoptr (DotArray) array = dot_npz_read (npz, key, 2, shape, NULL);

          if (! array)
            return FALSE;
          memcpy (parts[i].values, array->data, array->n_items * sizeof (float));
        }
    }
  return TRUE;
}

/*  a batch  */

static guint8 *
pixels_of (const DotStep *step)
{
  gsize   size   = (gsize) step->channels * step->width * step->height;
  gsize   plane  = (gsize) 3 * step->width * step->height;
  guint8 *pixels = g_new (guint8, step->batch * plane);

  for (gsize i = 0; i < step->batch; i++)
    {
      g_autofree guint8 *one = dot_pixels_from_image (step->images + i * size, step->channels,
                                                      step->width, step->height);

      memcpy (pixels + i * plane, one, plane);
    }
  return pixels;
}

static gboolean
process_step (Sampling *sampling, const DotStep *step, GError **error)
{
  g_autofree guint8 *pixels = NULL;
  Part               parts[3];

  list_parts (sampling, sampling->next++, parts);
  for (gsize i = 0; i < step->batch; i++)
    parts[0].values[i] = (float) step->scores[i];
  if (! sampling->network)
    return TRUE;

  pixels = pixels_of (step);
  return dot_features_compute (sampling->network, pixels, step->batch, parts[1].values,
                               parts[2].values, error);
}

/* A callback can't fail, so it ends the batch instead. */
static void
on_step (const DotStep *step, gpointer data)
{
  Sampling                *sampling = data;
  const DotSamplesOptions *options  = sampling->options;
  double                   part;

  if (sampling->error)
    return;
  if (sampling->next < options->n_updates && step->update == options->updates[sampling->next] &&
      ! process_step (sampling, step, &sampling->error))
    g_cancellable_cancel (sampling->cancellable);

  part = (step->update + 1.0) / (step->n_updates + 1.0);
  if (sampling->progress)
    sampling->progress (
      _ ("Refining samples"), (sampling->first + part * sampling->n) / options->count,
                        sampling->user_data);
}

static void
on_progress (const char *message, double fraction, gpointer data)
{
  Sampling *sampling = data;

  if (sampling->progress)
    sampling->progress (message, fraction, sampling->user_data);
}

/* All classes in turn: a label for each sample. */
static gboolean
write_labels (const Sampling *sampling, const char *path, GError **error)
{
  DotModel          *model  = dot_pair_get_model (sampling->pair);
  guint              n      = dot_model_get_n_classes (model);
  g_autofree double *labels = g_new (double, sampling->n);
  g_autoptr (GBytes) bytes  = NULL;

  for (gsize i = 0; i < sampling->n; i++)
    labels[i] = (sampling->first + i) % n;
  bytes = dot_latents_to_npy (labels, sampling->n, 1);
  return dot_whole_file_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              error);
}

static DotRefineOptions *
batch_options (const Sampling *sampling, GError **error)
{
  const DotSamplesOptions *options = sampling->options;
  DotModel                *model   = dot_pair_get_model (sampling->pair);
  g_autoptr (DotRefineOptions) run = dot_refine_options_copy (options->run);
  g_autofree char *path            = NULL;

  run->seed += sampling->first;
  run->count   = sampling->n;
  run->updates = options->updates[options->n_updates - 1];
  g_clear_pointer (&run->labels, g_free);
  if (run->class_name || dot_model_get_n_classes (model) == 0)
    return g_steal_pointer (&run);

  path        = dot_work_folder_get_path (sampling->folder, sampling->part);
  run->labels = g_strconcat (path, LABELS, NULL);
  return write_labels (sampling, run->labels, error) ? g_steal_pointer (&run) : NULL;
}

static void
on_cancelled (GCancellable *cancellable, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
make_batch (Sampling *sampling, GCancellable *cancellable, GError **error)
{
  g_autoptr (DotRefineOptions) run = batch_options (sampling, error);
  g_autoptr (GCancellable) inner   = g_cancellable_new ();
  gulong   handler                 = 0;
  gboolean done;

  if (! run)
    return FALSE;

  sampling->next        = 0;
  sampling->cancellable = inner;
  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), inner, NULL);
  done = dot_refine (sampling->pair, run, on_step, on_progress, sampling, inner, error);
  g_cancellable_disconnect (cancellable, handler);
  if (run->labels)
    g_unlink (run->labels);

  if (! sampling->error)
    return done && save_batch (sampling, error);
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&sampling->error));
  return FALSE;
}

/* Those of the shard.  A batch is the same whatever others there are. */
static gboolean
make_all (Sampling *sampling, GCancellable *cancellable, GError **error)
{
  const DotSamplesOptions *options = sampling->options;

  for (gsize part = 0; part < dot_samples_count_batches (options); part++)
    {
      sampling->part  = part;
      sampling->first = part * options->batch;
      sampling->n     = MIN (options->batch, options->count - sampling->first);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (dot_work_folder_is_mine (sampling->folder, part) && ! load_batch (sampling) &&
          ! make_batch (sampling, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_pictures (const Sampling *sampling, GError **error)
{
  DotModel *model = dot_pair_get_model (sampling->pair);

  if (! sampling->network ||
      (dot_model_get_channels (model) != 2 &&
       dot_model_get_image_size (model) == dot_features_get_side (sampling->network)))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s makes no pictures of %u pixels: leave the feature network "
                  "out, or take another model."),
               dot_model_get_title (model), dot_features_get_side (sampling->network));
  return FALSE;
}

/**
 * dot_samples_count_batches:
 *
 * Returns: how many parts the samples are made in
 */
gsize
dot_samples_count_batches (const DotSamplesOptions *options)
{
  return (options->count + options->batch - 1) / options->batch;
}

/**
 * dot_samples_make:
 * @network: (nullable): what looks at the pictures; without one only scores are
 *   known
 * @progress: (nullable): told how much is done
 * @cancellable: (nullable): what is finished stays, for the next call
 *
 * Refines samples once, up to the last of the updates.  The same options give
 * the same numbers, also where what was kept of an earlier call is used, or what
 * shards have made.
 *
 * Returns: (transfer full): what came of them; to a shard of its own batches only
 */
DotSamples *
dot_samples_make (DotPair                 *pair,
                  const DotSamplesOptions *options,
                  DotFeatures             *network,
                  DotProgressFunc          progress,
                  gpointer                 user_data,
                  GCancellable            *cancellable,
                  GError                 **error)
{
  g_autoptr (DotSamples) samples = samples_new (options, network, error);
  Sampling sampling              = {
                 .pair      = pair,
                 .options   = options,
                 .network   = network,
                 .samples   = samples,
                 .progress  = progress,
                 .user_data = user_data,
  };
  gboolean done;

  if (! samples || ! check_pictures (&sampling, error))
    return NULL;
  sampling.folder = dot_samples_work_open (pair, options, network, error);
  done            = sampling.folder && make_all (&sampling, cancellable, error);
  /* What is in the cache has served when all is done. */
  if (done && ! options->work)
    dot_work_folder_remove (sampling.folder);
  dot_work_folder_close (sampling.folder);
  return done ? g_steal_pointer (&samples) : NULL;
}
