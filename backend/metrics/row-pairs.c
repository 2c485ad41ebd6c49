/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Each row of features with each of another set, a block at a time. */

#include "row-pairs.h"

#include "algebra.h"

#include "base/intl.h"

#define ROWS_AT_ONCE 512

/* Rows of a set as double, and their squared lengths. */
typedef struct
{
  double *values;
  double *lengths;
  gsize   n;
} Side;

static void
side_clear (Side *side)
{
  g_free (side->values);
  g_free (side->lengths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

typedef struct
{
  const DotMetricsClass *metrics;
  double                *products;
  double                *squares;
} Work;

static void
work_clear (Work *work)
{
  g_free (work->products);
  g_free (work->squares);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
side_init (Side *side, const DotRows *rows)
{
  gsize most = MIN (rows->n, ROWS_AT_ONCE);

  side->values  = g_try_new (double, most * rows->size);
  side->lengths = g_new (double, most);
  return side->values != NULL;
}

static void
side_load (Side *side, const DotRows *rows, gsize first)
{
  gsize size = rows->size;

  side->n = MIN (rows->n - first, ROWS_AT_ONCE);
  for (gsize i = 0; i < side->n; i++)
    {
      gsize        row    = rows->chosen ? rows->chosen[first + i] : first + i;
      const float *source = rows->features + row * size;

      side->lengths[i] = 0.0;
      for (gsize j = 0; j < size; j++)
        {
          side->values[i * size + j] = source[j];
          side->lengths[i] += (double) source[j] * source[j];
        }
    }
}

static void
compute_squares (const Side *a, const Side *b, DotRowBlock *block, Work *work)
{
  for (gsize i = 0; i < a->n; i++)
    for (gsize j = 0; j < b->n; j++)
      {
        double square = a->lengths[i] + b->lengths[j] - 2.0 * work->products[i * b->n + j];

        if (block->same && block->first + i == block->second + j)
          square = 0.0;
        work->squares[i * b->n + j] = MAX (square, 0.0);
      }
}

static gboolean
compare_block (const Side  *a,
               const Side  *b,
               gsize        size,
               Work        *work,
               DotRowBlock *block,
               DotRowsFunc  func,
               gpointer     user_data,
               GError     **error)
{
  block->n        = a->n;
  block->m        = b->n;
  block->products = work->products;
  block->squares  = work->squares;

  work->metrics->product (a->values, b->values, a->n, b->n, size, work->products);
  compute_squares (a, b, block, work);
  return func (block, user_data, error);
}

static gboolean
allocate (Side *a, Side *b, Work *work, const DotRows *one, const DotRows *other, GError **error)
{
  work->products = g_try_new (double, ROWS_AT_ONCE *ROWS_AT_ONCE);
  work->squares  = g_try_new (double, ROWS_AT_ONCE *ROWS_AT_ONCE);
  if (side_init (a, one) && side_init (b, other) && work->products && work->squares)
    return TRUE;

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                       _ ("There is not enough memory to compare features: close other programs."));
  return FALSE;
}

/**
 * dot_row_pairs_compare:
 * @one, @other: of equally many features; the same struct for a set with itself
 * @func: (scope call): told about each block, for rows of @one in their order,
 *   and for each of them about all of @other
 * @cancellable: (nullable): looked at before each block
 */
gboolean
dot_row_pairs_compare (const DotRows *one,
                       const DotRows *other,
                       DotRowsFunc    func,
                       gpointer       user_data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_auto (Side) a = {
    0,
  };
  g_auto (Side) b = {
    0,
  };
  g_auto (Work) work = { .metrics = dot_algebra_load (error) };
  DotRowBlock block  = { .same = one == other };

  if (! work.metrics || ! allocate (&a, &b, &work, one, other, error))
    return FALSE;

  for (block.first = 0; block.first < one->n; block.first += ROWS_AT_ONCE)
    {
      side_load (&a, one, block.first);
      for (block.second = 0; block.second < other->n; block.second += ROWS_AT_ONCE)
        {
          side_load (&b, other, block.second);
          if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
              ! compare_block (&a, &b, one->size, &work, &block, func, user_data, error))
            return FALSE;
        }
    }
  return TRUE;
}
