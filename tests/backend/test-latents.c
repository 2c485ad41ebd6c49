/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Where a run may start: between two seeds, truncated, between two classes,
 * and from where another run ended.
 */

#include "dot.h"

#include <math.h>
#include <string.h>

static DotPair *
load_pair (DotPrecision precision)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", &error);
  DotPair             *pair;

  g_assert_no_error (error);
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, precision, NULL, NULL, NULL,
                        &error);
  g_assert_no_error (error);
  return pair;
}

/* The last step of a run, and the JSON of its candidate 0 after update
 * @json_at.  */
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
keep_step (const DotStep *step,
           gpointer       user_data)
{
  Run *run = user_data;

  run->steps++;
  if (step->update == run->json_at)
    run->json = dot_step_to_json (step, 0, run->pair, run->options);
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

/* Six updates are two, saved, and four more: the same latent to the bit.  */
static void
test_continue (gconstpointer data)
{
  g_autoptr (DotPair)          pair    = load_pair (DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) rest    = dot_refine_options_new ();
  Run whole = { .pair = pair, .options = options, .json_at = 2 };
  Run after = { .pair = pair, .options = rest, .json_at = G_MAXUINT };

  options->optimizer = rest->optimizer = GPOINTER_TO_INT (data);
  options->seed    = 5;
  options->updates = 6;
  run_refine (&whole);

  rest->updates = 4;
  rest->state   = g_strdup (whole.json);
  run_refine (&after);

  g_assert_cmpuint (after.steps, ==, 5);
  g_assert_cmpuint (after.last->update, ==, 6);
  g_assert_cmpint (after.last->seeds[0], ==, 5);
  g_assert_cmpmem (after.last->points, 128 * sizeof (double),
                   whole.last->points, 128 * sizeof (double));
  g_assert_cmpfloat (after.last->distances[0], ==, whole.last->distances[0]);
  run_clear (&whole);
  run_clear (&after);
}

static void
assert_refused (DotPair    *pair,
                const char *json)
{
  g_autoptr (GError)           error   = NULL;
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run                          run     = { .pair = pair, .options = options };

  options->state = g_strdup (json);
  g_assert_false (dot_refine (pair, options, keep_step, NULL, &run, NULL,
                              &error));
  g_assert_true (error->domain == DOT_ERROR);
  g_assert_null (strchr (error->message, '\n'));
  run_clear (&run);
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_nonnull (parts[1]);
  return g_strjoinv (to, parts);
}

static void
test_damaged_state (void)
{
  static const char *const changes[][2] = {
    { "dot-refine-state", "other" },     { "\"label\":0", "\"label\":10" },
    { "\"label\":0", "\"label\":\"0\"" }, { "\"update\":0", "\"update\":-1" },
    { "\"latent\":[", "\"latent\":[0," }, { "\"origin\":[", "\"origin\":[1e999," },
    { "\"origin\"", "\"other\"" },        { "\"k_eff\":", "\"k_eff\":-" },
    { "generator_sha256\":\"", "generator_sha256\":\"0" },
    { "\"second_moment\":[", "\"second_moment\":[[]," },
    { "\"model\":{", "\"models\":{" },
  };
  g_autoptr (DotPair)          pair    = load_pair (DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run = { .pair = pair, .options = options, .json_at = 0 };

  options->updates = 0;
  run_refine (&run);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *damaged = replace (run.json, changes[i][0],
                                          changes[i][1]);

      assert_refused (pair, damaged);
    }
  assert_refused (pair, "");
  assert_refused (pair, "[]");
  assert_refused (pair, "{");
  run_clear (&run);
}

/* The ends are the seeds' own latents, and all lie between their radii.  */
static void
test_between_seeds (void)
{
  g_autoptr (DotPair)          pair    = load_pair (DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) ends    = dot_refine_options_new ();
  Run path = { .pair = pair, .options = options, .json_at = G_MAXUINT };
  Run end  = { .pair = pair, .options = ends, .json_at = G_MAXUINT };

  options->updates = ends->updates = 0;
  options->count   = 5;
  options->to_seed = 9;
  run_refine (&path);
  ends->seed = 9;
  run_refine (&end);

  g_assert_cmpint (path.last->seeds[2], ==, -1);
  for (int i = 0; i < 128; i++)
    g_assert_cmpfloat_with_epsilon (path.last->points[4 * 128 + i],
                                    end.last->points[i], 1e-12);
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
  g_autoptr (DotPair)          pair    = load_pair (DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run = { .pair = pair, .options = options, .json_at = G_MAXUINT };

  options->updates    = 0;
  options->count      = 20;
  options->truncation = 0.5;
  run_refine (&run);
  for (int i = 0; i < 20 * 128; i++)
    g_assert_cmpfloat (fabs (run.last->points[i]), <=, 0.5);
  run_clear (&run);
}

static double
score_of (DotPair        *pair,
          const DotClass *klass,
          float          *image)
{
  g_autoptr (GError) error = NULL;
  double             latent[128];
  double             score;

  for (int i = 0; i < 128; i++)
    latent[i] = sin (i);
  dot_pair_score (pair, latent, &klass->label, 1, &score, NULL, image, NULL,
                  &error);
  g_assert_no_error (error);
  return score;
}

/* The whole of the second class is that class; an equal blend is made once;
 * half of it is neither.  */
static void
test_blend (void)
{
  g_autoptr (DotPair) pair  = load_pair (DOT_PRECISION_FLOAT64);
  DotModel           *model = dot_pair_get_model (pair);
  const DotClass     *first  = dot_model_find_class (model, "goldfish", NULL);
  const DotClass     *second = dot_model_find_class (model, "lemon", NULL);
  const DotClass     *whole, *half;
  g_autofree float   *image    = g_new (float, 3 * 64 * 64);
  g_autofree float   *expected = g_new (float, 3 * 64 * 64);

  whole = dot_pair_blend (pair, first, second, 1.0, NULL);
  half  = dot_pair_blend (pair, first, second, 0.5, NULL);
  g_assert_cmpstr (half->name, ==, "goldfish + 50 % lemon");
  g_assert_true (dot_pair_blend (pair, first, second, 0.5, NULL) == half);
  g_assert_true (dot_pair_blend (pair, first, second, 0.0, NULL) == first);

  g_assert_cmpfloat_with_epsilon (score_of (pair, whole, image),
                                  score_of (pair, second, expected), 1e-9);
  for (int i = 0; i < 3 * 64 * 64; i++)
    g_assert_cmpfloat_with_epsilon (image[i], expected[i], 1e-6);
  g_assert_cmpfloat (fabs (score_of (pair, half, image)
                           - score_of (pair, first, expected)), >, 1e-3);
}

/* Through the options, with a k_eff of its own.  */
static void
test_blended_run (void)
{
  g_autoptr (DotPair)          pair    = load_pair (DOT_PRECISION_FLOAT32);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Run run = { .pair = pair, .options = options, .json_at = G_MAXUINT };

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
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/latents/continue/adam",
                        GINT_TO_POINTER (DOT_OPTIMIZER_ADAM), test_continue);
  g_test_add_data_func ("/latents/continue/sgd",
                        GINT_TO_POINTER (DOT_OPTIMIZER_SGD), test_continue);
  g_test_add_func ("/latents/damaged-state", test_damaged_state);
  g_test_add_func ("/latents/between-seeds", test_between_seeds);
  g_test_add_func ("/latents/truncation", test_truncation);
  g_test_add_func ("/latents/blend", test_blend);
  g_test_add_func ("/latents/blended-run", test_blended_run);
  return g_test_run ();
}
