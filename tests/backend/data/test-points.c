/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The 2-D sets: where their points are, and that each is a function of the seed
 * and its number alone. */

#include "helpers.h"
#include "data/batches.h"

#include <math.h>

static DotDataset *
open_kind (const char *kind)
{
  g_autoptr (GError) error = NULL;
  DotDatasetOptions options;
  DotDataset       *dataset;

  dot_dataset_options_init (&options);
  options.kind = kind;
  dataset      = dot_dataset_open (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dot_dataset_get_kind (dataset), ==, kind);
  return dataset;
}

static void
get (DotBatches *batches, guint64 number, float *images, gint32 *labels)
{
  g_autoptr (GError) error = NULL;
  gboolean done            = dot_batches_get (batches, number, images, labels, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

/*  points  */

#define N_POINTS 100000

static float *
draw_points (const char *kind, guint64 seed)
{
  g_autoptr (DotDataset) dataset = open_kind (kind);
  g_autoptr (DotBatches) batches = dot_batches_new (dataset, N_POINTS, seed, 2);
  float             *points      = g_new (float, 2 * N_POINTS);
  g_autofree gint32 *labels      = g_new (gint32, N_POINTS);

  g_assert_cmpuint (dot_dataset_get_channels (dataset), ==, 2);
  g_assert_cmpuint (dot_dataset_get_height (dataset), ==, 1);
  g_assert_cmpuint (dot_dataset_get_width (dataset), ==, 1);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 0);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 1);
  get (batches, 0, points, labels);
  for (guint i = 0; i < N_POINTS; i++)
    g_assert_cmpint (labels[i], ==, 0);
  return points;
}

/* Each of the 25 means has a 25th of the points, spread by 0.05 / 2.828; the
 * bounds are five standard errors. */
static void
test_gaussians (void)
{
  g_autofree float *points    = draw_points ("gaussians-25", 7);
  guint             count[25] = {
    0,
  };
  double sum     = 0.0;
  double squares = 0.0;

  for (guint i = 0; i < N_POINTS; i++)
    {
      int where[2];

      for (guint c = 0; c < 2; c++)
        {
          double x = points[2 * i + c] * 2.828 / 2.0;
          double rest;

          where[c] = (int) lrint (x);
          g_assert_cmpint (ABS (where[c]), <=, 2);
          rest = 2.0 * (x - where[c]);
          sum += rest;
          squares += rest * rest;
        }
      count[(where[0] + 2) * 5 + where[1] + 2]++;
    }
  for (guint i = 0; i < 25; i++)
    g_assert_cmpfloat_with_epsilon (count[i], N_POINTS / 25.0, 5.0 * sqrt (N_POINTS / 25.0));
  g_assert_cmpfloat_with_epsilon (sum / (2 * N_POINTS), 0.0, 5.0 * 0.05 / sqrt (2 * N_POINTS));
  g_assert_cmpfloat_with_epsilon (squares / (2 * N_POINTS), 0.0025,
                                  5.0 * 0.0025 * sqrt (2.0 / (2 * N_POINTS)));
}

/* Where a point belongs on the roll: the turn whose radius is nearest. */
static double
get_distance_to_roll (const float *point)
{
  double x        = point[0] * 7.5;
  double y        = point[1] * 7.5;
  double radius   = hypot (x, y);
  double angle    = atan2 (y, x);
  double distance = G_MAXDOUBLE;

  for (int turn = 0; turn < 4; turn++)
    {
      double t = CLAMP (angle + turn * 2.0 * G_PI, 1.5 * G_PI, 4.5 * G_PI);

      distance = MIN (distance, hypot (x - t * cos (t), y - t * sin (t)));
    }
  return MIN (distance, radius);
}

/* E x² + y² is that of the angle, uniform in 1.5π … 4.5π, and of the noise. */
static void
test_roll (void)
{
  g_autofree float *points  = draw_points ("swiss-roll", 7);
  double            far     = 0.0;
  double            squares = 0.0;
  double            a = 1.5 * G_PI, b = 4.5 * G_PI;
  double            expected = (b * b * b - a * a * a) / (3.0 * (b - a)) + 2.0 * 0.25 * 0.25;

  for (guint i = 0; i < N_POINTS; i++)
    {
      double x = points[2 * i] * 7.5, y = points[2 * i + 1] * 7.5;

      squares += x * x + y * y;
      far = MAX (far, get_distance_to_roll (points + 2 * i));
    }
  /* The deviation of t² is below its greatest value, 200. */
  g_assert_cmpfloat_with_epsilon (squares / N_POINTS, expected, 5.0 * 200.0 / sqrt (N_POINTS));
  g_assert_cmpfloat (far, <, 0.25 * 6.0);
  g_assert_cmpfloat (far, >, 0.25 * 3.0);
}

/* Point i of a seed is the same whatever the batches. */
static void
test_points_pure (void)
{
  g_autoptr (DotDataset) dataset = open_kind ("swiss-roll");
  g_autoptr (DotBatches) batches = dot_batches_new (dataset, 8, 7, 3);
  g_autofree float *all          = draw_points ("swiss-roll", 7);
  g_autofree float *other        = draw_points ("swiss-roll", 7 + (1ull << 32));
  const guint64     numbers[]    = { 5, 6, 0, 1, 1, 12499, 2, 9, 8, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      float points[16];

      get (batches, numbers[i], points, NULL);
      g_assert_cmpmem (points, sizeof (points), all + 16 * numbers[i], sizeof (points));
      g_assert_cmpfloat (points[0], !=, other[16 * numbers[i]]);
    }
}

static void
test_unknown_kind (void)
{
  g_autoptr (GError) error = NULL;
  DotDatasetOptions options;

  dot_dataset_options_init (&options);
  options.kind = "mnist";
  g_assert_null (dot_dataset_open (&options, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, "mnist");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/points/gaussians", test_gaussians);
  g_test_add_func ("/points/roll", test_roll);
  g_test_add_func ("/points/pure", test_points_pure);
  g_test_add_func ("/points/unknown-kind", test_unknown_kind);
  return g_test_run ();
}
