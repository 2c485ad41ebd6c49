/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The pair that ships: what the README says of it. */

#include "dot.h"
#include "helpers.h"

#include "engine/k-eff.h"
#include "engine/pair.h"
#include "model/model.h"

#include <math.h>

#define SEEDS 100

typedef struct
{
  double scores[2][SEEDS];
  double pixel_change;
  float *first;
} Run;

static void
record (const DotStep *step, gpointer user_data)
{
  Run  *run = user_data;
  gsize n   = step->batch * 3 * step->width * step->height;

  if (step->update == 0)
    {
      memcpy (run->scores[0], step->scores, sizeof (run->scores[0]));
      run->first = g_memdup2 (step->images, n * sizeof (float));
    }
  if (step->update == step->n_updates)
    {
      memcpy (run->scores[1], step->scores, sizeof (run->scores[1]));
      for (gsize i = 0; i < n; i++)
        run->pixel_change += fabs (step->images[i] - run->first[i]) / n;
    }
}

static DotPair *
load_shipped (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (DOT_DEFAULT_MODEL, &error);
  DotPair *pair;

  g_assert_no_error (error);
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL, NULL,
                        NULL, &error);
  g_assert_no_error (error);
  return pair;
}

/* 16 updates with the defaults raise the discriminator's score on at least
 * 95 of 100 seeds (it is that discriminator's opinion, no proof of better
 * pictures), and the picture changes, yet stays the same picture. */
static void
test_scores_rise (void)
{
  g_autoptr (GError) error             = NULL;
  g_autoptr (DotPair) pair             = load_shipped ();
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run                              = {
    0,
  };
  double means[2] = { 0.0, 0.0 };
  guint  risen    = 0;

  options->count = SEEDS;
  dot_refine (pair, options, record, NULL, &run, NULL, &error);
  g_assert_no_error (error);

  for (int i = 0; i < SEEDS; i++)
    {
      risen += run.scores[1][i] > run.scores[0][i];
      means[0] += run.scores[0][i] / SEEDS;
      means[1] += run.scores[1][i] / SEEDS;
    }
  g_test_message ("%u of %d scores rise; mean %.3f to %.3f; mean change of a pixel %.3f of 2",
                  risen, SEEDS, means[0], means[1], run.pixel_change);
  g_assert_cmpuint (risen, >=, 95);
  g_assert_cmpfloat (means[1], >, means[0]);
  g_assert_cmpfloat (run.pixel_change, >, 0.02);
  g_assert_cmpfloat (run.pixel_change, <, 0.4);
  g_free (run.first);
}

/* The constants in model.json are what this program estimates. */
static void
test_shipped_k_eff (void)
{
  g_autoptr (DotPair) pair = load_shipped ();
  DotModel *model          = dot_pair_get_model (pair);

  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    {
      g_autoptr (GError) error = NULL;
      double stored            = dot_model_get_k_eff (model, i);
      double estimate;

      estimate = dot_k_eff_estimate (pair, dot_model_get_class (model, i), DOT_SPACE_LATENT, 50,
                                     NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s: stored %.6f, estimated %.6f", dot_model_get_class (model, i)->name,
                      stored, estimate);
      g_assert_cmpfloat_with_epsilon (stored / estimate, 1.0, 1e-4);
    }
}

/* In target space only pixels move, and stay in their range. */
static void
check_target (const DotStep *step, gpointer user_data)
{
  double *scores = user_data;

  g_assert_cmpuint (step->point_size, ==, 3 * 64 * 64);
  for (gsize i = 0; i < step->batch * step->point_size; i++)
    g_assert_cmpfloat (fabsf (step->images[i]), <=, 1.0f);
  if (step->update == 0)
    scores[0] = step->scores[0];
  scores[1] = step->scores[0];
}

static void
test_target_space (void)
{
  g_autoptr (GError) error             = NULL;
  g_autoptr (DotPair) pair             = load_shipped ();
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  double scores[2];

  options->space   = DOT_SPACE_TARGET;
  options->updates = 4;
  options->k_eff   = 1.0;
  dot_refine (pair, options, check_target, NULL, scores, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (scores[1], >, scores[0]);
}

static void
test_cpu_and_missing_cuda (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (DOT_DEFAULT_MODEL, NULL);
  g_autoptr (DotPair) pair   = NULL;

  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32, NULL, NULL,
                        NULL, &error);
  if (pair)
    {
      g_test_skip ("a GPU is here: nothing is missing");
      return;
    }
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE);

  g_clear_error (&error);
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_AUTO, DOT_PRECISION_FLOAT32, NULL, NULL,
                        NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dot_pair_get_device_name (pair), ==, "CPU");
}

static void
test_cancelled_load (void)
{
  g_autoptr (GError) error             = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DotModel) model           = dot_model_find (DOT_DEFAULT_MODEL, NULL);

  g_cancellable_cancel (cancellable);
  g_assert_null (dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL,
                                NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shipped/scores-rise", test_scores_rise);
  g_test_add_func ("/shipped/k-eff", test_shipped_k_eff);
  g_test_add_func ("/shipped/target-space", test_target_space);
  g_test_add_func ("/shipped/devices", test_cpu_and_missing_cuda);
  g_test_add_func ("/shipped/cancelled-load", test_cancelled_load);
  return g_test_run ();
}
