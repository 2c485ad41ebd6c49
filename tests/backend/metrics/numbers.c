/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Prints every metric of the arrays in an .npz: one (n, F), other (m, F),
 * probabilities (n, C).  test_twins.py compares with NumPy and SciPy. */

#include "format/npz.h"
#include "metrics/emd.h"
#include "metrics/fid.h"
#include "metrics/inception-score.h"
#include "metrics/kid.h"
#include "metrics/precision-recall.h"

#include <stdio.h>

typedef struct
{
  double *doubles;
  float  *floats;
  gsize   n;
  gsize   size;
} Array;

static gboolean
read_array (DotNpz *npz, const char *key, Array *array, GError **error)
{
  DotNpyHeader header;

  array->doubles = dot_npz_read_doubles (npz, key, &header, error);
  if (! array->doubles)
    return FALSE;

  array->n      = header.shape[0];
  array->size   = header.shape[1];
  array->floats = g_new (float, header.n_items);
  for (gsize i = 0; i < header.n_items; i++)
    array->floats[i] = (float) array->doubles[i];
  return TRUE;
}

static DotStatistics *
statistics_of (const Array *array, GError **error)
{
  DotStatistics *statistics = dot_statistics_new (array->size, FALSE, error);

  if (statistics)
    dot_statistics_add (statistics, array->floats, array->n, error);
  return statistics;
}

static gboolean
print_fid (const Array *one, const Array *other, GError **error)
{
  g_autoptr (DotStatistics) a = statistics_of (one, error);
  g_autoptr (DotStatistics) b = a ? statistics_of (other, error) : NULL;
  double fid;

  if (! b || ! dot_fid (a, b, &fid, error))
    return FALSE;
  printf ("fid %.17g\n", fid);
  return TRUE;
}

static gboolean
print_kid (const Array *one, const Array *other, guint subsets, GError **error)
{
  const DotKidOptions options = { subsets, 60, 7 };
  double              mean, deviation;

  if (! dot_kid (one->floats, one->n, other->floats, other->n, one->size, &options, &mean,
                 &deviation, NULL, error))
    return FALSE;
  printf ("kid%u %.17g\nkid%u-deviation %.17g\n", subsets, mean, subsets, deviation);
  return TRUE;
}

static gboolean
print_others (const Array *one, const Array *other, const Array *probabilities, GError **error)
{
  double a, b;

  if (! dot_inception_score (probabilities->floats, probabilities->n, probabilities->size, 10, &a,
                             &b, error))
    return FALSE;
  printf ("is %.17g\nis-deviation %.17g\n", a, b);
  if (! dot_precision_recall (one->floats, one->n, other->floats, other->n, one->size, 3, &a, &b,
                              NULL, error))
    return FALSE;
  printf ("precision %.17g\nrecall %.17g\n", a, b);
  if (! dot_emd (one->doubles, one->n, other->doubles, other->n, one->size, DOT_COST_SQUARED, &a,
                 NULL, error) ||
      ! dot_emd (one->doubles, one->n, other->doubles, other->n, one->size, DOT_COST_EUCLID, &b,
                 NULL, error))
    return FALSE;
  printf ("emd-squared %.17g\nemd %.17g\n", a, b);
  return TRUE;
}

static void
array_clear (Array *array)
{
  g_free (array->doubles);
  g_free (array->floats);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Array, array_clear)

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotNpz) npz   = dot_npz_open (argv[1], &error);
  g_auto (Array) one       = {
    0,
  };
  g_auto (Array) other = {
    0,
  };
  g_auto (Array) probabilities = {
    0,
  };

  if (npz && read_array (npz, "one", &one, &error) && read_array (npz, "other", &other, &error) &&
      read_array (npz, "probabilities", &probabilities, &error) &&
      print_fid (&one, &other, &error) && print_kid (&one, &other, 0, &error) &&
      print_kid (&one, &other, 5, &error) && print_others (&one, &other, &probabilities, &error))
    return 0;

  fprintf (stderr, "%s\n", error->message);
  return 1;
}
