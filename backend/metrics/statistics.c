/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Mean and covariance of features, summed in double. */

#include "statistics.h"

#include "algebra.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

/* Rows that are made double at a time. */
#define ROWS_AT_ONCE 512

#define MAX_FEATURES 20000

static gboolean
fail_memory (gsize size, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the statistics of %zu "
                  "features: close other programs, or give fewer pictures."),
               size);
  return FALSE;
}

/**
 * dot_statistics_new:
 * @size: F, 1 … 20000
 * @keep: whether the features themselves are kept
 *
 * Returns: (transfer full): those of no picture yet
 */
DotStatistics *
dot_statistics_new (gsize size, gboolean keep, GError **error)
{
  g_autoptr (DotStatistics) statistics = g_new0 (DotStatistics, 1);

  if (size < 1 || size > MAX_FEATURES)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("There can't be %zu features: take a network with 1 to %d."), size, MAX_FEATURES);
      return NULL;
    }

  statistics->size     = size;
  statistics->score[0] = NAN;
  statistics->score[1] = NAN;
  statistics->mean     = g_try_new0 (double, size);
  statistics->scatter  = g_try_new0 (double, size *size);
  if (keep)
    statistics->features = g_array_new (FALSE, FALSE, sizeof (float));
  if (! statistics->mean || ! statistics->scatter)
    {
      fail_memory (size, error);
      return NULL;
    }
  return g_steal_pointer (&statistics);
}

void
dot_statistics_free (DotStatistics *statistics)
{
  if (! statistics)
    return;

  g_free (statistics->mean);
  g_free (statistics->scatter);
  g_clear_pointer (&statistics->features, g_array_unref);
  g_free (statistics->network);
  g_free (statistics);
}

static gboolean
check_finite (const float *features, gsize n, gsize size, GError **error)
{
  for (gsize i = 0; i < n * size; i++)
    if (! isfinite (features[i]))
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
                     _ ("Feature %zu of picture %zu is no number: take another "
                        "feature network, or other pictures."),
                     i % size, i / size);
        return FALSE;
      }
  return TRUE;
}

/* (out): the mean of some rows, which are then what differs from it. */
static void
centre_rows (double *rows, gsize n, gsize size, double *mean)
{
  memset (mean, 0, size * sizeof (double));
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < size; j++)
      mean[j] += rows[i * size + j] / n;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < size; j++)
      rows[i * size + j] -= mean[j];
}

/* Two sets become one: their scatters, and that of their means (Chan, Golub
 * and LeVeque 1983), which loses no digits where means are large. */
static void
merge_mean (DotStatistics *statistics, double *mean, gsize n)
{
  gsize  size   = statistics->size;
  double total  = (double) statistics->n + n;
  double weight = statistics->n * (n / total);

  for (gsize i = 0; i < size; i++)
    mean[i] -= statistics->mean[i];
  for (gsize i = 0; i < size; i++)
    for (gsize j = 0; j < size; j++)
      statistics->scatter[i * size + j] += weight * mean[i] * mean[j];
  for (gsize i = 0; i < size; i++)
    statistics->mean[i] += mean[i] * (n / total);
}

static void
add_rows (DotStatistics         *statistics,
          const DotMetricsClass *metrics,
          const float           *features,
          gsize                  n,
          double                *rows,
          double                *mean)
{
  for (gsize i = 0; i < n * statistics->size; i++)
    rows[i] = features[i];

  centre_rows (rows, n, statistics->size, mean);
  metrics->gram (rows, n, statistics->size, statistics->scatter);
  merge_mean (statistics, mean, n);
  statistics->n += n;
  statistics->divisor = (double) statistics->n - 1.0;
}

/**
 * dot_statistics_add:
 * @features: (n, F)
 *
 * Adds pictures.  Features that aren't finite are refused, and then none is
 * added.
 */
gboolean
dot_statistics_add (DotStatistics *statistics, const float *features, gsize n, GError **error)
{
  const DotMetricsClass *metrics = dot_algebra_load (error);
  gsize                  size    = statistics->size;
  g_autofree double     *rows    = NULL;
  g_autofree double     *mean    = NULL;

  if (! metrics || ! check_finite (features, n, size, error))
    return FALSE;

  rows = g_try_new (double, MIN (n, ROWS_AT_ONCE) * size);
  mean = g_try_new (double, size);
  if ((n > 0 && ! rows) || ! mean)
    return fail_memory (size, error);

  for (gsize done = 0; done < n; done += ROWS_AT_ONCE)
    add_rows (statistics, metrics, features + done * size, MIN (n - done, ROWS_AT_ONCE), rows,
              mean);
  for (gsize done = 0; statistics->features && done < n; done++)
    g_array_append_vals (statistics->features, features + done * size, size);
  return TRUE;
}

/**
 * dot_statistics_get_covariance:
 *
 * Returns: (transfer full): (F, F) unbiased, or %NULL where there are fewer
 *   than two pictures
 */
double *
dot_statistics_get_covariance (const DotStatistics *statistics, GError **error)
{
  gsize   items = statistics->size * statistics->size;
  double *covariance;

  if (statistics->divisor < 1.0)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("Fewer than two pictures have no covariance, and there are %zu: give more."),
                   statistics->n);
      return NULL;
    }

  covariance = g_try_new (double, items);
  if (! covariance)
    fail_memory (statistics->size, error);
  for (gsize i = 0; covariance && i < items; i++)
    covariance[i] = statistics->scatter[i] / statistics->divisor;
  return covariance;
}
