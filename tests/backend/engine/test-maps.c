/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A discriminator's maps, by both engines, and their gradient. */

#include "dot.h"
#include "helpers.h"

#include "engine/engine.h"
#include "engine/maps.h"
#include "engine/pair.h"
#include "model/model.h"

#include <math.h>

#define BATCH 3

/* Networks of pieces that are linear, and numbers of seven digits. */
#define STRIDE    1e-3
#define TOLERANCE 2e-2

/* A plain discriminator, and one that has a feature network inside. */
static const char *const ids[] = { "imagenet10-64", "imagenet40-64" };

typedef struct
{
  DotPair *pair;
  DotMaps *maps;
  gsize    items; /* of a picture */
  gsize    map_items;
  double  *images;
  guint    labels[BATCH];
} Fixture;

static void
open_maps (Fixture *fixture, const char *id, DotEngine engine)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (id, &error);

  g_assert_no_error (error);
  fixture->pair = dot_pair_load (model, engine, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL, NULL,
                                 NULL, &error);
  g_assert_no_error (error);
  fixture->maps = dot_maps_new (fixture->pair, &error);
  g_assert_no_error (error);
  fixture->items     = dot_model_get_image_items (model);
  fixture->map_items = dot_maps_get_items (fixture->maps);
}

static void
close_maps (Fixture *fixture)
{
  dot_maps_free (fixture->maps);
  dot_pair_unref (fixture->pair);
}

static double *
draw (gsize n)
{
  double *numbers = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = g_test_rand_double_range (-1.0, 1.0);
  return numbers;
}

static void
fixture_set_up (Fixture *fixture, gconstpointer id)
{
  open_maps (fixture, id, DOT_ENGINE_NATIVE);
  fixture->images = draw (BATCH * fixture->items);
  for (guint b = 0; b < BATCH; b++)
    fixture->labels[b] = b;
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer id)
{
  g_free (fixture->images);
  close_maps (fixture);
}

static float *
find (const Fixture *fixture, const double *images)
{
  g_autoptr (GError) error = NULL;
  float *maps              = g_new (float, BATCH * fixture->map_items);

  dot_maps_find (fixture->maps, images, fixture->labels, BATCH, maps, &error);
  g_assert_no_error (error);
  return maps;
}

/* As many channels as it says, and none of them empty in all pictures. */
static void
test_maps (Fixture *fixture, gconstpointer id)
{
  guint             n_maps;
  const guint      *channels = dot_maps_get_channels (fixture->maps, &n_maps);
  g_autofree float *maps     = find (fixture, fixture->images);
  gsize             sum      = 0;
  double            squares  = 0.0;

  g_assert_cmpuint (n_maps, >=, 3);
  for (guint i = 0; i < n_maps; i++)
    sum += channels[i];
  g_assert_cmpuint (sum * DOT_MAPS_SIDE * DOT_MAPS_SIDE, ==, fixture->map_items);
  for (gsize i = 0; i < BATCH * fixture->map_items; i++)
    squares += (double) maps[i] * maps[i];
  g_assert_true (isfinite (squares) && squares > 0.0);
}

static double
multiply (const float *maps, const double *cotangents, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += maps[i] * cotangents[i];
  return sum;
}

/* Of the product with random numbers, along its own direction. */
static void
test_gradient (Fixture *fixture, gconstpointer id)
{
  gsize              n          = BATCH * fixture->items;
  gsize              n_maps     = BATCH * fixture->map_items;
  g_autofree double *cotangents = draw (n_maps);
  g_autofree double *gradients  = g_new (double, n);
  g_autofree float  *high       = NULL;
  g_autofree float  *low        = NULL;
  g_autoptr (GError) error      = NULL;
  double length                 = 0.0, slope;

  dot_maps_backward (fixture->maps, fixture->images, cotangents, fixture->labels, BATCH, gradients,
                     &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    length += gradients[i] * gradients[i];
  length = sqrt (length);
  g_assert_cmpfloat (length, >, 0.0);

  for (gsize i = 0; i < n; i++)
    fixture->images[i] += STRIDE * gradients[i] / length;
  high = find (fixture, fixture->images);
  for (gsize i = 0; i < n; i++)
    fixture->images[i] -= 2.0 * STRIDE * gradients[i] / length;
  low   = find (fixture, fixture->images);
  slope = (multiply (high, cotangents, n_maps) - multiply (low, cotangents, n_maps)) /
          (2.0 * STRIDE);
  g_assert_cmpfloat_with_epsilon (slope / length, 1.0, TOLERANCE);
}

static void
test_engines_agree (Fixture *fixture, gconstpointer id)
{
  g_autofree float *ours    = find (fixture, fixture->images);
  g_autofree float *theirs  = NULL;
  Fixture           other   = { .labels = { 0, 1, 2 } };
  double            apart   = 0.0;
  double            squares = 0.0;

  if (! dot_engine_load (DOT_ENGINE_TORCH, DOT_DEVICE_CPU, NULL))
    {
      g_test_skip ("there is no libtorch");
      return;
    }
  open_maps (&other, id, DOT_ENGINE_TORCH);
  g_assert_cmpuint (other.map_items, ==, fixture->map_items);
  theirs = find (&other, fixture->images);
  for (gsize i = 0; i < BATCH * fixture->map_items; i++)
    {
      apart += ((double) ours[i] - theirs[i]) * ((double) ours[i] - theirs[i]);
      squares += (double) theirs[i] * theirs[i];
    }
  g_test_message ("%s: %.2e apart", (const char *) id, sqrt (apart / squares));
  g_assert_cmpfloat (sqrt (apart / squares), <, 1e-5);
  close_maps (&other);
}

static void
add (const char *id, const char *name, void (*function) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/maps/%s/%s", id, name);

  g_test_add (path, Fixture, id, fixture_set_up, function, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      add (ids[i], "maps", test_maps);
      add (ids[i], "gradient", test_gradient);
      add (ids[i], "engines-agree", test_engines_agree);
    }
  return g_test_run ();
}
