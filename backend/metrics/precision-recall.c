/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Improved precision and recall (Kynkäänniemi et al. 2019): a picture counts as
 * one of a set's kind where it lies no further from one of the set than that
 * one's k-th neighbour. */

#include "precision-recall.h"

#include "row-pairs.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

#define MAX_NEIGHBOURS 100

/* The @k least squared distances of each row so far, ascending. */
typedef struct
{
  guint   k;
  double *least;
} Nearest;

static void
insert (double *least, guint k, double square)
{
  guint place = k;

  while (place > 0 && least[place - 1] > square)
    place--;
  if (place == k)
    return;
  memmove (least + place + 1, least + place, (k - 1 - place) * sizeof (double));
  least[place] = square;
}

static gboolean
collect_nearest (const DotRowBlock *block, gpointer data, GError **error)
{
  Nearest *nearest = data;

  for (gsize i = 0; i < block->n; i++)
    for (gsize j = 0; j < block->m; j++)
      if (block->first + i != block->second + j)
        insert (nearest->least + (block->first + i) * nearest->k, nearest->k,
                block->squares[i * block->m + j]);
  return TRUE;
}

/* (transfer full): (n) squared radii of the rows' balls. */
static double *
find_radii (const DotRows *rows, guint k, GCancellable *cancellable, GError **error)
{
  g_autofree double *least   = g_new (double, rows->n *k);
  Nearest            nearest = { k, least };
  double            *radii;

  for (gsize i = 0; i < rows->n * k; i++)
    least[i] = INFINITY;
  if (! dot_row_pairs_compare (rows, rows, collect_nearest, &nearest, cancellable, error))
    return NULL;

  radii = g_new (double, rows->n);
  for (gsize i = 0; i < rows->n; i++)
    radii[i] = least[i * k + k - 1];
  return radii;
}

typedef struct
{
  const double *radii;
  guint8       *inside;
} Membership;

static gboolean
mark_inside (const DotRowBlock *block, gpointer data, GError **error)
{
  Membership *membership = data;

  for (gsize i = 0; i < block->n; i++)
    for (gsize j = 0; j < block->m; j++)
      if (block->squares[i * block->m + j] <= membership->radii[block->second + j])
        membership->inside[block->first + i] = TRUE;
  return TRUE;
}

/* The share of @rows that lies in one of @set's balls. */
static gboolean
share_inside (const DotRows *rows,
              const DotRows *set,
              guint          k,
              double        *share,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree double *radii      = find_radii (set, k, cancellable, error);
  g_autofree guint8 *inside     = g_new0 (guint8, rows->n);
  Membership         membership = { radii, inside };
  gsize              count      = 0;

  if (! radii || ! dot_row_pairs_compare (rows, set, mark_inside, &membership, cancellable, error))
    return FALSE;

  for (gsize i = 0; i < rows->n; i++)
    count += inside[i];
  *share = (double) count / rows->n;
  return TRUE;
}

/**
 * dot_precision_recall:
 * @real: (n, F)
 * @made: (m, F)
 * @size: F
 * @neighbours: k, usually 3, and less than @n and @m
 * @precision: (out): the share of made pictures that lies among real ones
 * @recall: (out): the share of real pictures that lies among made ones
 */
gboolean
dot_precision_recall (const float  *real,
                      gsize         n,
                      const float  *made,
                      gsize         m,
                      gsize         size,
                      guint         neighbours,
                      double       *precision,
                      double       *recall,
                      GCancellable *cancellable,
                      GError      **error)
{
  const DotRows a = { real, n, size, NULL };
  const DotRows b = { made, m, size, NULL };

  if (neighbours < 1 || neighbours > MAX_NEIGHBOURS || n <= neighbours || m <= neighbours)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("There are too few pictures (%zu and %zu) for precision and recall by %u "
                      "neighbours: give more."),
                   n, m, neighbours);
      return FALSE;
    }

  return share_inside (&b, &a, neighbours, precision, cancellable, error) &&
         share_inside (&a, &b, neighbours, recall, cancellable, error);
}
