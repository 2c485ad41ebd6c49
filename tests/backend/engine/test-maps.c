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
#include "network/architecture.h"
#include "network/initial.h"

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

/* Returns: whether this processor has that precision */
static gboolean
open_maps (Fixture *fixture, const char *id, DotEngine engine, DotPrecision precision)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (id, &error);

  g_assert_no_error (error);
  fixture->pair = dot_pair_load (model, engine, DOT_DEVICE_CPU, precision, NULL, NULL, NULL,
                                 &error);
  if (precision == DOT_PRECISION_BFLOAT16 &&
      g_error_matches (error, DOT_ERROR, DOT_ERROR_NO_BACKEND))
    return FALSE;
  g_assert_no_error (error);
  fixture->maps = dot_maps_new (fixture->pair, &error);
  g_assert_no_error (error);
  fixture->items     = dot_model_get_image_items (model);
  fixture->map_items = dot_maps_get_items (fixture->maps);
  return TRUE;
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
  open_maps (fixture, id, DOT_ENGINE_NATIVE, DOT_PRECISION_FLOAT32);
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

static double *
find_gradients (const Fixture *fixture, const double *cotangents)
{
  g_autoptr (GError) error = NULL;
  double *gradients        = g_new (double, BATCH * fixture->items);

  dot_maps_backward (fixture->maps, fixture->images, cotangents, fixture->labels, BATCH, gradients,
                     &error);
  g_assert_no_error (error);
  return gradients;
}

/* Of the product with random numbers, along its own direction. */
static void
test_gradient (Fixture *fixture, gconstpointer id)
{
  gsize              n          = BATCH * fixture->items;
  gsize              n_maps     = BATCH * fixture->map_items;
  g_autofree double *cotangents = draw (n_maps);
  g_autofree double *gradients  = find_gradients (fixture, cotangents);
  g_autofree float  *high       = NULL;
  g_autofree float  *low        = NULL;
  double             length     = 0.0, slope;

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

static double
compare (const float *ours, const float *theirs, gsize n)
{
  double apart   = 0.0;
  double squares = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      apart += ((double) ours[i] - theirs[i]) * ((double) ours[i] - theirs[i]);
      squares += (double) theirs[i] * theirs[i];
    }
  g_test_message ("%.2e apart", sqrt (apart / squares));
  return sqrt (apart / squares);
}

static void
test_engines_agree (Fixture *fixture, gconstpointer id)
{
  g_autofree float *ours   = find (fixture, fixture->images);
  g_autofree float *theirs = NULL;
  Fixture           other  = { .labels = { 0, 1, 2 } };

  if (! dot_engine_load (DOT_ENGINE_TORCH, DOT_DEVICE_CPU, NULL))
    {
      g_test_skip ("there is no libtorch");
      return;
    }
  open_maps (&other, id, DOT_ENGINE_TORCH, DOT_PRECISION_FLOAT32);
  g_assert_cmpuint (other.map_items, ==, fixture->map_items);
  theirs = find (&other, fixture->images);
  g_assert_cmpfloat (compare (ours, theirs, BATCH * fixture->map_items), <, 1e-5);
  close_maps (&other);
}

static double
find_cosine (const double *a, const double *b, gsize n)
{
  double sums[3] = { 0.0 };

  for (gsize i = 0; i < n; i++)
    {
      sums[0] += a[i] * b[i];
      sums[1] += a[i] * a[i];
      sums[2] += b[i] * b[i];
    }
  g_test_message ("cosine %.4f", sums[0] / sqrt (sums[1] * sums[2]));
  return sums[0] / sqrt (sums[1] * sums[2]);
}

/* bfloat16 has three digits. */
static void
test_narrow (Fixture *fixture, gconstpointer id)
{
  g_autofree double *cotangents = draw (BATCH * fixture->map_items);
  g_autofree float  *maps       = find (fixture, fixture->images);
  g_autofree float  *narrow     = NULL;
  g_autofree double *gradients  = find_gradients (fixture, cotangents);
  g_autofree double *rough      = NULL;
  Fixture            other      = { .images = fixture->images, .labels = { 0, 1, 2 } };

  if (! open_maps (&other, id, DOT_ENGINE_NATIVE, DOT_PRECISION_BFLOAT16))
    {
      g_test_skip ("this processor doesn't multiply bfloat16");
      return;
    }
  narrow = find (&other, other.images);
  rough  = find_gradients (&other, cotangents);
  g_assert_cmpfloat (compare (narrow, maps, BATCH * fixture->map_items), <, 3e-2);
  g_assert_cmpfloat (find_cosine (rough, gradients, BATCH * fixture->items), >, 0.98);
  close_maps (&other);
}

/* The plane's discriminator has no pictures inside: that is no error. */
static void
test_none (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *g              = g_build_filename (folder, "g.npz", NULL);
  g_autofree char *d              = g_build_filename (folder, "d.npz", NULL);
  g_autoptr (DotModel) model      = NULL;
  g_autoptr (GError) error        = NULL;
  DotInitialSizes sizes           = { .architecture = "mlp",
                                      .image_size   = 1,
                                      .latent_size  = 2,
                                      .widths       = { 4, 4 } };
  DotPair        *pair;
  DotMaps        *maps;
  guint           n_maps;

  g_assert_true (dot_initial_write (dot_mlp.initial, &sizes, 0, g, &error));
  g_assert_true (dot_initial_write (dot_mlp.initial, &sizes, 1, d, &error));
  model = dot_model_new_from_files (g, d, "mlp", DOT_PRIOR_UNIFORM, &error);
  g_assert_no_error (error);
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL, NULL,
                        NULL, &error);
  g_assert_no_error (error);
  maps = dot_maps_new (pair, &error);
  g_assert_no_error (error);
  dot_maps_get_channels (maps, &n_maps);
  g_assert_cmpuint (n_maps, ==, 0);
  g_assert_cmpuint (dot_maps_get_items (maps), ==, 0);
  dot_maps_free (maps);
  dot_pair_unref (pair);
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
  g_test_add_func ("/maps/none", test_none);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      add (ids[i], "maps", test_maps);
      add (ids[i], "gradient", test_gradient);
      add (ids[i], "engines-agree", test_engines_agree);
      add (ids[i], "narrow", test_narrow);
    }
  return g_test_run ();
}
