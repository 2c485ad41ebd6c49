/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Matrices whose singular values are known: diagonal ones, rotated from both
 * sides. */

#include "network/spectral-norm.h"

#include <math.h>
#include <string.h>

/* What rounding the entries to float32 moves a singular value by, at most. */
#define ROUNDING 1e-6

/* Rotates rows @a and @b of (rows, columns) by an angle; a rotation leaves
 * all singular values as they are. */
static void
rotate_rows (double *matrix, gsize columns, gsize a, gsize b, double angle)
{
  for (gsize j = 0; j < columns; j++)
    {
      double x = matrix[a * columns + j];
      double y = matrix[b * columns + j];

      matrix[a * columns + j] = cos (angle) * x - sin (angle) * y;
      matrix[b * columns + j] = sin (angle) * x + cos (angle) * y;
    }
}

/* Rotates every two neighbours among the rows, and the last with the first;
 * the angles follow from @seed. */
static void
rotate_all (double *matrix, gsize rows, gsize columns, double seed)
{
  for (gsize i = 0; rows > 1 && i < 3 * rows; i++)
    rotate_rows (matrix, columns, i % rows, (i + 1) % rows, seed + 0.7 * i);
}

static double *
transpose (const double *matrix, gsize rows, gsize columns)
{
  double *transposed = g_new (double, rows *columns);

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      transposed[j * rows + i] = matrix[i * columns + j];
  return transposed;
}

static DotArray *
array_of (const double *values, guint n_dims, const gsize *shape)
{
  DotArray *array = dot_array_new (n_dims, shape, NULL);

  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = (float) values[i];
  return array;
}

/* A rotated (rows, columns) matrix with the singular values @sigmas, the
 * largest first; @u: (out) (nullable): its first left singular vector. */
static DotArray *
rotated_matrix (gsize rows, gsize columns, const double *sigmas, DotArray **u)
{
  g_autofree double *left  = g_new0 (double, rows *columns);
  g_autofree double *axis  = g_new0 (double, rows);
  g_autofree double *right = NULL;
  g_autofree double *both  = NULL;

  for (gsize i = 0; i < MIN (rows, columns); i++)
    left[i * columns + i] = sigmas[i];
  axis[0] = 1.0;

  rotate_all (left, rows, columns, 0.3);
  rotate_all (axis, rows, 1, 0.3);
  right = transpose (left, rows, columns);
  rotate_all (right, columns, rows, 1.1);
  both = transpose (right, columns, rows);

  if (u)
    *u = array_of (axis, 2, (gsize[]) { 1, rows });
  return array_of (both, 2, (gsize[]) { rows, columns });
}

static const double sigmas[] = { 7.5, 5.0, 4.0, 0.5, 0.25, 0.01, 0, 0 };

static const gsize shapes[][2] = { { 8, 8 },  { 3, 8 },  { 8, 3 },  { 2, 50 },
                                   { 50, 2 }, { 1, 20 }, { 20, 1 }, { 1, 1 } };

static void
test_from_scratch (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (DotArray) weight = rotated_matrix (shapes[i][0], shapes[i][1], sigmas, NULL);

      g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, NULL), 7.5, 7.5 * ROUNDING);
    }
}

/* Two that lie close take more rounds, not another result. */
static void
test_close_values (void)
{
  const double close[]        = { 1.0, 0.99, 0.98, 0.5 };
  g_autoptr (DotArray) weight = rotated_matrix (4, 6, close, NULL);

  g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, NULL), 1.0, ROUNDING);
}

static void
test_equal_values (void)
{
  const double equal[]        = { 2, 2, 2, 2 };
  g_autoptr (DotArray) weight = rotated_matrix (4, 4, equal, NULL);

  g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, NULL), 2.0, 2.0 * ROUNDING);
}

static void
test_from_the_exact_vector (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (DotArray) u      = NULL;
      g_autoptr (DotArray) weight = rotated_matrix (shapes[i][0], shapes[i][1], sigmas, &u);

      g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, u), 7.5, 7.5 * ROUNDING);
    }
}

/* With a u that isn't converged it is one round and no more, as in training:
 * diag (3, 1) and u = (1, 1) / √2 make v = (3, 1) / √10, ‖Wv‖ = √8.2. */
static void
test_one_round (void)
{
  const double diagonal[]     = { 3, 0, 0, 1 };
  const double half           = sqrt (0.5);
  g_autoptr (DotArray) weight = array_of (diagonal, 2, (gsize[]) { 2, 2 });
  g_autoptr (DotArray) u      = array_of ((double[]) { half, half }, 2, (gsize[]) { 1, 2 });

  g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, u), sqrt (8.2), 1e-6);
}

/* A second singular vector stays where it is in one round. */
static void
test_wrong_vector (void)
{
  const double diagonal[]     = { 3, 0, 0, 1 };
  g_autoptr (DotArray) weight = array_of (diagonal, 2, (gsize[]) { 2, 2 });
  g_autoptr (DotArray) u      = array_of ((double[]) { 0, 1 }, 2, (gsize[]) { 1, 2 });

  g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, u), 1.0, 1e-9);
}

/* From a vector of the training, of any length, or from none, it is the same. */
static void
test_converged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (DotArray) u      = NULL;
      g_autoptr (DotArray) zero   = dot_array_new (1, shapes[i], NULL);
      g_autoptr (DotArray) weight = rotated_matrix (shapes[i][0], shapes[i][1], sigmas, &u);

      for (gsize j = 0; j < u->n_items; j++)
        u->data[j] = 0.7f * u->data[j] + 0.01f;
      g_assert_cmpfloat_with_epsilon (dot_spectral_norm_converge (weight, u), 7.5, 7.5 * ROUNDING);
      g_assert_cmpfloat_with_epsilon (dot_spectral_norm_converge (weight, zero), 7.5,
                                      7.5 * ROUNDING);
    }
}

/* Singular values that crowd below the largest one, as those of a large layer
 * do: power iteration would end long before it is there. */
static void
test_crowd (void)
{
  double crowd[200];
  g_autoptr (DotArray) weight = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (crowd); i++)
    crowd[i] = 1e-3 * (1.0 - 1e-4 * i);
  weight = rotated_matrix (200, 200, crowd, NULL);
  g_assert_cmpfloat_with_epsilon (dot_spectral_norm_converge (weight, NULL), 1e-3, 1e-3 * ROUNDING);
}

/* σ = uᵀ W v as they are stored, but for their lengths: of diag (3, 1) and both
 * (0.6, 0.8) it is 3 · 0.36 + 0.64. */
static void
test_pair (void)
{
  const double diagonal[]     = { 3, 0, 0, 1 };
  g_autoptr (DotArray) weight = array_of (diagonal, 2, (gsize[]) { 2, 2 });
  g_autoptr (DotArray) u      = array_of ((double[]) { 0.6, 0.8 }, 1, (gsize[]) { 2 });
  g_autoptr (DotArray) v      = array_of ((double[]) { 0.3, 0.4 }, 1, (gsize[]) { 2 });

  g_assert_cmpfloat_with_epsilon (dot_spectral_norm_pair (weight, u, v), 1.72, 1e-6);
}

/* A convolution's weight is a matrix of its first axis and all others. */
static void
test_convolution (void)
{
  g_autoptr (DotArray) matrix = rotated_matrix (4, 18, sigmas, NULL);
  g_autoptr (DotArray) weight = dot_array_new (4, (gsize[]) { 4, 2, 3, 3 }, NULL);

  memcpy (weight->data, matrix->data, matrix->n_items * sizeof (float));
  g_assert_cmpfloat (dot_spectral_norm (weight, NULL), ==, dot_spectral_norm (matrix, NULL));
}

static void
test_zero (void)
{
  g_autoptr (DotArray) weight = dot_array_new (2, (gsize[]) { 3, 4 }, NULL);
  g_autoptr (DotArray) u      = dot_array_new (2, (gsize[]) { 1, 3 }, NULL);

  g_assert_cmpfloat (dot_spectral_norm (weight, NULL), ==, 0.0);
  g_assert_cmpfloat (dot_spectral_norm (weight, u), ==, 0.0);

  dot_spectral_normalize (weight, u);
  for (gsize i = 0; i < weight->n_items; i++)
    g_assert_cmpfloat (weight->data[i], ==, 0.0f);
}

static void
test_normalize (void)
{
  g_autoptr (DotArray) weight = rotated_matrix (5, 9, sigmas, NULL);
  g_autoptr (DotArray) before = rotated_matrix (5, 9, sigmas, NULL);

  dot_spectral_normalize (weight, NULL);
  g_assert_cmpfloat_with_epsilon (dot_spectral_norm (weight, NULL), 1.0, ROUNDING);
  for (gsize i = 0; i < weight->n_items; i++)
    g_assert_cmpfloat_with_epsilon (weight->data[i], before->data[i] / 7.5, ROUNDING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spectral-norm/scratch", test_from_scratch);
  g_test_add_func ("/spectral-norm/close", test_close_values);
  g_test_add_func ("/spectral-norm/equal", test_equal_values);
  g_test_add_func ("/spectral-norm/exact-vector", test_from_the_exact_vector);
  g_test_add_func ("/spectral-norm/one-round", test_one_round);
  g_test_add_func ("/spectral-norm/wrong-vector", test_wrong_vector);
  g_test_add_func ("/spectral-norm/converged", test_converged);
  g_test_add_func ("/spectral-norm/crowd", test_crowd);
  g_test_add_func ("/spectral-norm/pair", test_pair);
  g_test_add_func ("/spectral-norm/convolution", test_convolution);
  g_test_add_func ("/spectral-norm/zero", test_zero);
  g_test_add_func ("/spectral-norm/normalize", test_normalize);
  return g_test_run ();
}
