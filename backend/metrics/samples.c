/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Many pictures of a pair, refined a batch at a time, each looked at by feature
 * networks after some numbers of updates.  What a batch came to is kept in a file,
 * so that a run that was interrupted goes on with the next batch. */

#include "samples.h"

#include "samples-work.h"

#include "format/npz.h"
#include "base/whole-file.h"
#include "engine/pair.h"
#include "method/method.h"
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
  DotFeatures *const      *networks;
  DotSamples              *samples;
  DotWorkFolder           *folder;
  DotProgressFunc          progress;
  gpointer                 user_data;

  /* the batch */
  gsize         part;
  gsize         first;
  gsize         n;
  guint         next;        /* of options->updates */
  gint64        looked;      /* microseconds that networks took */
  GCancellable *cancellable; /* the batch's own */
  GError       *error;       /* why a step couldn't be kept */
} Sampling;

void
dot_samples_free (DotSamples *samples)
{
  if (! samples)
    return;

  for (guint i = 0; i < samples->n_networks; i++)
    {
      g_free (samples->networks[i].features);
      g_free (samples->networks[i].probabilities);
    }
  g_free (samples->networks);
  g_free (samples->scores);
  g_free (samples->drawn);
  g_free (samples->accepted);
  g_free (samples);
}

/* Room for what a network makes of so many pictures. */
static gboolean
add_network (DotSamples *samples, const DotFeatures *network, gsize rows)
{
  DotSamplesFeatures *seen = &samples->networks[samples->n_networks++];

  seen->n_features    = dot_features_get_size (network);
  seen->n_classes     = dot_features_get_n_classes (network);
  seen->features      = g_try_new (float, rows * seen->n_features);
  seen->probabilities = g_try_new (float, rows * seen->n_classes);
  return seen->features && seen->probabilities;
}

static DotSamples *
samples_new (const DotSamplesOptions *options,
             DotFeatures *const      *networks,
             guint                    n_networks,
             GError                 **error)
{
  g_autoptr (DotSamples) samples = g_new0 (DotSamples, 1);
  gsize    rows                  = options->count * options->n_updates;
  gboolean room;

  samples->count     = options->count;
  samples->n_updates = options->n_updates;
  samples->networks  = g_new0 (DotSamplesFeatures, n_networks);
  samples->scores    = g_try_new (float, rows);
  room               = samples->scores != NULL;
  if (room && dot_method_get_class (options->run->method)->refuses)
    {
      samples->drawn    = g_try_new (float, rows);
      samples->accepted = g_try_new (float, rows);
      room              = samples->drawn && samples->accepted;
    }
  for (guint i = 0; room && i < n_networks; i++)
    room = add_network (samples, networks[i], rows);
  if (room)
    return g_steal_pointer (&samples);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the features of %zu samples: take fewer."),
               options->count);
  return NULL;
}

/*  what is finished  */

/* Some numbers of each of the batch's samples: (n, size) in its file. */
typedef struct
{
  char  *key;
  float *values;
  gsize  size;
} Part;

static void
part_clear (gpointer part)
{
  g_free (((Part *) part)->key);
}

/* The first network's are called as if it was the only one. */
static void
add_part (GArray *parts, const char *name, guint network, guint update, float *values, gsize size)
{
  Part part = { NULL, values, size };

  part.key = network > 0 ? g_strdup_printf ("%s%u_%u", name, network + 1, update)
                         : g_strdup_printf ("%s_%u", name, update);
  g_array_append_val (parts, part);
}

/* What there is of the batch's samples after the @u-th number of updates. */
static void
add_parts (const Sampling *sampling, guint u, GArray *parts)
{
  const DotSamples *samples = sampling->samples;
  guint             update  = sampling->options->updates[u];
  gsize             row     = u * samples->count + sampling->first;

  add_part (parts, "score", 0, update, samples->scores + row, 1);
  if (samples->drawn)
    {
      add_part (parts, "drawn", 0, update, samples->drawn + row, 1);
      add_part (parts, "accepted", 0, update, samples->accepted + row, 1);
    }
  for (guint i = 0; i < samples->n_networks; i++)
    {
      const DotSamplesFeatures *seen = &samples->networks[i];

      add_part (parts, "features", i, update, seen->features + row * seen->n_features,
                seen->n_features);
      add_part (parts, "probabilities", i, update, seen->probabilities + row * seen->n_classes,
                seen->n_classes);
    }
}

/* (transfer full) (element-type Part): all that the batch's file holds. */
static GArray *
list_parts (const Sampling *sampling)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, part_clear);
  for (guint u = 0; u < sampling->options->n_updates; u++)
    add_parts (sampling, u, parts);
  return parts;
}

static gboolean
save_batch (const Sampling *sampling, GError **error)
{
  g_autofree char *path           = dot_work_folder_get_path (sampling->folder, sampling->part);
  g_autoptr (GArray) parts        = list_parts (sampling);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);

  if (! writer)
    return FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part    = &g_array_index (parts, Part, i);
      const gsize shape[] = { sampling->n, part->size };

      if (! dot_npz_writer_add (writer, part->key, part->values, 2, shape, error))
        return FALSE;
    }
  return dot_npz_writer_close (writer, error);
}

/* FALSE where there is none that fits: it is made anew then. */
static gboolean
load_batch (const Sampling *sampling)
{
  g_autofree char *path    = dot_work_folder_get_path (sampling->folder, sampling->part);
  g_autoptr (GArray) parts = list_parts (sampling);
  g_autoptr (DotNpz) npz   = NULL;

  if (! g_file_test (path, G_FILE_TEST_EXISTS) || ! (npz = dot_npz_open (path, NULL)))
    return FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part           = &g_array_index (parts, Part, i);
      const gsize shape[]        = { sampling->n, part->size };
      g_autoptr (DotArray) array = dot_npz_read (npz, part->key, 2, shape, NULL);

      if (! array)
        return FALSE;
      memcpy (part->values, array->data, array->n_items * sizeof (float));
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

/* Each network looks at the same pictures. */
static gboolean
look_at (Sampling *sampling, const DotStep *step, gsize row, GError **error)
{
  const DotSamples  *samples = sampling->samples;
  g_autofree guint8 *pixels  = samples->n_networks > 0 ? pixels_of (step) : NULL;
  gint64             start   = g_get_monotonic_time ();

  for (guint i = 0; i < samples->n_networks; i++)
    {
      const DotSamplesFeatures *seen = &samples->networks[i];

      if (! dot_features_compute (sampling->networks[i], pixels, step->batch,
                                  seen->features + row * seen->n_features,
                                  seen->probabilities + row * seen->n_classes, error))
        return FALSE;
    }
  sampling->looked += g_get_monotonic_time () - start;
  return TRUE;
}

static gboolean
process_step (Sampling *sampling, const DotStep *step, GError **error)
{
  const DotSamples *samples = sampling->samples;
  gsize             row     = sampling->next++ * samples->count + sampling->first;

  for (gsize i = 0; i < step->batch; i++)
    samples->scores[row + i] = (float) step->scores[i];
  for (gsize i = 0; samples->drawn && i < step->batch; i++)
    {
      samples->drawn[row + i]    = step->drawn ? step->drawn[i] : 0.0f;
      samples->accepted[row + i] = step->accepted ? step->accepted[i] : 0.0f;
    }
  return look_at (sampling, step, row, error);
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

static void
count_time (Sampling *sampling, gint64 microseconds)
{
  sampling->samples->refined += sampling->n;
  sampling->samples->seconds += microseconds / 1e6;
}

static gboolean
make_batch (Sampling *sampling, GCancellable *cancellable, GError **error)
{
  g_autoptr (DotRefineOptions) run = batch_options (sampling, error);
  g_autoptr (GCancellable) inner   = g_cancellable_new ();
  gulong   handler                 = 0;
  gint64   start                   = g_get_monotonic_time ();
  gboolean done;

  if (! run)
    return FALSE;

  sampling->next        = 0;
  sampling->looked      = 0;
  sampling->cancellable = inner;
  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), inner, NULL);
  done = dot_refine (sampling->pair, run, on_step, on_progress, sampling, inner, error);
  g_cancellable_disconnect (cancellable, handler);
  count_time (sampling, g_get_monotonic_time () - start - sampling->looked);
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

  for (gsize part = 0; part < dot_samples_options_count_batches (options); part++)
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

  for (guint i = 0; i < sampling->samples->n_networks; i++)
    if (dot_model_get_channels (model) == 2 ||
        dot_model_get_image_size (model) != dot_features_get_side (sampling->networks[i]))
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                     _ ("%s makes no pictures of %u pixels: leave the feature network "
                        "out, or take another model."),
                     dot_model_get_title (model), dot_features_get_side (sampling->networks[i]));
        return FALSE;
      }
  return TRUE;
}

/**
 * dot_samples_make:
 * @networks: (n_networks) what looks at the pictures; without one only scores are
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
                  DotFeatures *const      *networks,
                  guint                    n_networks,
                  DotProgressFunc          progress,
                  gpointer                 user_data,
                  GCancellable            *cancellable,
                  GError                 **error)
{
  g_autoptr (DotSamples) samples = samples_new (options, networks, n_networks, error);
  Sampling sampling              = {
                 .pair      = pair,
                 .options   = options,
                 .networks  = networks,
                 .samples   = samples,
                 .progress  = progress,
                 .user_data = user_data,
  };
  gboolean done;

  if (! samples || ! check_pictures (&sampling, error))
    return NULL;
  sampling.folder = dot_samples_work_open (pair, options, networks, n_networks, error);
  done            = sampling.folder && make_all (&sampling, cancellable, error);
  /* What is in the cache has served when all is done. */
  if (done && ! options->work)
    dot_work_folder_remove (sampling.folder);
  dot_work_folder_close (sampling.folder);
  return done ? g_steal_pointer (&samples) : NULL;
}
