/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where a run may start: between two seeds, truncated, between two classes,
 * and from where another run ended. */

#include "dot.h"
#include "helpers.h"

#include "engine/pair.h"
#include "refine/state.h"
#include "refine/step.h"

#include <math.h>
#include <string.h>

/* The last step of a run, and the JSON of its candidate 0 after update
 * @json_at. */
typedef struct
{
  DotPair                *pair;
  const DotRefineOptions *options;
  guint                   json_at;
  char                   *json;
  DotStep                *last;
  guint                   steps;
} Run;

static void
keep_step (const DotStep *step, gpointer user_data)
{
  Run *run = user_data;

  run->steps++;
  if (step->update == run->json_at)
    run->json = dot_state_from_step (step, 0, run->pair, run->options);
  g_clear_pointer (&run->last, dot_step_free);
  run->last = dot_step_copy (step);
}

static void
run_refine (Run *run)
{
  g_autoptr (GError) error = NULL;

  dot_refine (run->pair, run->options, keep_step, NULL, run, NULL, &error);
  g_assert_no_error (error);
}

static void
run_clear (Run *run)
{
  g_free (run->json);
  dot_step_free (run->last);
}

/* Six updates are two, saved, and four more: the same latent to the bit. */
static void
test_continue (gconstpointer data)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) rest    = dot_refine_options_new ();
  Run whole                            = { .pair = pair, .options = options, .json_at = 2 };
  Run after                            = { .pair = pair, .options = rest, .json_at = G_MAXUINT };

  options->optimizer = rest->optimizer = GPOINTER_TO_INT (data);
  options->seed                        = 5;
  options->updates                     = 6;
  run_refine (&whole);

  rest->updates = 4;
  rest->states  = g_strdupv ((char *[]) { whole.json, NULL });
  run_refine (&after);

  g_assert_cmpuint (after.steps, ==, 5);
  g_assert_cmpuint (after.last->update, ==, 6);
  g_assert_cmpint (after.last->seeds[0], ==, 5);
  g_assert_cmpmem (after.last->points, 128 * sizeof (double), whole.last->points,
                   128 * sizeof (double));
  g_assert_cmpfloat (after.last->distances[0], ==, whole.last->distances[0]);
  run_clear (&whole);
  run_clear (&after);
}

/*  several candidates  */

#define THREE 3

/* The JSON of each candidate after update 2. */
typedef struct
{
  Run   run;
  char *states[THREE + 1];
} Several;

static void
keep_states (const DotStep *step, gpointer user_data)
{
  Several *several = user_data;

  for (gsize b = 0; step->update == 2 && b < step->batch; b++)
    several->states[b] = dot_state_from_step (step, b, several->run.pair, several->run.options);
  keep_step (step, &several->run);
}

static void
several_clear (Several *several)
{
  for (int b = 0; b < THREE; b++)
    g_free (several->states[b]);
  run_clear (&several->run);
}

/* One label each: the classes are found in the states again. */
static char *
save_labels (const char *folder)
{
  static const char bytes[] = "\x93NUMPY\x01\x00\x76\x00{'descr': '|u1', 'fortran_order': False, "
                              "'shape': (3,), }";
  g_autoptr (GError) error  = NULL;
  char *path                = g_build_filename (folder, "labels.npy", NULL);
  char  npy[128 + THREE];

  memset (npy, ' ', sizeof (npy));
  memcpy (npy, bytes, sizeof (bytes) - 1);
  npy[127] = '\n';
  memcpy (npy + 128, (guint8[]) { 7, 0, 3 }, THREE);
  g_file_set_contents (path, npy, sizeof (npy), &error);
  g_assert_no_error (error);
  return path;
}

static void
run_three (Several *several, DotRefineOptions *options)
{
  g_autoptr (GError) error        = NULL;
  g_autoptr (HelperFolder) folder = helper_folder_new ();

  options->labels  = save_labels (folder);
  options->seed    = 5;
  options->updates = 6;
  dot_refine (several->run.pair, options, keep_states, NULL, several, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_same_step (const DotStep *found, const DotStep *expected)
{
  gsize size = expected->batch * sizeof (double);

  g_assert_cmpuint (found->update, ==, expected->update);
  g_assert_cmpuint (found->n_updates, ==, expected->n_updates);
  g_assert_cmpmem (found->seeds, found->batch * sizeof (gint64), expected->seeds,
                   expected->batch * sizeof (gint64));
  g_assert_cmpmem (found->classes, found->batch * sizeof (gpointer), expected->classes,
                   expected->batch * sizeof (gpointer));
  g_assert_cmpmem (found->origins, size * 128, expected->origins, size * 128);
  g_assert_cmpmem (found->points, size * 128, expected->points, size * 128);
  g_assert_cmpmem (found->scores, size, expected->scores, size);
  g_assert_cmpmem (found->distances, size, expected->distances, size);
  g_assert_cmpmem (found->k_eff, size, expected->k_eff, size);
  g_assert_cmpmem (found->images, found->batch * 3 * 64 * 64 * sizeof (float), expected->images,
                   expected->batch * 3 * 64 * 64 * sizeof (float));
  if (expected->second_moments)
    g_assert_cmpmem (found->second_moments, size * 128, expected->second_moments, size * 128);
}

/* Three candidates of three classes: what one run makes, two make. */
static void
test_continue_three (gconstpointer data)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) rest    = dot_refine_options_new ();
  Several whole = { .run = { .pair = pair, .options = options, .json_at = G_MAXUINT } };
  Run     after = { .pair = pair, .options = rest, .json_at = G_MAXUINT };

  options->optimizer = rest->optimizer = GPOINTER_TO_INT (data);
  run_three (&whole, options);
  g_assert_cmpuint (whole.run.last->batch, ==, THREE);
  g_assert_cmpstr (whole.run.last->classes[2]->name, ==, "king penguin");
  g_assert_cmpfloat (whole.run.last->k_eff[0], !=, whole.run.last->k_eff[1]);

  rest->updates = 4;
  rest->states  = g_strdupv (whole.states);
  run_refine (&after);
  g_assert_cmpuint (after.steps, ==, 5);
  assert_same_step (after.last, whole.run.last);
  several_clear (&whole);
  run_clear (&after);
}

static void
assert_run_refused (DotPair *pair, DotRefineOptions *options)
{
  g_autoptr (GError) error = NULL;
  Run run                  = { .pair = pair, .options = options };

  g_assert_false (dot_refine (pair, options, keep_step, NULL, &run, NULL, &error));
  g_assert_true (error->domain == DOT_ERROR);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (run.steps, ==, 0);
  run_clear (&run);
}

/* (nullable): @second and @to_state */
static void
assert_states_refused (DotPair *pair, const char *first, const char *second, const char *to_state)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->states   = g_strdupv ((char *[]) { (char *) first, (char *) second, NULL });
  options->to_state = g_strdup (to_state);
  assert_run_refused (pair, options);
}

static void
assert_refused (DotPair *pair, const char *json)
{
  assert_states_refused (pair, json, NULL, NULL);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_nonnull (parts[1]);
  return g_strjoinv (to, parts);
}

static void
test_damaged_state (void)
{
  static const char *const changes[][2] = {
    { "dot-refine-state", "other" },
    { "\"label\":0", "\"label\":10" },
    { "\"label\":0", "\"label\":\"0\"" },
    { "\"update\":0", "\"update\":-1" },
    { "\"latent\":[", "\"latent\":[0," },
    { "\"origin\":[", "\"origin\":[1e999," },
    { "\"origin\"", "\"other\"" },
    { "\"k_eff\":", "\"k_eff\":-" },
    { "generator_sha256\":\"", "generator_sha256\":\"0" },
    { "\"second_moment\":[", "\"second_moment\":[[]," },
    { "\"model\":{", "\"models\":{" },
  };
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run                              = { .pair = pair, .options = options, .json_at = 0 };

  options->updates = 0;
  run_refine (&run);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *damaged = replace (run.json, changes[i][0], changes[i][1]);

      assert_refused (pair, damaged);
    }
  assert_refused (pair, "");
  assert_refused (pair, "[]");
  assert_refused (pair, "{");
  run_clear (&run);
}

/* One state after update 2 and another after update 0. */
static void
test_states_apart (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) none    = dot_refine_options_new ();
  g_autofree char *early               = NULL;
  g_autofree char *cut                 = NULL;
  Run              run                 = { .pair = pair, .options = options, .json_at = 2 };

  options->updates = 2;
  run_refine (&run);
  early = replace (run.json, "\"update\":2", "\"update\":0");
  cut   = replace (run.json, "\"latent\":[", "\"latent\":[0,");

  assert_states_refused (pair, run.json, early, NULL);
  assert_states_refused (pair, run.json, cut, NULL);
  assert_states_refused (pair, run.json, NULL, cut);
  assert_states_refused (pair, cut, NULL, run.json);
  assert_states_refused (pair, run.json, run.json, run.json);
  none->to_state = g_strdup (run.json);
  assert_run_refused (pair, none);
  run_clear (&run);
}

/* Read without the reader that is tested. */
static double
latent_of (const char *json, int i)
{
  const char *number = strstr (json, "\"latent\":[") + strlen ("\"latent\":[");

  for (; i > 0; i--)
    number = strchr (number, ',') + 1;
  return g_ascii_strtod (number, NULL);
}

static void
assert_ends (const DotStep *step, const char *first, const char *last)
{
  const double *end = step->points + (step->batch - 1) * 128;

  for (int i = 0; i < 128; i++)
    {
      g_assert_cmpfloat (step->points[i], ==, latent_of (first, i));
      g_assert_cmpfloat_with_epsilon (end[i], latent_of (last, i), 1e-12);
    }
  g_assert_true (fabs (step->points[2 * 128] - latent_of (first, 0)) > 1e-6);
}

/* From goldfish to king penguin: a new run of goldfish, whose ends are the
 * latents that the states have come to. */
static void
test_between_states (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) way     = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) copy    = NULL;
  Several whole = { .run = { .pair = pair, .options = options, .json_at = G_MAXUINT } };
  Run     path  = { .pair = pair, .options = NULL, .json_at = G_MAXUINT };

  run_three (&whole, options);
  way->states   = g_strdupv ((char *[]) { whole.states[1], NULL });
  way->to_state = g_strdup (whole.states[2]);
  way->count    = 5;
  way->updates  = 0;
  path.options = copy = dot_refine_options_copy (way);
  run_refine (&path);

  g_assert_cmpuint (path.last->batch, ==, 5);
  g_assert_cmpuint (path.last->update, ==, 0);
  g_assert_true (path.last->keep);
  g_assert_cmpmem (path.last->origins, 5 * 128 * sizeof (double), path.last->points,
                   5 * 128 * sizeof (double));
  for (int b = 0; b < 5; b++)
    {
      g_assert_cmpint (path.last->seeds[b], ==, -1);
      g_assert_cmpstr (path.last->classes[b]->name, ==, "goldfish");
    }
  assert_ends (path.last, whole.states[1], whole.states[2]);
  several_clear (&whole);
  run_clear (&path);
}

/* The ends are the seeds' own latents, and all lie between their radii. */
static void
test_between_seeds (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) ends    = dot_refine_options_new ();
  Run path                             = { .pair = pair, .options = options, .json_at = G_MAXUINT };
  Run end                              = { .pair = pair, .options = ends, .json_at = G_MAXUINT };

  options->updates = ends->updates = 0;
  options->count                   = 5;
  options->to_seed                 = 9;
  run_refine (&path);
  ends->seed = 9;
  run_refine (&end);

  g_assert_cmpint (path.last->seeds[2], ==, -1);
  for (int i = 0; i < 128; i++)
    g_assert_cmpfloat_with_epsilon (path.last->points[4 * 128 + i], end.last->points[i], 1e-12);
  for (int b = 0; b < 5; b++)
    {
      double radius = 0.0;

      for (int i = 0; i < 128; i++)
        radius += pow (path.last->points[b * 128 + i], 2.0);
      g_assert_cmpfloat (sqrt (radius), >, 9.0);
      g_assert_cmpfloat (sqrt (radius), <, 14.0);
    }
  run_clear (&path);
  run_clear (&end);
}

static void
test_truncation (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run                              = { .pair = pair, .options = options, .json_at = G_MAXUINT };

  options->updates    = 0;
  options->count      = 20;
  options->truncation = 0.5;
  run_refine (&run);
  for (int i = 0; i < 20 * 128; i++)
    g_assert_cmpfloat (fabs (run.last->points[i]), <=, 0.5);
  run_clear (&run);
}

static double
score_of (DotPair *pair, const DotClass *klass, float *image)
{
  g_autoptr (GError) error = NULL;
  double latent[128];
  double score;

  for (int i = 0; i < 128; i++)
    latent[i] = sin (i);
  dot_pair_score (pair, latent, &klass->label, 1, &score, NULL, image, NULL, &error);
  g_assert_no_error (error);
  return score;
}

/* The whole of the second class is that class; an equal blend is made once;
 * half of it is neither. */
static void
test_blend (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT64);
  DotModel         *model  = dot_pair_get_model (pair);
  const DotClass   *first  = dot_model_find_class (model, "goldfish", NULL);
  const DotClass   *second = dot_model_find_class (model, "lemon", NULL);
  const DotClass   *whole, *half;
  g_autofree float *image    = g_new (float, 3 * 64 * 64);
  g_autofree float *expected = g_new (float, 3 * 64 * 64);

  whole = dot_pair_blend (pair, first, second, 1.0, NULL);
  half  = dot_pair_blend (pair, first, second, 0.5, NULL);
  g_assert_cmpstr (half->name, ==, "goldfish + 50 % lemon");
  g_assert_true (dot_pair_blend (pair, first, second, 0.5, NULL) == half);
  g_assert_true (dot_pair_blend (pair, first, second, 0.0, NULL) == first);

  g_assert_cmpfloat_with_epsilon (score_of (pair, whole, image), score_of (pair, second, expected),
                                  1e-9);
  for (int i = 0; i < 3 * 64 * 64; i++)
    g_assert_cmpfloat_with_epsilon (image[i], expected[i], 1e-6);
  g_assert_cmpfloat (fabs (score_of (pair, half, image) - score_of (pair, first, expected)), >,
                     1e-3);
}

/* Through the options, with a k_eff of its own. */
static void
test_blended_run (void)
{
  g_autoptr (DotPair)
    pair = helper_load_shipped (DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run                              = { .pair = pair, .options = options, .json_at = G_MAXUINT };

  options->updates      = 1;
  options->count        = 2;
  options->blend        = g_strdup ("lemon");
  options->blend_amount = 0.25;
  run_refine (&run);
  g_assert_cmpstr (run.last->classes[1]->name, ==, "goldfish + 25 % lemon");
  g_assert_cmpfloat (run.last->k_eff[0], >, 0.0);
  g_assert_cmpfloat (run.last->k_eff[0], ==, run.last->k_eff[1]);
  run_clear (&run);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/latents/continue/adam", GINT_TO_POINTER (DOT_OPTIMIZER_ADAM),
                        test_continue);
  g_test_add_data_func ("/latents/continue/sgd", GINT_TO_POINTER (DOT_OPTIMIZER_SGD),
                        test_continue);
  g_test_add_data_func ("/latents/continue-three/adam", GINT_TO_POINTER (DOT_OPTIMIZER_ADAM),
                        test_continue_three);
  g_test_add_data_func ("/latents/continue-three/sgd", GINT_TO_POINTER (DOT_OPTIMIZER_SGD),
                        test_continue_three);
  g_test_add_func ("/latents/damaged-state", test_damaged_state);
  g_test_add_func ("/latents/states-apart", test_states_apart);
  g_test_add_func ("/latents/between-states", test_between_states);
  g_test_add_func ("/latents/between-seeds", test_between_seeds);
  g_test_add_func ("/latents/truncation", test_truncation);
  g_test_add_func ("/latents/blend", test_blend);
  g_test_add_func ("/latents/blended-run", test_blended_run);
  return g_test_run ();
}
