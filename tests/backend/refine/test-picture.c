/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs of the pair that ships which begin at a person's own picture. */

#include "helpers.h"

#include "engine/pair.h"
#include "model/model.h"
#include "refine/pixels.h"

#include <math.h>
#include <string.h>

#define SEED 1003

typedef struct
{
  DotPair          *pair;
  DotModel         *model;
  DotRefineOptions *options;
  GCancellable     *cancellable;
  double            stop_at; /* of the search */
  float            *picture;
  float            *first; /* update 0's */
  double            picture_distance;
  guint             n_steps;
  guint             n_updates;
  gboolean          kept;
} Fixture;

/* The picture of a seed, as a file. */
static GBytes *
make_file (Fixture *fixture)
{
  guint              side      = dot_model_get_image_size (fixture->model);
  const DotClass    *klass     = dot_model_get_class (fixture->model, 3);
  g_autofree double *latent    = g_new (double, dot_model_get_latent_size (fixture->model));
  g_autoptr (GError) error     = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  char *bytes                  = NULL;
  gsize size;

  dot_model_draw_latent (fixture->model, SEED, DOT_STREAM_LATENT, 0.0, latent);
  dot_pair_generate (fixture->pair, latent, &klass->label, 1, fixture->picture, NULL, &error);
  g_assert_no_error (error);
  pixbuf = dot_pixels_new_pixbuf (fixture->picture, 3, side, side);
  dot_pixels_encode (pixbuf, "a picture", NULL, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, size);
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  gsize n;

  fixture->pair    = helper_load_shipped (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32);
  fixture->model   = dot_pair_get_model (fixture->pair);
  n                = dot_model_get_image_items (fixture->model);
  fixture->picture = g_new0 (float, n);
  fixture->first   = g_new0 (float, n);
  fixture->cancellable = g_cancellable_new ();
  fixture->stop_at     = HUGE_VAL;
  fixture->options     = dot_refine_options_new ();

  fixture->options->class_name = g_strdup (dot_model_get_class (fixture->model, 3)->name);
  fixture->options->updates    = 2;
  fixture->options->picture    = make_file (fixture);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  dot_refine_options_free (fixture->options);
  g_object_unref (fixture->cancellable);
  g_free (fixture->picture);
  g_free (fixture->first);
  dot_pair_unref (fixture->pair);
}

static void
take_step (const DotStep *step, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (step->batch, ==, 1);
  g_assert_cmpint (step->seeds[0], ==, -1);
  if (fixture->n_steps++ > 0)
    return;

  g_assert_cmpuint (step->update, ==, 0);
  fixture->kept             = step->keep;
  fixture->n_updates        = step->n_updates;
  fixture->picture_distance = step->picture_distance;
  memcpy (fixture->first, step->images,
          dot_model_get_image_items (fixture->model) * sizeof (float));
}

static void
take_progress (const char *message, double fraction, gpointer data)
{
  Fixture *fixture = data;

  if (fraction >= fixture->stop_at)
    g_cancellable_cancel (fixture->cancellable);
}

static gboolean
refine (Fixture *fixture, GError **error)
{
  return dot_refine (fixture->pair, fixture->options, take_step, take_progress, fixture,
                     fixture->cancellable, error);
}

static double
measure (const Fixture *fixture)
{
  gsize  n       = dot_model_get_image_items (fixture->model);
  double squares = 0.0;

  for (gsize i = 0; i < n; i++)
    squares += pow (fixture->first[i] - fixture->picture[i], 2.0) / n;
  return sqrt (squares);
}

/* Update 0 is that picture again, and the others come after it. */
static void
test_begins_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  refine (fixture, &error);
  g_assert_no_error (error);
  g_test_message ("distance %.5f, %.5f with a file's colours", measure (fixture),
                  fixture->picture_distance);
  g_assert_cmpuint (fixture->n_steps, ==, 3);
  g_assert_cmpuint (fixture->n_updates, ==, 2);
  g_assert_true (fixture->kept);
  g_assert_cmpfloat (measure (fixture), <=, 1e-2);
  /* eight bits leave a part of what lies between two colours */
  g_assert_cmpfloat_with_epsilon (fixture->picture_distance, measure (fixture), 1.0 / 127.5);
}

/* Who has enough has the nearest so far, and no update. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->stop_at = 0.01;
  g_assert_false (refine (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_steps, ==, 1);
  g_assert_cmpuint (fixture->n_updates, ==, 0);
  g_assert_true (fixture->kept);
  g_assert_cmpfloat (fixture->picture_distance, >, 0.0);
  g_assert_cmpfloat_with_epsilon (fixture->picture_distance, measure (fixture), 1.0 / 127.5);
}

static void
test_stopped_before_it_begins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (fixture->cancellable);
  g_assert_false (refine (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_steps, ==, 0);
}

static void
test_no_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_bytes_unref (fixture->options->picture);
  fixture->options->picture = g_bytes_new_static ("no picture", 10);
  g_assert_false (refine (fixture, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  g_assert_cmpuint (fixture->n_steps, ==, 0);
}

/* The bytes are the same ones, and outlive whoever gave them. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  DotRefineOptions *copy = dot_refine_options_copy (fixture->options);

  g_clear_pointer (&fixture->options->picture, g_bytes_unref);
  g_assert_cmpuint (g_bytes_get_size (copy->picture), >, 0);
  dot_refine_options_free (copy);
}

#define ADD(name, function) \
  g_test_add (name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/refine/picture/begins-there", test_begins_there);
  ADD ("/refine/picture/stopped", test_stopped);
  ADD ("/refine/picture/stopped-before-it-begins", test_stopped_before_it_begins);
  ADD ("/refine/picture/no-picture", test_no_picture);
  ADD ("/refine/picture/copy", test_copy);
  return g_test_run ();
}
