/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "spectral-norm.h"

#include <math.h>

/* Power iteration without a stored u ends at this relative change of σ. */
#define POWER_TOLERANCE  1e-8
#define MAX_POWER_ROUNDS 10000

/* Lanczos's iteration ends at this relative change of σ². */
#define TOLERANCE      1e-12
#define MAX_ITERATIONS 1000

static double
normalize (double *vector, gsize n)
{
  double sum = 0.0;
  double norm;

  for (gsize i = 0; i < n; i++)
    sum += vector[i] * vector[i];
  norm = sqrt (sum);
  for (gsize i = 0; i < n; i++)
    vector[i] /= norm + 1e-12;
  return norm;
}

static void
multiply_transposed (const DotArray *weight, const double *left, double *right)
{
  gsize rows    = weight->shape[0];
  gsize columns = weight->n_items / MAX (rows, 1);

  memset (right, 0, columns * sizeof (double));
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      right[j] += left[i] * weight->data[i * columns + j];
}

static void
multiply (const DotArray *weight, const double *right, double *left)
{
  gsize rows    = weight->shape[0];
  gsize columns = weight->n_items / MAX (rows, 1);

  for (gsize i = 0; i < rows; i++)
    {
      double sum = 0.0;

      for (gsize j = 0; j < columns; j++)
        sum += weight->data[i * columns + j] * right[j];
      left[i] = sum;
    }
}

/* One round: v = Wᵀu / ‖Wᵀu‖, u = Wv / ‖Wv‖; σ = uᵀWv = ‖Wv‖. */
static double
power_iteration (const DotArray *weight, gsize rows, gsize columns, double *u, double *v)
{
  multiply_transposed (weight, u, v);
  normalize (v, columns);
  multiply (weight, v, u);
  return normalize (u, rows);
}

/* Any start will do that isn't orthogonal to the first singular vector. */
static void
start_vector (const DotArray *u_file, double *u, gsize rows)
{
  for (gsize i = 0; i < rows; i++)
    u[i] = u_file ? u_file->data[i] : cos (1.0 + (double) i);
  if (! u_file)
    normalize (u, rows);
}

static double
inner (const double *a, const double *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* Returns: the length that it had */
static double
make_unit (double *vector, gsize n)
{
  double norm = sqrt (inner (vector, vector, n));

  for (gsize i = 0; norm > 0.0 && i < n; i++)
    vector[i] /= norm;
  return norm;
}

/*  converging  */

/* Of Lanczos's iteration with W Wᵀ: what is found so far, a symmetric matrix
 * that has numbers on its diagonal and beside it only.
 * @largest: its largest eigenvalue, which comes near to σ² from below */
typedef struct
{
  double diagonal[MAX_ITERATIONS];
  double beside[MAX_ITERATIONS];
  guint  n;
  double largest;
} Tridiagonal;

/* By the signs of the pivots of T − x. */
static gboolean
is_above (const Tridiagonal *matrix, double x)
{
  double pivot = 1.0;

  for (guint i = 0; i < matrix->n; i++)
    {
      double beside = i > 0 ? matrix->beside[i - 1] : 0.0;

      pivot = matrix->diagonal[i] - x - beside * beside / pivot;
      if (pivot >= 0.0)
        return FALSE;
    }
  return TRUE;
}

/* Between what it was with one row less and Gershgorin's bound. */
static void
find_largest (Tridiagonal *matrix)
{
  double low  = matrix->largest;
  double high = low;

  for (guint i = 0; i < matrix->n; i++)
    high = MAX (high, matrix->diagonal[i] + (i > 0 ? matrix->beside[i - 1] : 0.0) +
                        (i + 1 < matrix->n ? matrix->beside[i] : 0.0));
  for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
    if (is_above (matrix, middle))
      high = middle;
    else
      low = middle;
  matrix->largest = low;
}

/* @left: W Wᵀ times @vector: what of it lies beside @vector and the one @before
 * is the next vector.
 * Returns: %FALSE where nothing is */
static gboolean
advance (Tridiagonal *matrix, gsize rows, double *vector, double *before, double *left)
{
  guint  last   = matrix->n - 1;
  double beside = last > 0 ? matrix->beside[last - 1] : 0.0;

  for (gsize i = 0; i < rows; i++)
    {
      double rest = left[i] - matrix->diagonal[last] * vector[i] - beside * before[i];

      before[i] = vector[i];
      vector[i] = rest;
    }
  matrix->beside[last] = make_unit (vector, rows);
  return matrix->beside[last] > 1e-14 * matrix->largest;
}

/**
 * dot_spectral_norm_converge:
 * @weight: read as a matrix (shape[0], the rest)
 * @start: (nullable): (shape[0] items) where to begin; near to the left singular
 *   vector it takes fewer rounds
 *
 * Lanczos's iteration, which needs tens of rounds where singular values that lie
 * close let power iteration take thousands.
 *
 * Returns: the largest singular value
 */
double
dot_spectral_norm_converge (const DotArray *weight, const DotArray *start)
{
  gsize                   rows    = weight->shape[0];
  gsize                   columns = weight->n_items / MAX (rows, 1);
  g_autofree double      *vector  = g_new (double, rows);
  g_autofree double      *before  = g_new0 (double, rows);
  g_autofree double      *left    = g_new (double, rows);
  g_autofree double      *right   = g_new (double, columns);
  g_autofree Tridiagonal *matrix  = g_new0 (Tridiagonal, 1);
  double                  known;

  start_vector (start, vector, rows);
  if (make_unit (vector, rows) == 0.0)
    start_vector (NULL, vector, rows);
  do
    {
      known = matrix->largest;
      multiply_transposed (weight, vector, right);
      multiply (weight, right, left);
      matrix->diagonal[matrix->n++] = inner (vector, left, rows);
      find_largest (matrix);
    }
  while (matrix->largest - known > TOLERANCE * matrix->largest && matrix->n < MAX_ITERATIONS &&
         advance (matrix, rows, vector, before, left));
  return sqrt (MAX (matrix->largest, 0.0));
}

/*  with vectors of the training  */

/**
 * dot_spectral_norm:
 * @weight: read as a matrix (shape[0], the rest)
 * @u: (nullable): (shape[0] items) the left singular vector stored with the
 *   weight
 *
 * Returns: σ, an estimate of the largest singular value: by one power
 *   iteration from @u, as the training does it, or from scratch until it
 *   changes by less than 1e−8 of itself, as the paper's authors' code finds it
 *   for their pairs: relus make a gradient tell that from the value itself
 */
double
dot_spectral_norm (const DotArray *weight, const DotArray *u)
{
  gsize              rows     = weight->shape[0];
  gsize              columns  = weight->n_items / MAX (rows, 1);
  g_autofree double *left     = g_new (double, rows);
  g_autofree double *right    = g_new (double, columns);
  double             previous = 0.0;
  double             sigma    = 0.0;

  start_vector (u, left, rows);
  for (guint i = 0; i < MAX_POWER_ROUNDS; i++)
    {
      sigma = power_iteration (weight, rows, columns, left, right);
      if (u || fabs (sigma - previous) <= POWER_TOLERANCE * sigma)
        break;
      previous = sigma;
    }
  return sigma;
}

/**
 * dot_spectral_norm_pair:
 * @u, @v: the singular vectors stored with the weight, of any length
 *
 * Returns: uᵀ W v, of unit vectors
 */
double
dot_spectral_norm_pair (const DotArray *weight, const DotArray *u, const DotArray *v)
{
  gsize              rows    = weight->shape[0];
  gsize              columns = weight->n_items / MAX (rows, 1);
  g_autofree double *left    = g_new (double, rows);
  g_autofree double *right   = g_new (double, columns);
  g_autofree double *product = g_new (double, rows);

  start_vector (u, left, rows);
  start_vector (v, right, columns);
  make_unit (left, rows);
  make_unit (right, columns);
  multiply (weight, right, product);
  return inner (left, product, rows);
}

/**
 * dot_spectral_norm_vector:
 * @weight: read as a matrix (shape[0], the rest)
 * @rounds: of power iteration
 * @u: (out): (shape[0])
 *
 * The left singular vector that training would keep beside the weight.
 */
void
dot_spectral_norm_vector (const DotArray *weight, guint rounds, float *u)
{
  gsize              rows    = weight->shape[0];
  gsize              columns = weight->n_items / MAX (rows, 1);
  g_autofree double *left    = g_new (double, rows);
  g_autofree double *right   = g_new (double, columns);

  start_vector (NULL, left, rows);
  for (guint i = 0; i < rounds; i++)
    power_iteration (weight, rows, columns, left, right);
  for (gsize i = 0; i < rows; i++)
    u[i] = (float) left[i];
}

/**
 * dot_spectral_norm_divide:
 * @sigma: 0 of a weight that stays
 */
void
dot_spectral_norm_divide (DotArray *weight, double sigma)
{
  for (gsize i = 0; sigma > 0.0 && i < weight->n_items; i++)
    weight->data[i] = (float) (weight->data[i] / sigma);
}

/**
 * dot_spectral_normalize:
 *
 * Divides @weight by its spectral norm: W ← W / σ(W).
 */
void
dot_spectral_normalize (DotArray *weight, const DotArray *u)
{
  dot_spectral_norm_divide (weight, dot_spectral_norm (weight, u));
}
