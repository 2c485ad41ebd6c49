/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A generated picture is found again, by the pair that ships; and a search that is
 * ended early has what it found. */

#include "dot.h"
#include "helpers.h"

#include "engine/pair.h"
#include "inversion/inversion.h"
#include "model/model.h"

#include <math.h>

/* All of them by -m slow. */
#define SEEDS 20
#define QUICK 2
#define FIRST 1000

typedef struct
{
  DotPair            *pair;
  DotModel           *model;
  DotInversionOptions options;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->pair    = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  fixture->model   = dot_pair_get_model (fixture->pair);
  fixture->options = (DotInversionOptions) {
    .klass     = dot_model_get_class (fixture->model, 0),
    .starts    = DOT_INVERSION_STARTS,
    .steps     = DOT_INVERSION_STEPS,
    .step_size = DOT_INVERSION_STEP_SIZE,
    .map_share = DOT_INVERSION_MAP_SHARE,
  };
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  dot_pair_unref (fixture->pair);
}

/* The picture of a seed, of 8 bits as in a file. */
static double *
make_target (const Fixture *fixture, guint32 seed)
{
  gsize              n      = dot_model_get_image_items (fixture->model);
  g_autofree double *latent = g_new (double, dot_model_get_latent_size (fixture->model));
  g_autofree float  *image  = g_new (float, n);
  double            *target = g_new (double, n);
  g_autoptr (GError) error  = NULL;

  dot_model_draw_latent (fixture->model, seed, DOT_STREAM_LATENT, 0.0, latent);
  dot_pair_generate (fixture->pair, latent, &fixture->options.klass->label, 1, image, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    target[i] = rint ((image[i] + 1.0) * 127.5) / 127.5 - 1.0;
  return target;
}

static void
test_found_again (Fixture *fixture, gconstpointer data)
{
  guint seeds = g_test_slow () ? SEEDS : QUICK;
  guint found = 0;

  for (guint i = 0; i < seeds; i++)
    {
      g_autoptr (GError) error           = NULL;
      g_autofree double *target          = NULL;
      g_autoptr (DotInversion) inversion = NULL;

      fixture->options.klass = dot_model_get_class (fixture->model,
                                                    i % dot_model_get_n_classes (fixture->model));
      target                 = make_target (fixture, FIRST + i);
      inversion = dot_inversion_find (fixture->pair, target, &fixture->options, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("seed %u: %.5f from start %u", FIRST + i, inversion->distance,
                      inversion->start);
      found += inversion->distance <= 1e-2;
    }
  g_assert_cmpuint (10 * found, >=, 9 * seeds);
}

typedef struct
{
  GCancellable *cancellable;
  double        at;
} Stop;

static void
stop (const char *message, double fraction, gpointer data)
{
  const Stop *how = data;

  if (fraction >= how->at)
    g_cancellable_cancel (how->cancellable);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree double *target            = make_target (fixture, FIRST);
  g_autoptr (DotInversion) inversion   = NULL;
  g_autoptr (GError) error             = NULL;
  Stop how                             = { cancellable, 0.5 };

  fixture->options.steps     = 6;
  fixture->options.progress  = stop;
  fixture->options.user_data = &how;

  inversion = dot_inversion_find (fixture->pair, target, &fixture->options, cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (inversion->stopped);
  g_assert_true (isfinite (inversion->distance) && isfinite (inversion->score));
}

static void
test_stopped_before_it_begins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree double *target            = make_target (fixture, FIRST);
  g_autoptr (GError) error             = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
    dot_inversion_find (fixture->pair, target, &fixture->options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is told of it is what its latent makes. */
static void
test_tells_what_it_found (Fixture *fixture, gconstpointer data)
{
  gsize              n               = dot_model_get_image_items (fixture->model);
  g_autofree double *target          = make_target (fixture, FIRST);
  g_autofree float  *image           = g_new (float, n);
  g_autoptr (DotInversion) inversion = NULL;
  g_autoptr (GError) error           = NULL;
  double score, squares = 0.0;

  fixture->options.steps     = 4;
  fixture->options.map_share = 0.3;
  inversion = dot_inversion_find (fixture->pair, target, &fixture->options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (inversion->stopped);

  dot_pair_score (fixture->pair, inversion->latent, &fixture->options.klass->label, 1, &score, NULL,
                  image, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    squares += (image[i] - target[i]) * (image[i] - target[i]) / n;
  g_assert_cmpfloat_with_epsilon (inversion->score, score, 1e-6);
  g_assert_cmpfloat_with_epsilon (inversion->distance, sqrt (squares), 1e-5);
}

#define ADD(name, function) \
  g_test_add (name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/inversion/stopped", test_stopped);
  ADD ("/inversion/stopped-before-it-begins", test_stopped_before_it_begins);
  ADD ("/inversion/tells-what-it-found", test_tells_what_it_found);
  ADD ("/inversion/found-again", test_found_again);
  return g_test_run ();
}
