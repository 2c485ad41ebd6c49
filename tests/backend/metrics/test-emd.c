/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "metrics/emd.h"

#include "helpers.h"

#include <math.h>

#define MAX_POINTS 7

static double
cost_of (const double *x, const double *y, gsize d, DotCost cost)
{
  double sum = 0.0;

  for (gsize i = 0; i < d; i++)
    sum += pow (x[i] - y[i], 2.0);
  return cost == DOT_COST_SQUARED ? sum : sqrt (sum);
}

/* The least mean over all permutations. */
static double
brute_force (const double *one,
             const double *other,
             gsize         n,
             gsize         d,
             DotCost       cost,
             guint         used,
             gsize         row)
{
  double least = INFINITY;

  if (row == n)
    return 0.0;

  for (gsize j = 0; j < n; j++)
    if (! (used & 1u << j))
      least = MIN (least, cost_of (one + row * d, other + j * d, d, cost) / n +
                            brute_force (one, other, n, d, cost, used | 1u << j, row + 1));
  return least;
}

static void
draw (double *points, gsize n)
{
  for (gsize i = 0; i < n; i++)
    points[i] = g_test_rand_double_range (-3.0, 3.0);
}

static double
emd_of (const double *one, gsize n, const double *other, gsize m, gsize d, DotCost cost)
{
  g_autoptr (GError) error = NULL;
  double emd               = NAN;

  dot_emd (one, n, other, m, d, cost, &emd, NULL, &error);
  g_assert_no_error (error);
  return emd;
}

static void
assert_near (double found, double expected)
{
  g_assert_cmpfloat_with_epsilon (found, expected, 1e-12 * (1.0 + expected));
}

static void
test_brute_force (void)
{
  for (gsize n = 1; n <= MAX_POINTS; n++)
    for (gsize d = 1; d <= 3; d++)
      {
        double one[MAX_POINTS * 3], other[MAX_POINTS * 3];

        draw (one, n * d);
        draw (other, n * d);
        for (DotCost cost = DOT_COST_SQUARED; cost <= DOT_COST_EUCLID; cost++)
          assert_near (emd_of (one, n, other, n, d, cost),
                       brute_force (one, other, n, d, cost, 0, 0));
      }
}

/* Each point taken often enough makes sets of one size. */
static void
test_other_sizes (void)
{
  double one[2 * 2], other[3 * 2], many[6 * 2], more[6 * 2];

  for (guint i = 0; i < 20; i++)
    {
      draw (one, 4);
      draw (other, 6);
      for (guint j = 0; j < 12; j++)
        {
          many[j] = one[j / 6 * 2 + j % 2];
          more[j] = other[j / 4 * 2 + j % 2];
        }
      for (DotCost cost = DOT_COST_SQUARED; cost <= DOT_COST_EUCLID; cost++)
        {
          assert_near (emd_of (one, 2, other, 3, 2, cost),
                       brute_force (many, more, 6, 2, cost, 0, 0));
          assert_near (emd_of (other, 3, one, 2, 2, cost), emd_of (one, 2, other, 3, 2, cost));
        }
    }
}

static void
test_line (void)
{
  enum
  {
    N = 300
  };
  double one[N], other[N], squared = 0.0, plain = 0.0;

  draw (one, N);
  draw (other, N);
  qsort (one, N, sizeof (double), helper_compare_doubles);
  for (guint i = 0; i < N; i++)
    other[i] = one[(i * 7) % N] + 0.5 + i * 1e-9;
  qsort (other, N, sizeof (double), helper_compare_doubles);
  for (guint i = 0; i < N; i++)
    {
      squared += pow (one[i] - other[i], 2.0) / N;
      plain += fabs (one[i] - other[i]) / N;
    }

  assert_near (emd_of (one, N, other, N, 1, DOT_COST_SQUARED), squared);
  assert_near (emd_of (one, N, other, N, 1, DOT_COST_EUCLID), plain);
}

static void
test_same_and_scale (void)
{
  double points[40], large[40];

  draw (points, 40);
  for (guint i = 0; i < 40; i++)
    large[i] = points[i] * 1e140;

  g_assert_cmpfloat (emd_of (points, 20, points, 20, 2, DOT_COST_EUCLID), ==, 0.0);
  assert_near (emd_of (large, 8, large + 16, 12, 2, DOT_COST_SQUARED) / 1e280,
               emd_of (points, 8, points + 16, 12, 2, DOT_COST_SQUARED));
}

static void
test_bad_points (void)
{
  double points[]          = { 0.0, 1.0, NAN, 2.0 };
  g_autoptr (GError) error = NULL;
  double emd               = 5.0;

  g_assert_false (dot_emd (points, 2, points, 2, 2, DOT_COST_EUCLID, &emd, NULL, &error));
  assert_sentence (error, DOT_ERROR_NOT_FINITE);
  g_clear_error (&error);

  points[2] = 1e200;
  g_assert_false (dot_emd (points, 2, points, 2, 2, DOT_COST_SQUARED, &emd, NULL, &error));
  assert_sentence (error, DOT_ERROR_NOT_FINITE);
  g_clear_error (&error);

  g_assert_false (dot_emd (points, 0, points, 2, 2, DOT_COST_EUCLID, &emd, NULL, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_assert_false (
    dot_emd (points, G_MAXSIZE / 2, points, 3, 2, DOT_COST_EUCLID, &emd, NULL, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_assert_cmpfloat (emd, ==, 5.0);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (G_USEC_PER_SEC / 20);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  enum
  {
    N = 1500
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error             = NULL;
  g_autofree double *points            = g_new (double, 2 * N * 2);
  GThread           *thread;
  double             emd;

  draw (points, 2 * N * 2);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (
    dot_emd (points, N, points + 2 * N, N, 2, DOT_COST_SQUARED, &emd, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emd/brute-force", test_brute_force);
  g_test_add_func ("/emd/other-sizes", test_other_sizes);
  g_test_add_func ("/emd/line", test_line);
  g_test_add_func ("/emd/same-and-scale", test_same_and_scale);
  g_test_add_func ("/emd/bad-points", test_bad_points);
  g_test_add_func ("/emd/cancel", test_cancel);
  return g_test_run ();
}
