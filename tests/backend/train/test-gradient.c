/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Gradients of each loss, and of the gradient penalty, against differences of
 * the losses themselves, in float64. */

#include "helpers.h"

#include "network/architecture-describe.h"
#include "base/random.h"
#include "network/initial.h"
#include "train/trainer.h"

#include <math.h>
#include <string.h>

#define SIZE   5
#define LATENT 3

/* A weight is moved by a number that floats hold exactly, and so little that no
 * unit changes its side: there the penalty jumps. */
#define MOVE 0x1p-18

typedef struct
{
  DotTrainer     *trainer;
  DotTrainerBatch batch;
  gboolean        discriminator;
  GHashTable     *gradients;
  float           images[SIZE * 2];
  float           latents[SIZE * LATENT];
  float           mixing[SIZE];
  const char     *name;
  gsize           item;
  float           move;
} Fixture;

static DotTrainer *
open_trainer (const char *folder, const DotTrainerOptions *options)
{
  g_autoptr (GError) error             = NULL;
  DotInitialSizes  sizes               = { .architecture = "mlp",
                                           .image_size   = 1,
                                           .latent_size  = LATENT,
                                           .widths       = { 6, 7 },
                                           .seed         = 5 };
  g_autofree char *g_path              = g_build_filename (folder, "g.npz", NULL);
  g_autofree char *d_path              = g_build_filename (folder, "d.npz", NULL);
  g_autoptr (DotWeights) g             = NULL;
  g_autoptr (DotWeights) d             = NULL;
  g_autoptr (DotNetwork) generator     = NULL;
  g_autoptr (DotNetwork) discriminator = NULL;
  DotTrainer  *trainer;
  DotPairShape shape;

  g_assert_true (dot_initial_write (dot_mlp.initial, &sizes, 0, g_path, &error));
  g_assert_true (dot_initial_write (dot_mlp.initial, &sizes, 1, d_path, &error));
  g = dot_weights_open (g_path, &error);
  d = dot_weights_open (d_path, &error);
  g_assert_true (dot_architecture_describe_pair (&dot_mlp, g, &dot_mlp, d, &shape, &error));
  generator     = dot_mlp.read_generator (g, &shape, DOT_FORM_TRAINING, &error);
  discriminator = dot_mlp.read_discriminator (d, &shape, DOT_FORM_TRAINING, &error);
  g_assert_no_error (error);
  trainer = dot_trainer_new (generator, discriminator, options, &error);
  g_assert_no_error (error);
  return trainer;
}

static gboolean
keep_gradient (const char     *name,
               const DotShape *shape,
               float          *values,
               gpointer        user_data,
               GError        **error)
{
  Fixture *fixture = user_data;
  gsize    n       = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    n *= shape->axes[i];
  g_hash_table_insert (fixture->gradients, g_strdup (name), g_memdup2 (values, n * sizeof (float)));
  return TRUE;
}

static gboolean
ignore (const char *name, const DotShape *shape, float *values, gpointer user_data, GError **error)
{
  return TRUE;
}

static gboolean
move_item (const char     *name,
           const DotShape *shape,
           float          *values,
           gpointer        user_data,
           GError        **error)
{
  Fixture *fixture = user_data;

  if (strcmp (name, fixture->name) == 0)
    values[fixture->item] += fixture->move;
  return TRUE;
}

static double
objective (Fixture *fixture, DotTrainerArrayFunc func)
{
  g_autoptr (GError) error = NULL;
  DotTrainerFigures figures;

  dot_trainer_gradient (fixture->trainer, fixture->discriminator, &fixture->batch, &figures, func,
                        fixture, &error);
  g_assert_no_error (error);
  return figures.loss + figures.penalty;
}

static double
moved_objective (Fixture *fixture, float move)
{
  g_autoptr (GError) error = NULL;

  fixture->move = move;
  dot_trainer_for_each_array (fixture->trainer, TRUE, move_item, fixture, &error);
  g_assert_no_error (error);
  return objective (fixture, ignore);
}

/* Weights are rounded to multiples of the move, so that adding it and taking it
 * away again changes nothing. */
static gboolean
round_values (const char     *name,
              const DotShape *shape,
              float          *values,
              gpointer        user_data,
              GError        **error)
{
  gsize n = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    n *= shape->axes[i];
  for (gsize i = 0; i < n; i++)
    values[i] = roundf (values[i] * 0x1p20f) / 0x1p20f;
  return TRUE;
}

/* The first two numbers of each array. */
static void
check_gradients (Fixture *fixture)
{
  GHashTableIter iter;
  gpointer       name, gradient;
  guint          n_moving = 0;

  g_hash_table_iter_init (&iter, fixture->gradients);
  while (g_hash_table_iter_next (&iter, &name, &gradient))
    for (fixture->item = 0; fixture->item < 1 + ! g_str_has_suffix (name, "l4/b"); fixture->item++)
      {
        double above, below, slope;

        fixture->name = name;
        above         = moved_objective (fixture, MOVE);
        below         = moved_objective (fixture, -2.0f * (float) MOVE);
        moved_objective (fixture, MOVE);
        slope = (above - below) / (2.0 * MOVE);
        n_moving += fabs (slope) > 1e-3;
        g_assert_cmpfloat_with_epsilon (((float *) gradient)[fixture->item], slope,
                                        1e-5 * MAX (1.0, fabs (slope)));
      }
  g_assert_cmpuint (n_moving, >, 5);
}

static void
test_loss (DotLoss loss, double penalty, gboolean discriminator)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  DotTrainerOptions options       = { .loss      = loss,
                                      .weight    = 1.0,
                                      .penalty   = penalty,
                                      .device    = DOT_DEVICE_CPU,
                                      .precision = DOT_PRECISION_FLOAT64,
                                      .n_threads = 1 };
  Fixture           fixture       = { .discriminator = discriminator };

  dot_random_normal (1, DOT_STREAM_SAMPLES, 0, fixture.images, SIZE * 2);
  dot_random_normal (1, DOT_STREAM_SAMPLES, 1, fixture.latents, SIZE * LATENT);
  dot_random_uniform (1, DOT_STREAM_MIXING, 0, fixture.mixing, SIZE);
  fixture.batch     = (DotTrainerBatch) { .size    = SIZE,
                                          .images  = fixture.images,
                                          .latents = fixture.latents,
                                          .mixing  = fixture.mixing };
  fixture.trainer   = open_trainer (folder, &options);
  fixture.gradients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  dot_trainer_for_each_array (fixture.trainer, TRUE, round_values, NULL, NULL);
  objective (&fixture, keep_gradient);
  check_gradients (&fixture);

  g_hash_table_unref (fixture.gradients);
  dot_trainer_free (fixture.trainer);
}

static void
test_discriminator (gconstpointer loss)
{
  test_loss (GPOINTER_TO_INT (loss), 0.0, TRUE);
}

static void
test_generator (gconstpointer loss)
{
  test_loss (GPOINTER_TO_INT (loss), 0.0, FALSE);
}

static void
test_penalty (gconstpointer loss)
{
  test_loss (GPOINTER_TO_INT (loss), 10.0, TRUE);
}

/* Scores of latents are those of their pictures; their gradients are compared
 * with differences. */
static void
test_latents (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GError) error        = NULL;
  DotTrainerOptions options       = { .weight    = 1.0,
                                      .device    = DOT_DEVICE_CPU,
                                      .precision = DOT_PRECISION_FLOAT64,
                                      .n_threads = 1 };
  g_autoptr (DotTrainer) trainer  = open_trainer (folder, &options);
  float  latents[SIZE * LATENT], images[SIZE * 2];
  double scores[SIZE], others[SIZE], slopes[SIZE * LATENT], unused[SIZE * LATENT];

  dot_random_normal (1, DOT_STREAM_SAMPLES, 1, latents, SIZE * LATENT);
  for (guint i = 0; i < SIZE * LATENT; i++)
    latents[i] = roundf (latents[i] * 0x1p20f) / 0x1p20f;
  dot_trainer_score_latents (trainer, latents, NULL, SIZE, scores, slopes, &error);
  dot_trainer_generate (trainer, latents, NULL, SIZE, images, &error);
  dot_trainer_score (trainer, images, NULL, SIZE, others, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < SIZE; i++)
    g_assert_cmpfloat_with_epsilon (scores[i], others[i], 1e-6);

  for (guint i = 0; i < SIZE * LATENT; i++)
    {
      double above;

      latents[i] += (float) MOVE;
      dot_trainer_score_latents (trainer, latents, NULL, SIZE, others, unused, &error);
      above = others[i / LATENT];
      latents[i] -= 2.0f * (float) MOVE;
      dot_trainer_score_latents (trainer, latents, NULL, SIZE, others, unused, &error);
      latents[i] += (float) MOVE;
      g_assert_no_error (error);
      g_assert_cmpfloat (fabs (slopes[i]), >, 1e-6);
      g_assert_cmpfloat_with_epsilon (slopes[i], (above - others[i / LATENT]) / (2.0 * MOVE), 1e-6);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "logistic", "hinge", "wgan" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gradient/latents", test_latents);
  for (int loss = DOT_LOSS_LOGISTIC; loss <= DOT_LOSS_WGAN; loss++)
    {
      g_autofree char *d = g_strdup_printf ("/gradient/%s/discriminator", names[loss]);
      g_autofree char *g = g_strdup_printf ("/gradient/%s/generator", names[loss]);
      g_autofree char *p = g_strdup_printf ("/gradient/%s/penalty", names[loss]);

      g_test_add_data_func (d, GINT_TO_POINTER (loss), test_discriminator);
      g_test_add_data_func (g, GINT_TO_POINTER (loss), test_generator);
      g_test_add_data_func (p, GINT_TO_POINTER (loss), test_penalty);
    }
  return g_test_run ();
}
