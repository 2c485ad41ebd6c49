/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Trains a few steps on batches that somebody else has made, for the twin in
 * PyTorch to be held against (test_twin.py):
 *
 *     steps ARCHITECTURE LOSS PENALTY AUGMENT PRECISION FOLDER
 *
 * FOLDER has generator.npz, discriminator.npz and batches.npz; figures.txt and
 * state.npz come to lie beside them.  In batches.npz the first axis is the
 * step. */

#include "format/npz.h"
#include "network/architecture.h"
#include "train/trainer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  DotNpz   *npz;
  DotArray *arrays[8];
  gint32   *labels[2];
} Batches;

enum
{
  IMAGES,
  LABELS,
  LATENTS,
  FAKE_LABELS,
  MIXING,
  REAL_NUMBERS,
  FAKE_NUMBERS,
  GENERATOR_LATENTS
};

static const char *const names[] = {
  "images", "labels",       "latents",      "fake_labels",
  "mixing", "real_numbers", "fake_numbers", "generator_latents"
};

static void
fail (GError *error)
{
  fprintf (stderr, "%s\n", error->message);
  exit (1);
}

static DotArray *
read_array (DotNpz *npz, const char *name)
{
  GError      *error = NULL;
  DotNpyHeader header;
  DotArray    *array;

  if (! dot_npz_has (npz, name))
    return NULL;
  if (! dot_npz_get_header (npz, name, &header, &error))
    fail (error);
  array = dot_npz_read (npz, name, header.n_dims, header.shape, &error);
  if (! array)
    fail (error);
  return array;
}

static gint32 *
to_labels (const DotArray *array)
{
  gint32 *labels = array ? g_new (gint32, array->n_items) : NULL;

  for (gsize i = 0; labels && i < array->n_items; i++)
    labels[i] = (gint32) array->data[i];
  return labels;
}

static void
batches_open (Batches *batches, const char *folder)
{
  g_autofree char *path  = g_build_filename (folder, "batches.npz", NULL);
  GError          *error = NULL;

  batches->npz = dot_npz_open (path, &error);
  if (! batches->npz)
    fail (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    batches->arrays[i] = read_array (batches->npz, names[i]);
  batches->labels[0] = to_labels (batches->arrays[LABELS]);
  batches->labels[1] = to_labels (batches->arrays[FAKE_LABELS]);
}

static const float *
at_step (const Batches *batches, guint array, gsize step)
{
  const DotArray *values = batches->arrays[array];

  return values ? values->data + step * (values->n_items / values->shape[0]) : NULL;
}

static const gint32 *
labels_at (const Batches *batches, guint array, gsize step, gsize size)
{
  return batches->labels[array] ? batches->labels[array] + step * size : NULL;
}

static DotTrainer *
open_trainer (const char *architecture_name, const char *folder, const DotTrainerOptions *options)
{
  GError                *error        = NULL;
  const DotArchitecture *architecture = dot_architecture_find (architecture_name, &error);
  g_autofree char       *g_path       = g_build_filename (folder, "generator.npz", NULL);
  g_autofree char       *d_path       = g_build_filename (folder, "discriminator.npz", NULL);
  DotWeights            *g            = dot_weights_open (g_path, &error);
  DotWeights            *d            = g ? dot_weights_open (d_path, &error) : NULL;
  DotNetwork            *generator, *discriminator;
  DotTrainer            *trainer;
  DotPairShape           shape;

  if (! d || ! dot_architecture_describe_pair (architecture, g, architecture, d, &shape, &error))
    fail (error);
  generator     = architecture->read_generator (g, &shape, DOT_FORM_TRAINING, &error);
  discriminator = generator
                    ? architecture->read_discriminator (d, &shape, DOT_FORM_TRAINING, &error)
                    : NULL;
  trainer = discriminator ? dot_trainer_new (generator, discriminator, options, &error) : NULL;
  if (! trainer)
    fail (error);
  dot_network_free (generator);
  dot_network_free (discriminator);
  dot_weights_close (g);
  dot_weights_close (d);
  return trainer;
}

static gboolean
save_array (const char     *name,
            const DotShape *shape,
            float          *values,
            gpointer        user_data,
            GError        **error)
{
  return dot_npz_writer_add (user_data, name, values, shape->n_dims, shape->axes, error);
}

static void
save_state (DotTrainer *trainer, const char *folder)
{
  g_autofree char *path   = g_build_filename (folder, "state.npz", NULL);
  GError          *error  = NULL;
  DotNpzWriter    *writer = dot_npz_writer_new (path, &error);

  if (! writer || ! dot_trainer_for_each_array (trainer, FALSE, save_array, writer, &error) ||
      ! dot_npz_writer_close (writer, &error))
    fail (error);
  dot_npz_writer_free (writer);
}

static void
train (DotTrainer *trainer, const Batches *batches, DotAugment augment, FILE *out)
{
  GError *error   = NULL;
  gsize   n_steps = batches->arrays[LATENTS]->shape[0];
  gsize   size    = batches->arrays[LATENTS]->shape[1];

  for (gsize i = 0; i < n_steps; i++)
    {
      DotTrainerFigures d, g;
      DotTrainerBatch   batch = {
          .size         = size,
          .update       = i + 1,
          .rate         = 4e-4,
          .augment      = augment,
          .average      = 0.9,
          .images       = at_step (batches, IMAGES, i),
          .latents      = at_step (batches, LATENTS, i),
          .mixing       = at_step (batches, MIXING, i),
          .real_numbers = at_step (batches, REAL_NUMBERS, i),
          .fake_numbers = at_step (batches, FAKE_NUMBERS, i),
          .labels       = labels_at (batches, 0, i, size),
          .fake_labels  = labels_at (batches, 1, i, size),
      };

      if (! dot_trainer_update_discriminator (trainer, &batch, &d, &error))
        fail (error);
      batch.latents = at_step (batches, GENERATOR_LATENTS, i);
      batch.rate    = 2e-4;
      if (! dot_trainer_update_generator (trainer, &batch, &g, &error))
        fail (error);
      fprintf (out, "%.9g %.9g %.9g %.9g %.9g\n", d.loss, d.penalty, d.real_score, d.fake_score,
               g.loss);
    }
}

int
main (int argc, char **argv)
{
  DotTrainerOptions options = {
    .betas     = { { 0.0, 0.9 }, { 0.0, 0.9 } },
    .device    = DOT_DEVICE_CPU,
    .n_threads = 1,
  };
  Batches batches = {
    NULL,
  };
  DotTrainer *trainer;
  FILE       *out;

  if (argc != 7)
    return 2;
  options.loss      = strcmp (argv[2], "wgan") == 0    ? DOT_LOSS_WGAN
                      : strcmp (argv[2], "hinge") == 0 ? DOT_LOSS_HINGE
                                                       : DOT_LOSS_LOGISTIC;
  options.penalty   = g_ascii_strtod (argv[3], NULL);
  options.precision = strcmp (argv[5], "float64") == 0 ? DOT_PRECISION_FLOAT64
                                                       : DOT_PRECISION_FLOAT32;
  trainer           = open_trainer (argv[1], argv[6], &options);
  batches_open (&batches, argv[6]);
  out = fopen (g_build_filename (argv[6], "figures.txt", NULL), "w");
  train (trainer, &batches, (DotAugment) atoi (argv[4]), out);
  fclose (out);
  save_state (trainer, argv[6]);
  dot_trainer_free (trainer);
  return 0;
}
