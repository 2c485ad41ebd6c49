/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Trains a few steps on batches that somebody else has made, for the twin in
 * PyTorch to be held against (test_twin.py):
 *
 *     steps ARCHITECTURE LOSS PENALTY AUGMENT PRECISION FOLDER
 *           [WEIGHT PROJECTED_WEIGHT TEXTURE_WEIGHT BLUR SIDE MISMATCH]
 *
 * FOLDER has generator.npz, discriminator.npz and batches.npz, with judges also
 * projected.npz and features.pt; figures.txt and state.npz come to lie beside
 * them, of judges also gradients.npz and scores.txt, of the first batch before
 * the first step.  In batches.npz the first axis is the step. */

#include "format/npz.h"
#include "network/architecture-describe.h"
#include "train/trainer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  DotNpz   *npz;
  DotArray *arrays[10];
  gint32   *labels[3];
  double    mismatch;
  guint     n_labels;
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
  GENERATOR_LATENTS,
  GENERATOR_NUMBERS,
  WRONG_LABELS
};

static const char *const names[] = {
  "images",       "labels",       "latents",           "fake_labels",       "mixing",
  "real_numbers", "fake_numbers", "generator_latents", "generator_numbers", "wrong_labels"
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
  batches->labels[2] = to_labels (batches->arrays[WRONG_LABELS]);
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

/* What the judge's heads are given. */
static void
look_at_maps (const DotFeatureNetwork *network,
              const Batches           *batches,
              DotFeatureMap            maps[DOT_FEATURE_MAPS])
{
  GError         *error  = NULL;
  const DotArray *images = batches->arrays[IMAGES];

  if (! dot_trainer_inspect_features (network, DOT_DEVICE_CPU, images->data, images->shape[1],
                                      images->shape[3], maps, &error))
    fail (error);
}

static void
open_projected (const char *folder, const Batches *batches, DotTrainerProjected *projected)
{
  GError       *error = NULL;
  char         *path  = g_build_filename (folder, "projected.npz", NULL);
  DotFeatureMap maps[DOT_FEATURE_MAPS];

  projected->features.path = g_build_filename (folder, "features.pt", NULL);
  look_at_maps (&projected->features, batches, maps);
  projected->heads = dot_projected_heads_read (path, maps, batches->n_labels, &error);
  if (! projected->heads)
    fail (error);
}

static DotTrainer *
open_trainer (const char        *architecture_name,
              const char        *folder,
              Batches           *batches,
              DotTrainerOptions *options)
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
  batches->n_labels = shape.n_labels;
  if (options->projected)
    open_projected (folder, batches, (DotTrainerProjected *) options->projected);
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

static DotNpzWriter *
begin_file (const char *folder, const char *name)
{
  g_autofree char *path   = g_build_filename (folder, name, NULL);
  GError          *error  = NULL;
  DotNpzWriter    *writer = dot_npz_writer_new (path, &error);

  if (! writer)
    fail (error);
  return writer;
}

static void
end_file (DotNpzWriter *writer)
{
  GError *error = NULL;

  if (! dot_npz_writer_close (writer, &error))
    fail (error);
  dot_npz_writer_free (writer);
}

static void
save_state (DotTrainer *trainer, const char *folder)
{
  GError       *error  = NULL;
  DotNpzWriter *writer = begin_file (folder, "state.npz");

  if (! dot_trainer_for_each_array (trainer, FALSE, save_array, writer, &error))
    fail (error);
  end_file (writer);
}

/* The two batches of a step. */
static void
fill_batches (const Batches   *batches,
              gsize            step,
              DotAugment       augment,
              double           blur,
              DotTrainerBatch *d,
              DotTrainerBatch *g)
{
  gsize size = batches->arrays[LATENTS]->shape[1];

  *d = (DotTrainerBatch) {
    .size           = size,
    .update         = step + 1,
    .rate           = 4e-4,
    .projected_rate = 3e-4,
    .augment        = augment,
    .blur           = blur,
    .average        = 0.9,
    .images         = at_step (batches, IMAGES, step),
    .latents        = at_step (batches, LATENTS, step),
    .mixing         = at_step (batches, MIXING, step),
    .real_numbers   = at_step (batches, REAL_NUMBERS, step),
    .fake_numbers   = at_step (batches, FAKE_NUMBERS, step),
    .labels         = labels_at (batches, 0, step, size),
    .fake_labels    = labels_at (batches, 1, step, size),
    .wrong_labels   = labels_at (batches, 2, step, size),
    .mismatch       = batches->mismatch,
  };
  *g         = *d;
  g->latents = at_step (batches, GENERATOR_LATENTS, step);
  g->rate    = 2e-4;
  if (batches->arrays[GENERATOR_NUMBERS])
    g->fake_numbers = at_step (batches, GENERATOR_NUMBERS, step);
}

static void
save_gradients (DotTrainer            *trainer,
                const DotTrainerBatch *d,
                const DotTrainerBatch *g,
                const char            *folder)
{
  GError           *error  = NULL;
  DotNpzWriter     *writer = begin_file (folder, "gradients.npz");
  DotTrainerFigures figures;

  if (! dot_trainer_gradient (trainer, TRUE, d, &figures, save_array, writer, &error) ||
      ! dot_trainer_gradient (trainer, FALSE, g, &figures, save_array, writer, &error))
    fail (error);
  end_file (writer);
}

static void
save_scores (DotTrainer *trainer, const DotTrainerBatch *batch, const char *folder)
{
  g_autofree char   *path   = g_build_filename (folder, "scores.txt", NULL);
  g_autofree double *scores = g_new (double, batch->size);
  GError            *error  = NULL;
  FILE              *out    = fopen (path, "w");

  if (! dot_trainer_score (trainer, batch->images, batch->labels, batch->size, scores, &error))
    fail (error);
  for (gsize i = 0; i < batch->size; i++)
    fprintf (out, "%.9g\n", scores[i]);
  fclose (out);
}

/* What the transport would be told of a batch. */
static void
save_latents (DotTrainer            *trainer,
              const DotTrainerBatch *batch,
              gsize                  dimension,
              const char            *folder)
{
  gsize              shape[]   = { batch->size, dimension };
  gsize              n         = batch->size * dimension;
  g_autofree double *scores    = g_new (double, batch->size);
  g_autofree double *gradients = g_new (double, n);
  g_autofree float  *values    = g_new (float, n);
  GError            *error     = NULL;
  DotNpzWriter      *writer    = begin_file (folder, "latents.npz");

  if (! dot_trainer_score_latents (trainer, batch->latents, batch->fake_labels, batch->size, scores,
                                   gradients, &error))
    fail (error);
  for (gsize i = 0; i < batch->size; i++)
    values[i] = (float) scores[i];
  if (! dot_npz_writer_add (writer, "scores", values, 1, shape, &error))
    fail (error);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) gradients[i];
  if (! dot_npz_writer_add (writer, "gradients", values, 2, shape, &error))
    fail (error);
  end_file (writer);
}

static void
train (DotTrainer *trainer, const Batches *batches, DotAugment augment, FILE *out)
{
  GError *error   = NULL;
  gsize   n_steps = batches->arrays[LATENTS]->shape[0];

  for (gsize i = 0; i < n_steps; i++)
    {
      DotTrainerFigures d, g;
      DotTrainerBatch   d_batch, g_batch;

      fill_batches (batches, i, augment, 0.0, &d_batch, &g_batch);
      if (! dot_trainer_update_discriminator (trainer, &d_batch, &d, &error) ||
          ! dot_trainer_update_generator (trainer, &g_batch, &g, &error))
        fail (error);
      fprintf (out, "%.9g %.9g %.9g %.9g %.9g\n", d.loss, d.penalty, d.real_score, d.fake_score,
               g.loss);
    }
}

static void
retouch (DotTrainer *trainer, const Batches *batches, FILE *out)
{
  GError *error   = NULL;
  gsize   n_steps = batches->arrays[LATENTS]->shape[0];

  for (gsize i = 0; i < n_steps; i++)
    {
      DotTrainerFigures figures;
      DotTrainerBatch   d, g;

      fill_batches (batches, i, DOT_AUGMENT_NONE, 0.0, &d, &g);
      if (! dot_trainer_update_retouch (trainer, &g, &figures, &error))
        fail (error);
      fprintf (out, "%.9g\n", figures.loss);
    }
}

/* With a projected judge the same pictures serve all. */
static void
train_with_judges (DotTrainer    *trainer,
                   const Batches *batches,
                   DotAugment     augment,
                   double         blur,
                   const char    *folder,
                   FILE          *out)
{
  GError *error   = NULL;
  gsize   n_steps = batches->arrays[LATENTS]->shape[0];

  for (gsize i = 0; i < n_steps; i++)
    {
      DotTrainerFigures figures[2];
      DotTrainerBatch   d, g;

      fill_batches (batches, i, augment, blur, &d, &g);
      if (i == 0)
        {
          save_scores (trainer, &d, folder);
          save_latents (trainer, &d, batches->arrays[LATENTS]->shape[2], folder);
          save_gradients (trainer, &d, &g, folder);
        }
      if (! dot_trainer_update_both (trainer, &d, &g, figures, &error))
        fail (error);
      fprintf (out, "%.9g %.9g %.9g %.9g %.9g %.9g %.9g %.9g %.9g %.9g\n", figures[0].loss,
               figures[0].penalty, figures[0].real_score, figures[0].fake_score, figures[1].loss,
               figures[0].projected.loss, figures[0].projected.real_score,
               figures[0].projected.fake_score, figures[1].projected.loss, figures[1].texture);
    }
}

int
main (int argc, char **argv)
{
  DotTrainerProjected projected = { .betas = { 0.0, 0.99 } };
  DotTrainerOptions   options   = {
        .weight    = 1.0,
        .betas     = { { 0.0, 0.9 }, { 0.0, 0.9 } },
        .device    = DOT_DEVICE_CPU,
        .n_threads = 1,
        .retouch   = { .grain = 0.3, .edges = 0.1, .colors = 0.2 },
  };
  Batches batches = {
    NULL,
  };
  DotTrainer *trainer;
  FILE       *out;

  if (argc != 7 && argc != 13)
    return 2;
  options.loss      = strcmp (argv[2], "wgan") == 0    ? DOT_LOSS_WGAN
                      : strcmp (argv[2], "hinge") == 0 ? DOT_LOSS_HINGE
                                                       : DOT_LOSS_LOGISTIC;
  options.penalty   = g_ascii_strtod (argv[3], NULL);
  options.precision = strcmp (argv[5], "float64") == 0 ? DOT_PRECISION_FLOAT64
                                                       : DOT_PRECISION_FLOAT32;
  if (argc == 13)
    {
      options.weight          = g_ascii_strtod (argv[7], NULL);
      projected.weight        = g_ascii_strtod (argv[8], NULL);
      options.texture         = g_ascii_strtod (argv[9], NULL);
      projected.features.side = (guint) atoi (argv[11]);
      options.projected       = &projected;
      batches.mismatch        = g_ascii_strtod (argv[12], NULL);
    }
  batches_open (&batches, argv[6]);
  trainer = open_trainer (argv[1], argv[6], &batches, &options);
  out     = fopen (g_build_filename (argv[6], "figures.txt", NULL), "w");
  if (strcmp (argv[2], "retouch") == 0)
    retouch (trainer, &batches, out);
  else if (options.projected)
    train_with_judges (trainer, &batches, (DotAugment) atoi (argv[4]),
                       g_ascii_strtod (argv[10], NULL), argv[6], out);
  else
    train (trainer, &batches, (DotAugment) atoi (argv[4]), out);
  fclose (out);
  save_state (trainer, argv[6]);
  dot_trainer_free (trainer);
  return 0;
}
