/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Kernel inception distance (Bińkowski et al. 2018): the unbiased estimate of
 * the squared maximum mean discrepancy with the kernel (x·y / F + 1)³. */

#include "kid.h"

#include "algebra.h"
#include "row-pairs.h"
#include "base/random.h"

#include "base/intl.h"

#include <math.h>

static double
cube (double x)
{
  return x * x * x;
}

typedef struct
{
  gsize  size;
  gsize  skipped;
  double sum;
} KernelSum;

/* Of a set with itself no picture is compared with itself. */
static gboolean
add_kernels (const DotRowBlock *block, gpointer data, GError **error)
{
  KernelSum *sum = data;

  for (gsize i = 0; i < block->n; i++)
    for (gsize j = 0; j < block->m; j++)
      if (! block->same || block->first + i != block->second + j)
        sum->sum += cube (block->products[i * block->m + j] / sum->size + 1.0);
  return TRUE;
}

static gboolean
mean_kernel (const DotRows *one,
             const DotRows *other,
             double        *mean,
             GCancellable  *cancellable,
             GError       **error)
{
  KernelSum sum   = { .size = one->size };
  double    pairs = (double) one->n * (one == other ? one->n - 1 : other->n);

  if (! dot_row_pairs_compare (one, other, add_kernels, &sum, cancellable, error))
    return FALSE;
  *mean = sum.sum / pairs;
  return TRUE;
}

static gboolean
discrepancy (const DotRows *one,
             const DotRows *other,
             double        *value,
             GCancellable  *cancellable,
             GError       **error)
{
  double within_one, within_other, between;

  if (! mean_kernel (one, one, &within_one, cancellable, error) ||
      ! mean_kernel (other, other, &within_other, cancellable, error) ||
      ! mean_kernel (one, other, &between, cancellable, error))
    return FALSE;

  *value = within_one + within_other - 2.0 * between;
  return TRUE;
}

/* One subset of each; its number among all of both sets is its own. */
static gboolean
compare_subset (const DotRows       *one,
                const DotRows       *other,
                const DotKidOptions *options,
                guint                subset,
                double              *value,
                GCancellable        *cancellable,
                GError             **error)
{
  gsize             size   = MIN (options->subset_size, MIN (one->n, other->n));
  g_autofree gsize *first  = g_new (gsize, size);
  g_autofree gsize *second = g_new (gsize, size);
  const DotRows     a      = { one->features, size, one->size, first };
  const DotRows     b      = { other->features, size, other->size, second };

  dot_random_subset (options->seed, 2 * subset, one->n, size, first);
  dot_random_subset (options->seed, 2 * subset + 1, other->n, size, second);
  return discrepancy (&a, &b, value, cancellable, error);
}

static gboolean
check_counts (gsize n, gsize m, const DotKidOptions *options, GError **error)
{
  if (n >= 2 && m >= 2 && (options->subsets == 0 || options->subset_size >= 2))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("There are too few pictures for a KID (%zu and %zu): give two or more of each."), n,
               m);
  return FALSE;
}

/**
 * dot_kid:
 * @one: (n, F)
 * @other: (m, F)
 * @size: F
 * @mean: (out): of the subsets' values
 * @deviation: (out): √ of the mean square of what they differ from it; 0 of
 *   both sets whole
 */
gboolean
dot_kid (const float         *one,
         gsize                n,
         const float         *other,
         gsize                m,
         gsize                size,
         const DotKidOptions *options,
         double              *mean,
         double              *deviation,
         GCancellable        *cancellable,
         GError             **error)
{
  const DotRows      a      = { one, n, size, NULL };
  const DotRows      b      = { other, m, size, NULL };
  guint              count  = MAX (options->subsets, 1);
  g_autofree double *values = NULL;

  if (! check_counts (n, m, options, error))
    return FALSE;

  values     = g_new0 (double, count);
  *mean      = 0.0;
  *deviation = 0.0;
  for (guint s = 0; s < count; s++)
    {
      if (! (options->subsets == 0
               ? discrepancy (&a, &b, &values[s], cancellable, error)
               : compare_subset (&a, &b, options, s, &values[s], cancellable, error)))
        return FALSE;
      *mean += values[s] / count;
    }
  for (guint s = 0; s < count; s++)
    *deviation += (values[s] - *mean) * (values[s] - *mean) / count;
  *deviation = sqrt (*deviation);
  return TRUE;
}
