/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The native engine on the shipped pair: the same numbers however samples are
 * put together, libtorch's numbers for what parity doesn't ask, bfloat16 that
 * refines as well, and updates that allocate nothing. */

#include "dot.h"

#include "allocations.h"
#include "helpers.h"

#include "engine/pair.h"

#include <math.h>
#include <string.h>

#define D      128
#define PIXELS (3 * 64 * 64)
#define BATCH  5

static void
draw (double *latents, gsize n)
{
  for (gsize i = 0; i < n; i++)
    latents[i] = 2.0 * sin (7.0 * i + 1.0);
}

static void
score (DotPair      *pair,
       const double *latents,
       const guint  *labels,
       gsize         batch,
       double       *scores,
       double       *gradients,
       float        *images)
{
  g_autoptr (GError) error = NULL;

  dot_pair_score (pair, latents, labels, batch, scores, gradients, images, NULL, &error);
  g_assert_no_error (error);
}

/* Labels in any order, and each sample alone: the same answers. */
static void
test_batches (void)
{
  static const guint labels[BATCH] = { 3, 3, 0, 9, 3 };
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autofree float *images = g_new (float, BATCH *PIXELS);
  g_autofree float *image  = g_new (float, PIXELS);
  double            latents[BATCH * D], gradients[BATCH * D], scores[BATCH];
  double            gradient[D], alone;

  draw (latents, BATCH * D);
  score (pair, latents, labels, BATCH, scores, gradients, images);
  for (guint b = 0; b < BATCH; b++)
    {
      score (pair, latents + b * D, labels + b, 1, &alone, gradient, image);
      g_assert_cmpfloat_with_epsilon (scores[b], alone, 1e-5);
      g_assert_cmpfloat (helper_relative_norm (gradients + b * D, gradient, D), <=, 1e-5);
      for (guint i = 0; i < PIXELS; i++)
        g_assert_cmpfloat_with_epsilon (images[b * PIXELS + i], image[i], 1e-5);
    }
}

/* D's gradient with respect to the picture. */
static void
test_target_space (void)
{
  g_autoptr (DotPair)
    native = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotPair)
    torch = helper_load_shipped (DOT_ENGINE_TORCH, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT64);
  g_autofree double *x     = g_new (double, 2 * PIXELS);
  g_autofree double *found = g_new (double, 2 * PIXELS);
  g_autofree double *exact = g_new (double, 2 * PIXELS);
  g_autoptr (GError) error = NULL;
  const guint labels[2]    = { 1, 7 };
  double      scores[2], expected[2];

  for (guint i = 0; i < 2 * PIXELS; i++)
    x[i] = sin (0.01 * i);
  dot_pair_discriminate (native, x, labels, 2, scores, found, NULL, &error);
  g_assert_no_error (error);
  dot_pair_discriminate (torch, x, labels, 2, expected, exact, NULL, &error);
  g_assert_no_error (error);

  for (guint b = 0; b < 2; b++)
    g_assert_cmpfloat_with_epsilon (scores[b], expected[b], 1e-5);
  g_assert_cmpfloat (helper_relative_norm (found, exact, 2 * PIXELS), <=, 1e-4);
}

static double
score_blend (DotPair *pair, double amount, double *gradient)
{
  DotModel *model          = dot_pair_get_model (pair);
  g_autoptr (GError) error = NULL;
  const DotClass *blend    = dot_pair_blend (pair, dot_model_get_class (model, 0),
                                             dot_model_get_class (model, 6), amount, &error);
  double          latent[D], found;

  g_assert_no_error (error);
  draw (latent, D);
  score (pair, latent, &blend->label, 1, &found, gradient, NULL);
  return found;
}

/* A class between two, and the classes after another one was added. */
static void
test_blends (void)
{
  static const double amounts[] = { 0.25, 0.5, 1.0 };
  g_autoptr (DotPair)
    native = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotPair)
    torch = helper_load_shipped (DOT_ENGINE_TORCH, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT64);
  double found[D], exact[D];

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_assert_cmpfloat_with_epsilon (score_blend (native, amounts[i], found),
                                      score_blend (torch, amounts[i], exact), 1e-5);
      g_assert_cmpfloat (helper_relative_norm (found, exact, D), <=, 1e-4);
    }
}

/* Once a plan is there, an update asks for no memory worth the name: only
 * oneDNN's list of arguments, some dozen bytes each. */
static void
test_allocations (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autofree float *image = g_new (float, PIXELS);
  guint             label = 2;
  double            latent[D], gradient[D], found;
  gsize             largest, count;

  draw (latent, D);
  score (pair, latent, &label, 1, &found, gradient, image);
  allocations_begin ();
  score (pair, latent, &label, 1, &found, gradient, image);
  allocations_end (&largest, &count);

  g_test_message ("%zu allocations, the largest of %zu bytes", count, largest);
  g_assert_cmpuint (largest, <, 4096);

  /* The counter counts. */
  allocations_begin ();
  g_free (g_malloc (8192));
  allocations_end (&largest, &count);
  g_assert_cmpuint (largest, ==, 8192);
}

#define SEEDS 64

typedef struct
{
  double first[SEEDS * D];
  double last[SEEDS * D];
} Path;

static void
note_points (const DotStep *step, gpointer user_data)
{
  Path *path = user_data;

  memcpy (step->update == 0 ? path->first : path->last, step->points, sizeof (path->first));
}

static double
judge (DotPair *pair, const double *latents)
{
  g_autoptr (GError) error = NULL;
  guint  labels[SEEDS]     = { 0 };
  double scores[SEEDS];
  double sum = 0.0;

  dot_pair_score (pair, latents, labels, SEEDS, scores, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < SEEDS; i++)
    sum += scores[i];
  return sum / SEEDS;
}

/* What the latents gain by the defaults, as @exact scores them. */
static double
refine (DotPrecision precision, DotPair *exact)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotPair) pair = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, precision);
  g_autoptr (GError) error = NULL;
  g_autofree Path *path    = g_new (Path, 1);

  options->count = SEEDS;
  dot_refine (pair, options, note_points, NULL, path, NULL, &error);
  g_assert_no_error (error);
  return judge (exact, path->last) - judge (exact, path->first);
}

/* Where 16 updates lead in bfloat16 is within 2 % as good as where they lead in
 * float32, both scored in float64. */
static void
test_bfloat16 (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", &error);
  g_autoptr (DotPair) pair   = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CPU,
                                              DOT_PRECISION_BFLOAT16, NULL, NULL, NULL, &error);
  g_autoptr (DotPair) exact  = NULL;
  double narrow, wide;

  if (g_error_matches (error, DOT_ERROR, DOT_ERROR_NO_BACKEND))
    {
      g_test_skip ("this processor doesn't multiply bfloat16");
      return;
    }
  g_assert_no_error (error);

  exact  = helper_load_shipped (DOT_ENGINE_TORCH, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT64);
  wide   = refine (DOT_PRECISION_FLOAT32, exact);
  narrow = refine (DOT_PRECISION_BFLOAT16, exact);
  g_test_message ("gain: %.4f in float32, %.4f in bfloat16", wide, narrow);
  g_assert_cmpfloat (wide, >, 0.1);
  g_assert_cmpfloat (fabs (narrow / wide - 1.0), <=, 0.02);
}

/* Automatic is bfloat16 exactly where the native engine takes it. */
static void
test_automatic (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", &error);
  g_autoptr (DotPair) asked  = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CPU,
                                              DOT_PRECISION_BFLOAT16, NULL, NULL, NULL, NULL);
  g_autoptr (DotPair) found  = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU,
                                              DOT_PRECISION_AUTO, NULL, NULL, NULL, &error);
  g_autoptr (DotPair) torch  = dot_pair_load (model, DOT_ENGINE_TORCH, DOT_DEVICE_CPU,
                                              DOT_PRECISION_AUTO, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (dot_pair_get_precision (found), ==,
                   asked ? DOT_PRECISION_BFLOAT16 : DOT_PRECISION_FLOAT32);
  g_assert_cmpint (dot_pair_get_precision (torch), ==, DOT_PRECISION_FLOAT32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/native/batches", test_batches);
  g_test_add_func ("/native/target-space", test_target_space);
  g_test_add_func ("/native/blends", test_blends);
  g_test_add_func ("/native/allocations", test_allocations);
  g_test_add_func ("/native/bfloat16", test_bfloat16);
  g_test_add_func ("/native/automatic", test_automatic);
  return g_test_run ();
}
