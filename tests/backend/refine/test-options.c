/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The ranges of a run's numbers, and the words of its choices. */

#include "dot-enums.h"
#include "helpers.h"

#include <math.h>
#include <string.h>

static void
assert_accepted (const DotRefineOptions *options)
{
  g_autoptr (GError) error = NULL;

  dot_refine_options_check (options, &error);
  g_assert_no_error (error);
}

static void
assert_refused (const DotRefineOptions *options, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dot_refine_options_check (options, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, mentions);
}

static void
test_defaults (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  assert_accepted (options);
  g_assert_cmpstr (options->model, ==, "imagenet40-64");
  g_assert_cmpuint (options->updates, ==, 16);
  g_assert_cmpint (options->method, ==, DOT_METHOD_DOT);
  g_assert_cmpint (options->optimizer, ==, DOT_OPTIMIZER_ADAM);
  g_assert_cmpint (options->projection, ==, DOT_PROJECTION_TANGENT);
  g_assert_cmpfloat (options->step_size, ==, 0.01);
  g_assert_cmpfloat (options->k_eff, ==, 0.0);
}

static void
test_seed (void)
{
  static const gint64 wrong[] = { -1, G_MININT64, G_MAXINT32 + 1LL, G_MAXINT64, G_MAXINT64 - 1 };
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->seed = G_MAXINT32;
  assert_accepted (options);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      options->seed  = wrong[i];
      options->count = 5;
      assert_refused (options, "seed");
    }
}

/* Candidate i takes seed + i, which must be a seed too, unless it takes a
 * latent from a file. */
static void
test_last_seed (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->seed  = G_MAXINT32 - 2;
  options->count = 3;
  assert_accepted (options);
  options->count = 4;
  assert_refused (options, "seed");
  options->latents = g_strdup ("z.npy");
  assert_accepted (options);
}

static void
test_counts (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->count = 0;
  assert_refused (options, "count");
  options->count = G_MAXUINT;
  assert_refused (options, "count");
  options->count = 1;

  options->updates = 0;
  assert_accepted (options);
  options->updates = 100000;
  assert_accepted (options);
  options->updates = 100001;
  assert_refused (options, "updates");
  options->updates = 16;

  options->keep_every = 0;
  assert_refused (options, "keep-every");
}

static void
test_real_numbers (void)
{
  static const double wrong[]          = { -1.0, NAN, INFINITY, -INFINITY, 1e300, -1e-300 };
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      options->step_size = wrong[i];
      assert_refused (options, "step-size");
      options->step_size = 0.01;
      options->k_eff     = wrong[i];
      assert_refused (options, "k-eff");
      options->k_eff = 0.0;
      options->delta = wrong[i];
      assert_refused (options, "delta");
      options->delta = 0.0;
      assert_accepted (options);
    }
  options->step_size = 0.0;
  assert_refused (options, "step-size");
}

/* A copy shares nothing: both are freed. */
static void
test_copy (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) copy    = NULL;

  options->class_name = g_strdup ("goldfish");
  options->labels     = g_strdup ("y.npy");
  options->k_eff      = 2.5;
  copy                = dot_refine_options_copy (options);

  g_assert_cmpstr (copy->model, ==, options->model);
  g_assert_true (copy->model != options->model);
  g_assert_cmpstr (copy->class_name, ==, "goldfish");
  g_assert_cmpstr (copy->labels, ==, "y.npy");
  g_assert_null (copy->latents);
  g_assert_cmpfloat (copy->k_eff, ==, 2.5);
  dot_refine_options_free (NULL);
}

static void
assert_words (GType type, const char *const *words)
{
  for (int i = 0; words[i]; i++)
    {
      int value = -1;

      g_assert_true (dot_enum_from_nick (type, "x", words[i], &value, NULL));
      g_assert_cmpint (value, ==, i);
      g_assert_cmpstr (dot_enum_to_nick (type, i), ==, words[i]);
    }
}

#define WORDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
test_words (void)
{
  assert_words (DOT_TYPE_PRIOR, WORDS ("normal", "uniform"));
  assert_words (DOT_TYPE_METHOD,
                WORDS ("dot", "naive", "ddls", "dgflow", "rep", "ex2mcmc", "mh", "drs", "obrs"));
  assert_words (DOT_TYPE_DIVERGENCE, WORDS ("kl", "js", "logd"));
  assert_words (DOT_TYPE_CALIBRATION_USE, WORDS ("pair", "raw"));
  assert_words (DOT_TYPE_SPACE, WORDS ("latent", "target"));
  assert_words (DOT_TYPE_OPTIMIZER, WORDS ("adam", "sgd"));
  assert_words (DOT_TYPE_PROJECTION, WORDS ("tangent", "paper", "none"));
  assert_words (DOT_TYPE_DEVICE, WORDS ("auto", "cpu", "cuda"));
  assert_words (DOT_TYPE_PRECISION, WORDS ("float32", "tf32", "bfloat16", "float64", "auto"));
  g_assert_cmpstr (dot_enum_to_nick (DOT_TYPE_PRIOR, 77), ==, "");
}

static void
test_wrong_words (void)
{
  static const char *const words[] = { "nonsense",           "",  "Adam", "ada", "adam ", "0",
                                       "DOT_OPTIMIZER_ADAM", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GError) error = NULL;
      int value                = 77;

      g_assert_false (
        dot_enum_from_nick (DOT_TYPE_OPTIMIZER, "optimizer", words[i], &value, &error));
      g_assert_cmpint (value, ==, 77);
      assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
      assert_mentions (error, "optimizer");
      assert_mentions (error, "adam, sgd");
    }
}

/* One state to begin at where there is one to end at, and no more than there
 * may be candidates. */
static void
test_states (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) copy    = NULL;

  options->to_state = g_strdup ("{}");
  assert_refused (options, "0");
  options->states = g_strsplit ("{},{}", ",", 0);
  assert_refused (options, "2");
  g_clear_pointer (&options->to_state, g_free);
  assert_accepted (options);
  copy = dot_refine_options_copy (options);
  g_assert_cmpstrv (copy->states, options->states);

  g_strfreev (options->states);
  options->states = g_new0 (char *, 65536 + 2);
  for (int i = 0; i <= 65536; i++)
    options->states[i] = g_strdup ("");
  assert_refused (options, "65537");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/seed", test_seed);
  g_test_add_func ("/options/last-seed", test_last_seed);
  g_test_add_func ("/options/counts", test_counts);
  g_test_add_func ("/options/real-numbers", test_real_numbers);
  g_test_add_func ("/options/copy", test_copy);
  g_test_add_func ("/options/words", test_words);
  g_test_add_func ("/options/wrong-words", test_wrong_words);
  g_test_add_func ("/options/states", test_states);
  return g_test_run ();
}
