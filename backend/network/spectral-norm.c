/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "spectral-norm.h"

#include <math.h>

/* Power iteration without a stored u ends at this relative change of σ. */
#define TOLERANCE      1e-8
#define MAX_ITERATIONS 10000

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

/* One round: v = Wᵀu / ‖Wᵀu‖, u = Wv / ‖Wv‖; σ = uᵀWv = ‖Wv‖. */
static double
power_iteration (const DotArray *weight, gsize rows, gsize columns, double *u, double *v)
{
  memset (v, 0, columns * sizeof (double));
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      v[j] += u[i] * weight->data[i * columns + j];
  normalize (v, columns);

  for (gsize i = 0; i < rows; i++)
    {
      u[i] = 0.0;
      for (gsize j = 0; j < columns; j++)
        u[i] += weight->data[i * columns + j] * v[j];
    }
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

/**
 * dot_spectral_norm:
 * @weight: read as a matrix (shape[0], the rest)
 * @u: (nullable): (shape[0] items) the left singular vector stored with the
 *   weight
 *
 * Returns: σ, an estimate of the largest singular value: by one power
 *   iteration from @u, as the training does it, or from scratch until it
 *   changes by less than 1e−8 of itself
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
  for (int i = 0; i < MAX_ITERATIONS; i++)
    {
      sigma = power_iteration (weight, rows, columns, left, right);
      if (u || fabs (sigma - previous) <= TOLERANCE * sigma)
        break;
      previous = sigma;
    }
  return sigma;
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
 * dot_spectral_normalize:
 *
 * Divides @weight by its spectral norm: W ← W / σ(W).
 */
void
dot_spectral_normalize (DotArray *weight, const DotArray *u)
{
  double sigma = dot_spectral_norm (weight, u);

  for (gsize i = 0; sigma > 0.0 && i < weight->n_items; i++)
    weight->data[i] = (float) (weight->data[i] / sigma);
}
