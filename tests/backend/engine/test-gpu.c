/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The GPU, where there is one: what the probe says, that it agrees with the
 * engine's choice of device, and that the native engine gives the CPU's numbers
 * on it. */

#include "dot.h"
#include "helpers.h"

#include "engine/gpu.h"
#include "engine/pair.h"

#include <math.h>
#include <string.h>

#define D      128
#define PIXELS (3 * 64 * 64)
#define MOST   8
#define COUNT  64

static gboolean
has_gpu (void)
{
  g_autofree char *description = NULL;

  if (dot_gpu_describe (&description))
    return TRUE;
  g_test_skip_printf ("no GPU that computes: %s", description);
  return FALSE;
}

static void
test_probe (void)
{
  g_autofree char *description = NULL;
  gboolean         works       = dot_gpu_describe (&description);

  g_assert_nonnull (description);
  g_assert_cmpstr (description, !=, "");
  g_test_message ("GPU: %s", description);
  if (! works)
    g_test_skip_printf ("no GPU that computes: %s", description);
}

static void
test_device_cuda (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", &error);
  g_autoptr (DotPair) pair   = NULL;

  g_assert_no_error (error);
  if (! has_gpu ())
    return;
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32, NULL, NULL,
                        NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dot_pair_get_engine (pair), ==, DOT_ENGINE_NATIVE);
  g_assert_true (g_str_has_prefix (dot_pair_get_device_name (pair), "CUDA"));
}

/* Where there is no driver the native engine says so, and asks no further. */
static void
test_no_gpu (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", &error);
  g_autoptr (DotPair) pair   = NULL;

  g_assert_no_error (error);
  if (g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS) ||
      g_file_test ("/dev/dxg", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is a GPU's driver");
      return;
    }
  pair = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32, NULL,
                        NULL, NULL, &error);
  g_assert_null (pair);
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE);
}

/*  the native engine on both  */

typedef struct
{
  double scores[MOST];
  double gradients[MOST * D];
  float  images[MOST * PIXELS];
} Answers;

static void
ask (DotPair *pair, const double *latents, const guint *labels, gsize batch, Answers *answers)
{
  g_autoptr (GError) error = NULL;

  dot_pair_score (pair, latents, labels, batch, answers->scores, answers->gradients,
                  answers->images, NULL, &error);
  g_assert_no_error (error);
}

/* Images and scores; how far the gradients are apart goes to @errors. */
static void
compare (const Answers *found, const Answers *expected, gsize batch, GArray *errors)
{
  double image = 0.0;

  for (gsize b = 0; b < batch; b++)
    {
      double error = helper_relative_norm (found->gradients + b * D, expected->gradients + b * D,
                                           D);

      g_array_append_val (errors, error);
      g_assert_cmpfloat_with_epsilon (found->scores[b], expected->scores[b], 1e-4);
    }
  for (gsize i = 0; i < batch * PIXELS; i++)
    image = MAX (image, fabs (found->images[i] - expected->images[i]));
  g_assert_cmpfloat (image, <=, 5e-5);
}

/* A relu that rounding flips makes a few of the gradients differ more. */
static void
check_gradients (GArray *errors)
{
  double middle, largest;

  g_array_sort (errors, helper_compare_doubles);
  middle  = g_array_index (errors, double, errors->len / 2);
  largest = g_array_index (errors, double, errors->len - 1);
  g_test_message ("gradients: %.1e in the middle, %.1e at most", middle, largest);
  g_assert_cmpfloat (middle, <=, 1e-4);
  g_assert_cmpfloat (largest, <=, 0.05);
}

/* Often enough that the run is recorded and launched, each time with other
 * latents, and with labels in any order. */
static void
test_numbers (void)
{
  static const gsize  batches[] = { 1, 5, 8 };
  g_autofree Answers *found     = g_new (Answers, 1);
  g_autofree Answers *expected  = g_new (Answers, 1);
  g_autoptr (GArray) errors     = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (DotPair) gpu       = NULL;
  g_autoptr (DotPair) cpu       = NULL;

  if (! has_gpu ())
    return;
  gpu = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32);
  cpu = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  for (guint i = 0; i < 8 * G_N_ELEMENTS (batches); i++)
    {
      gsize  batch = batches[i % G_N_ELEMENTS (batches)];
      double latents[MOST * D];
      guint  labels[MOST];

      for (guint j = 0; j < MOST * D; j++)
        latents[j] = 2.0 * sin (7.0 * j + i);
      for (guint b = 0; b < MOST; b++)
        labels[b] = i % 2 ? i % 10 : (b / 2 * 3 + i) % 10;
      ask (gpu, latents, labels, batch, found);
      ask (cpu, latents, labels, batch, expected);
      compare (found, expected, batch, errors);
    }
  check_gradients (errors);
}

static void
ask_blend (DotPair *pair, double amount, Answers *answers)
{
  g_autoptr (GError) error = NULL;
  DotModel       *model    = dot_pair_get_model (pair);
  const DotClass *blend    = dot_pair_blend (pair, dot_model_get_class (model, 0),
                                             dot_model_get_class (model, 6), amount, &error);
  double          latent[D];

  g_assert_no_error (error);
  for (guint i = 0; i < D; i++)
    latent[i] = 2.0 * sin (7.0 * i + 1.0);
  ask (pair, latent, &blend->label, 1, answers);
}

/* More blends than runs before the recording. */
static void
test_blends (void)
{
  g_autofree Answers *found    = g_new (Answers, 1);
  g_autofree Answers *expected = g_new (Answers, 1);
  g_autoptr (GArray) errors    = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (DotPair) gpu      = NULL;
  g_autoptr (DotPair) cpu      = NULL;

  if (! has_gpu ())
    return;
  gpu = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32);
  cpu = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  for (guint i = 0; i < 7; i++)
    {
      ask_blend (gpu, i / 6.0, found);
      ask_blend (cpu, i / 6.0, expected);
      compare (found, expected, 1, errors);
    }
  check_gradients (errors);
}

typedef struct
{
  double first[COUNT];
  double last[COUNT];
} Gains;

static void
note_scores (const DotStep *step, gpointer user_data)
{
  Gains *gains = user_data;

  memcpy (step->update == 0 ? gains->first : gains->last, step->scores,
          step->batch * sizeof (double));
}

static double
refine (DotPrecision precision)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotPair) pair = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, precision);
  g_autoptr (GError) error = NULL;
  Gains  gains             = { { 0.0 } };
  double sum               = 0.0;

  options->count = COUNT;
  dot_refine (pair, options, note_scores, NULL, &gains, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < COUNT; i++)
    sum += gains.last[i] - gains.first[i];
  return sum / COUNT;
}

static void
test_gains (void)
{
  double wide, middle, narrow;

  if (! has_gpu ())
    return;
  wide   = refine (DOT_PRECISION_FLOAT32);
  middle = refine (DOT_PRECISION_TF32);
  narrow = refine (DOT_PRECISION_BFLOAT16);
  g_test_message ("gain: %.4f in float32, %.4f in tf32, %.4f in bfloat16", wide, middle, narrow);
  g_assert_cmpfloat (wide, >, 0.1);
  g_assert_cmpfloat (fabs (middle / wide - 1.0), <=, 0.02);
  g_assert_cmpfloat (fabs (narrow / wide - 1.0), <=, 0.02);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gpu/probe", test_probe);
  g_test_add_func ("/gpu/device", test_device_cuda);
  g_test_add_func ("/gpu/none", test_no_gpu);
  g_test_add_func ("/gpu/native/numbers", test_numbers);
  g_test_add_func ("/gpu/native/blends", test_blends);
  g_test_add_func ("/gpu/native/gains", test_gains);
  return g_test_run ();
}
