/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A discriminator from another training: any G and D whose images and labels
 * match, and the reason where they don't. */

#include "dot.h"

#include "engine/pair.h"
#include "model/model.h"

#include <math.h>
#include <string.h>

#define D 128

static char *
reference (const char *name, const char *file)
{
  return g_build_filename (SHARED_DIR, "reference", name, file, NULL);
}

static gboolean
has_references (void)
{
  if (g_file_test (SHARED_DIR "/reference", G_FILE_TEST_IS_DIR))
    return TRUE;
  g_test_skip ("the reference pairs are not beside the checkout");
  return FALSE;
}

static DotPair *
load (DotModel *model)
{
  g_autoptr (GError) error = NULL;
  DotPair *pair;

  g_assert_nonnull (model);
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT64, NULL, NULL,
                        NULL, &error);
  g_assert_no_error (error);
  return pair;
}

static double
score_at (DotPair *pair, const double *latent, double *gradient)
{
  g_autoptr (GError) error = NULL;
  guint  label             = 0;
  double score;

  dot_pair_score (pair, latent, &label, 1, &score, gradient, NULL, NULL, &error);
  g_assert_no_error (error);
  return score;
}

static void
draw (double *latent)
{
  for (int i = 0; i < D; i++)
    latent[i] = sin (3.0 * i + 1.0);
}

/* The shipped generator by its id, its discriminator as a file: the pair
 * itself, with its classes. */
static void
test_halves_of_one (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) whole = dot_model_find ("imagenet10-64", &error);
  g_autoptr (DotModel) mixed = NULL;
  g_autoptr (DotPair) a      = NULL;
  g_autoptr (DotPair) b      = NULL;
  double latent[D];

  g_assert_no_error (error);
  mixed = dot_model_new_from_files ("imagenet10-64", dot_model_get_discriminator (whole), NULL,
                                    DOT_PRIOR_UNIFORM, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dot_model_get_prior (mixed), ==, DOT_PRIOR_NORMAL);
  g_assert_cmpstr (dot_model_get_class (mixed, 6)->name, ==, "lemon");

  a = load (whole);
  b = load (mixed);
  draw (latent);
  g_assert_cmpfloat (score_at (a, latent, NULL), ==, score_at (b, latent, NULL));
}

/* Table 2's case: a DCGAN's pictures judged by a ResNet's critic. */
static void
test_other_architecture (void)
{
  g_autofree char *g         = reference ("dcgan-sngan", "generator.npz");
  g_autofree char *d         = reference ("resnet-sn", "discriminator.npz");
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = NULL;
  g_autoptr (DotPair) pair   = NULL;
  double latent[D], gradient[D];

  if (! has_references ())
    return;
  model = dot_model_new_from_files (g, d, "dcgan,resnet", DOT_PRIOR_NORMAL, &error);
  g_assert_no_error (error);
  pair = load (model);
  draw (latent);
  score_at (pair, latent, gradient);

  for (int i = 0; i < D; i += 11)
    {
      double kept = latent[i];
      double high, low;

      latent[i] = kept + 1e-7;
      high      = score_at (pair, latent, NULL);
      latent[i] = kept - 1e-7;
      low       = score_at (pair, latent, NULL);
      latent[i] = kept;
      g_assert_cmpfloat_with_epsilon (gradient[i], (high - low) / 2e-7,
                                      1e-6 * (1.0 + fabs (gradient[i])));
    }
}

static void
assert_refused (const char *generator,
                const char *discriminator,
                const char *architecture,
                const char *reason)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = NULL;

  model = dot_model_new_from_files (generator, discriminator, architecture, DOT_PRIOR_NORMAL,
                                    &error);
  g_assert_null (model);
  g_assert_true (error->domain == DOT_ERROR);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_mismatches (void)
{
  g_autofree char *d32 = reference ("sngan-projection-32", "discriminator.npz");
  g_autofree char *d64 = reference ("sngan-projection-64", "discriminator.npz");
  g_autofree char *sn  = reference ("dcgan-sngan", "discriminator.npz");
  g_autofree char *g32 = reference ("sngan-projection-32", "generator.npz");
  g_autofree char *toy = g_build_filename (SHARED_DIR, "reference", "toy-2d",
                                           "swissroll-discriminator.npz", NULL);

  if (! has_references ())
    return;
  assert_refused ("imagenet10-64", d32, NULL, "64 pixels");
  assert_refused ("imagenet10-64", d64, NULL, "(10 and 5)");
  assert_refused (g32, sn, "sngan-projection,dcgan", "(5 and 0)");
  assert_refused ("imagenet10-64", toy, "mlp", "pixels");
  assert_refused ("imagenet10-64", "/nowhere.npz", NULL, "/nowhere.npz");
  assert_refused ("no-such-model", d64, NULL, "no-such-model");
  assert_refused (g32, d32, "sngan-projection,unheard", "unheard");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mixed/halves-of-one", test_halves_of_one);
  g_test_add_func ("/mixed/other-architecture", test_other_architecture);
  g_test_add_func ("/mixed/mismatches", test_mismatches);
  return g_test_run ();
}
