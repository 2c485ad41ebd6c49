/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Fréchet inception distance (Heusel et al. 2017). */

#include "fid.h"

#include "algebra.h"

#include "base/intl.h"

#include <float.h>
#include <math.h>

/* (out): @matrix C becomes one whose rows are √λ v, so that C is its
 * transpose times it.  Eigenvalues that are rounding only count as 0: their
 * root would not be small. */
static gboolean
compute_root (const DotMetricsClass *metrics, double *matrix, gsize n, GError **error)
{
  g_autofree double *values = g_new (double, n);
  double             smallest;

  if (! metrics->eigen (matrix, n, values, error))
    return FALSE;

  smallest = n * DBL_EPSILON * MAX (values[n - 1], 0.0);
  for (gsize i = 0; i < n; i++)
    {
      double root = values[i] > smallest ? sqrt (values[i]) : 0.0;

      for (gsize j = 0; j < n; j++)
        matrix[i * n + j] *= root;
    }
  return TRUE;
}

/* tr √(C₁C₂) is the sum of the singular values of R₁R₂ᵀ, where R are the roots
 * of both. */
static gboolean
trace_of_root (double *one, double *other, gsize n, double *trace, GError **error)
{
  const DotMetricsClass *metrics  = dot_algebra_load (error);
  g_autofree double     *product  = g_try_new (double, n *n);
  g_autofree double     *singular = g_new (double, n);

  if (! metrics || ! product)
    {
      if (metrics)
        g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                             _ ("There is not enough memory for the FID: close other programs."));
      return FALSE;
    }
  if (! compute_root (metrics, one, n, error) || ! compute_root (metrics, other, n, error))
    return FALSE;

  metrics->product (one, other, n, n, n, product);
  if (! metrics->singular (product, n, n, singular, error))
    return FALSE;

  *trace = 0.0;
  for (gsize i = 0; i < n; i++)
    *trace += singular[i];
  return TRUE;
}

static gboolean
check_sizes (const DotStatistics *one, const DotStatistics *other, GError **error)
{
  if (one->size == other->size &&
      (! one->network || ! other->network || g_strcmp0 (one->network, other->network) == 0))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("Statistics of %zu and of %zu features, or of two networks, "
                  "can't be compared: make both with one feature network."),
               one->size, other->size);
  return FALSE;
}

/**
 * dot_fid:
 * @fid: (out): ‖μ₁ − μ₂‖² + tr (C₁ + C₂ − 2 √(C₁C₂))
 *
 * The covariances may be singular, as those of fewer pictures than features
 * are.
 */
gboolean
dot_fid (const DotStatistics *one, const DotStatistics *other, double *fid, GError **error)
{
  gsize              n        = one->size;
  g_autofree double *first    = NULL;
  g_autofree double *second   = NULL;
  double             distance = 0.0;
  double             trace;

  if (! check_sizes (one, other, error) || ! (first = dot_statistics_get_covariance (one, error)) ||
      ! (second = dot_statistics_get_covariance (other, error)))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      double difference = one->mean[i] - other->mean[i];

      distance += difference * difference + first[i * n + i] + second[i * n + i];
    }
  if (! trace_of_root (first, second, n, &trace, error))
    return FALSE;

  *fid = distance - 2.0 * trace;
  return TRUE;
}
