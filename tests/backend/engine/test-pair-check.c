/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A pair whose score is none to refine by is told from others: its last layer is
 * scaled and shifted. */

#include "engine/pair-check.h"
#include "engine/pair.h"
#include "format/weights.h"
#include "helpers.h"
#include "model/model.h"
#include "network/architecture.h"

#include <string.h>

#define VERY_LARGE 1e10

static const DotInitialSizes sizes = { "dcgan", 32, 4, { 32, 32 }, .for_bench = TRUE };

typedef struct
{
  HelperFolder *folder;
  char         *g;
  char         *d;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = helper_folder_new ();
  fixture->g      = g_build_filename (fixture->folder, "g.npz", NULL);
  fixture->d      = g_build_filename (fixture->folder, "d.npz", NULL);
  g_assert_true (dot_initial_write (dot_dcgan.initial, &sizes, 0, fixture->g, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->g);
  g_free (fixture->d);
  helper_folder_remove (fixture->folder);
}

/* One with l4 as many times as large, and then so much higher.  Where that is
 * very large all layers are, so that their numbers become infinite. */
static void
write_discriminator (Fixture *fixture, double scale, double shift)
{
  g_autofree char *plain          = g_build_filename (fixture->folder, "plain.npz", NULL);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (fixture->d, NULL);
  g_autoptr (DotWeights) weights  = NULL;
  g_auto (GStrv) keys             = NULL;

  g_assert_true (dot_initial_write (dot_dcgan.initial, &sizes, 1, plain, NULL));
  weights = dot_weights_open (plain, NULL);
  keys    = dot_weights_list_keys (weights);
  for (guint i = 0; keys[i]; i++)
    {
      g_autoptr (DotArray) array = NULL;
      gboolean bias              = strcmp (keys[i], "l4/b") == 0;
      DotShape shape;

      g_assert_true (dot_weights_get_shape (weights, keys[i], &shape, NULL));
      array = dot_weights_read (weights, keys[i], shape.n_dims, shape.axes, NULL);
      for (gsize k = 0; k < array->n_items; k++)
        if (bias)
          array->data[k] = (float) shift;
        else if (scale >= VERY_LARGE || strcmp (keys[i], "l4/W") == 0)
          array->data[k] = (float) (scale * array->data[k]);
      dot_npz_writer_add (writer, keys[i], array->data, shape.n_dims, shape.axes, NULL);
    }
  g_assert_true (dot_npz_writer_close (writer, NULL));
}

static DotPair *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotModel)
    model = dot_model_new_from_files (fixture->g, fixture->d, "dcgan", DOT_PRIOR_NORMAL, &error);
  DotPair *pair;

  g_assert_no_error (error);
  pair = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL, NULL,
                        NULL, &error);
  g_assert_no_error (error);
  return pair;
}

/* Returns: (transfer full) (nullable): the warning */
static char *
check_well (Fixture *fixture, double scale, double shift)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotPair) pair = NULL;
  char *warning            = NULL;

  write_discriminator (fixture, scale, shift);
  pair = load (fixture);
  g_assert_true (dot_pair_check_scores (pair, fixture->d, &warning, NULL, &error));
  g_assert_no_error (error);
  return warning;
}

static void
assert_refused (Fixture *fixture, double scale, double shift, DotError code, const char *mentions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotPair) pair = NULL;
  char *warning            = NULL;

  write_discriminator (fixture, scale, shift);
  pair = load (fixture);
  g_assert_false (dot_pair_check_scores (pair, fixture->d, &warning, NULL, &error));
  g_assert_null (warning);
  assert_sentence (error, code);
  assert_mentions (error, fixture->d);
  assert_mentions (error, mentions);
}

static void
assert_warned (Fixture *fixture, double scale, double shift, const char *mentions)
{
  g_autofree char *warning = check_well (fixture, scale, shift);

  g_assert_cmpstr (helper_sentence_fault (warning), ==, NULL);
  g_assert_nonnull (strstr (warning, fixture->d));
  g_assert_nonnull (strstr (warning, mentions));
}

/* Scores that happen to be between 0 and 1 are logits all the same. */
static void
test_logits (Fixture *fixture, gconstpointer data)
{
  g_assert_null (check_well (fixture, 1.0, 0.0));
  g_assert_null (check_well (fixture, 100.0, -3.0));
  g_assert_null (check_well (fixture, 0.01, 0.5));
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  assert_warned (fixture, 3e-6, 0.5, "from 0 to 1 only");
  assert_warned (fixture, 3e-6, -0.5, "from −1 to 1 only");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, 0.0, 0.25, DOT_ERROR_INVALID_FILE, "the same score (0.25)");
  assert_refused (fixture, 0.0, 0.0, DOT_ERROR_INVALID_FILE, "the same score (0)");
  assert_refused (fixture, VERY_LARGE, 0.0, DOT_ERROR_NOT_FINITE, "no numbers");
}

/* A run says it once it has begun, and one without updates doesn't look. */
static void
count_step (const DotStep *step, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_refine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (GError) error             = NULL;
  g_autoptr (DotPair) pair             = NULL;
  guint n                              = 0;

  options->k_eff   = 1.0;
  options->updates = 0;
  write_discriminator (fixture, 0.0, 0.25);
  pair = load (fixture);
  g_assert_true (dot_refine (pair, options, count_step, NULL, &n, NULL, &error));
  g_assert_no_error (error);
  options->updates = 1;
  g_assert_false (dot_refine (pair, options, count_step, NULL, &n, NULL, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  g_assert_cmpuint (n, ==, 1);

  g_clear_error (&error);
  g_clear_pointer (&pair, dot_pair_unref);
  write_discriminator (fixture, 3e-6, 0.5);
  pair = load (fixture);
  g_assert_null (dot_pair_get_warning (pair));
  g_assert_true (dot_refine (pair, options, count_step, NULL, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (dot_pair_get_warning (pair), "sigmoid"));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/pair-check/logits", test_logits);
  add ("/pair-check/bounded", test_bounded);
  add ("/pair-check/refused", test_refused);
  add ("/pair-check/refine", test_refine);
  return g_test_run ();
}
