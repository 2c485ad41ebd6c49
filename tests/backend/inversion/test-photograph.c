/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is found for photographs that no network here was trained on, by a network that had
 * no part in it: of the photographs of a class each start is most like its own, and by the
 * discriminator's maps it is more like that than by pixels alone. */

#include "dot.h"
#include "helpers.h"

#include "data/dataset.h"
#include "engine/pair.h"
#include "inversion/inversion.h"
#include "metrics/features.h"
#include "model/model.h"

#include <math.h>

#define ARCHIVE SHARED_DIR "/data/tiny-imagenet-40.tar"
#define LOOK    SHARED_DIR "/metrics/inception768.pt"

static const char *const wnids[] = { "n02165456", "n07749582" }; /* ladybug, lemon */

#define EACH       4
#define ALL        (EACH * G_N_ELEMENTS (wnids))
#define RIGHT      5 /* of 8; by chance 2 */
#define COMPARED   2 /* of each class, with what pixels alone find */
#define N_COMPARED (COMPARED * G_N_ELEMENTS (wnids))

typedef struct
{
  DotPair     *pair;
  DotModel    *model;
  DotFeatures *look;
  gsize        side;
  gsize        items;
  gsize        n_features;
  float       *photographs; /* (ALL, F) of length 1 */
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (! g_file_test (LOOK, G_FILE_TEST_EXISTS))
    return;
  fixture->model = dot_model_find ("imagenet40-64", &error);
  g_assert_no_error (error);
  fixture->pair = dot_pair_load (fixture->model, DOT_ENGINE_NATIVE, DOT_DEVICE_CPU,
                                 DOT_PRECISION_FLOAT32, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->side  = dot_model_get_image_size (fixture->model);
  fixture->items = dot_model_get_image_items (fixture->model);
  fixture->look  = dot_features_open (LOOK, TRUE, fixture->side, DOT_DEVICE_CPU, &error);
  g_assert_no_error (error);
  fixture->n_features  = dot_features_get_size (fixture->look);
  fixture->photographs = g_new (float, ALL * fixture->n_features);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  if (! fixture->pair)
    return;
  g_free (fixture->photographs);
  dot_features_close (fixture->look);
  dot_pair_unref (fixture->pair);
  dot_model_unref (fixture->model);
}

/* What the network makes of a picture (C, H, W) in [−1, 1], brought to length 1. */
static void
look_at (Fixture *fixture, const double *image, float *features)
{
  g_autoptr (GError) error   = NULL;
  g_autofree guint8 *pixels  = g_new (guint8, fixture->items);
  gsize              n       = fixture->side * fixture->side;
  double             squares = 0.0;

  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < 3; c++)
      pixels[i * 3 + c] = (guint8) CLAMP (rint ((image[c * n + i] + 1.0) * 127.5), 0.0, 255.0);
  dot_features_compute (fixture->look, pixels, 1, features, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < fixture->n_features; i++)
    squares += (double) features[i] * features[i];
  for (gsize i = 0; i < fixture->n_features; i++)
    features[i] = (float) (features[i] / sqrt (squares));
}

static double
find_likeness (const Fixture *fixture, const float *features, gsize photograph)
{
  const float *other = fixture->photographs + photograph * fixture->n_features;
  double       sum   = 0.0;

  for (gsize i = 0; i < fixture->n_features; i++)
    sum += (double) features[i] * other[i];
  return sum;
}

/* The first held-out photographs of a class. */
static void
read_photographs (Fixture *fixture, const char *wnid, double *images)
{
  const char *const  classes[]   = { wnid, NULL };
  g_autofree guint8 *pixels      = g_new (guint8, fixture->items);
  g_autoptr (DotDataset) dataset = NULL;
  g_autoptr (GError) error       = NULL;
  DotDatasetOptions options;

  dot_dataset_options_init (&options);
  options.kind    = "tar";
  options.path    = ARCHIVE ":tiny-imagenet-40/val";
  options.classes = classes;
  options.lazy    = TRUE;
  dataset         = dot_dataset_open (&options, &error);
  g_assert_no_error (error);
  for (gsize k = 0; k < EACH; k++)
    {
      dot_dataset_read_item (dataset, k, pixels, &error);
      g_assert_no_error (error);
      for (gsize i = 0; i < fixture->items; i++)
        images[k * fixture->items + i] = pixels[i] / 127.5 - 1.0;
    }
}

/* @features: (out): of the picture that is found */
static void
find_start (Fixture      *fixture,
            const double *photograph,
            const char   *wnid,
            double        map_share,
            float        *features)
{
  g_autoptr (DotInversion) found = NULL;
  g_autoptr (GError) error       = NULL;
  g_autofree double  *image      = g_new (double, fixture->items);
  DotInversionOptions options    = { .starts    = 8,
                                     .steps     = 80,
                                     .step_size = DOT_INVERSION_STEP_SIZE,
                                     .map_share = map_share };

  options.klass = dot_model_find_class (fixture->model, wnid, &error);
  g_assert_no_error (error);
  found = dot_inversion_find (fixture->pair, photograph, &options, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < fixture->items; i++)
    image[i] = found->image[i];
  look_at (fixture, image, features);
}

/* Of the photographs of its class the one that it is most like. */
static gsize
find_nearest (const Fixture *fixture, const float *features, gsize photograph)
{
  gsize first   = photograph / EACH * EACH;
  gsize nearest = first;

  for (gsize k = first + 1; k < first + EACH; k++)
    if (find_likeness (fixture, features, k) > find_likeness (fixture, features, nearest))
      nearest = k;
  return nearest;
}

static void
test_photographs (Fixture *fixture, gconstpointer data)
{
  g_autofree double *images   = NULL;
  g_autofree float  *features = NULL;
  double             with = 0.0, without = 0.0;
  guint              right = 0;

  if (! fixture->pair || ! g_file_test (ARCHIVE, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there are no photographs here, or no one to look at them");
      return;
    }
  images   = g_new (double, ALL * fixture->items);
  features = g_new (float, fixture->n_features);
  for (gsize c = 0; c < G_N_ELEMENTS (wnids); c++)
    read_photographs (fixture, wnids[c], images + c * EACH * fixture->items);
  for (gsize k = 0; k < ALL; k++)
    look_at (fixture, images + k * fixture->items, fixture->photographs + k * fixture->n_features);

  for (gsize k = 0; k < ALL; k++)
    {
      const double *photograph = images + k * fixture->items;

      find_start (fixture, photograph, wnids[k / EACH], DOT_INVERSION_MAP_SHARE, features);
      right += find_nearest (fixture, features, k) == k;
      if (k % EACH >= COMPARED)
        continue;
      with += find_likeness (fixture, features, k);
      find_start (fixture, photograph, wnids[k / EACH], 0.0, features);
      without += find_likeness (fixture, features, k);
    }
  g_test_message ("mean likeness by maps %.4f, by pixels alone %.4f; %u of %zu most like their own",
                  with / N_COMPARED, without / N_COMPARED, right, ALL);
  g_assert_cmpfloat (with, >, without);
  g_assert_cmpuint (right, >=, RIGHT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/inversion/photographs", Fixture, NULL, fixture_set_up, test_photographs,
              fixture_tear_down);
  return g_test_run ();
}
