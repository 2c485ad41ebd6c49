/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Statistics as an .npz: mu, sigma and n, as other programs write and read
 * them, and what is known beyond that. */

#include "statistics.h"

#include "format/file-kind.h"
#include "format/npz.h"

#include "base/intl.h"

#include <math.h>

/* The sha256 of the feature network, a byte a number. */
#define DIGEST_SIZE 32

static gboolean
fail (const char *path, const char *what, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s has no statistics that can be used (%s): make them again "
                  "with dot-refine statistics."),
               shown, what);
  return FALSE;
}

/*  writing  */

static gboolean
add_network (DotNpzWriter *writer, const char *network, GError **error)
{
  const gsize shape[] = { DIGEST_SIZE };
  double      bytes[DIGEST_SIZE];

  if (! network)
    return TRUE;

  for (guint i = 0; i < DIGEST_SIZE; i++)
    bytes[i] = g_ascii_xdigit_value (network[2 * i]) * 16 +
               g_ascii_xdigit_value (network[2 * i + 1]);
  return dot_npz_writer_add_doubles (writer, "network", bytes, 1, shape, error);
}

static gboolean
add_features (DotNpzWriter *writer, const DotStatistics *statistics, GError **error)
{
  const gsize shape[] = { statistics->n, statistics->size };

  return ! statistics->features ||
         dot_npz_writer_add (writer, "features",
                             (const float *) (gconstpointer) statistics->features->data, 2, shape,
                             error);
}

/**
 * dot_statistics_file_save:
 *
 * Writes mu (F), sigma (F, F) and n, in float64; where they are known also
 * inception_score (2), features (n, F) in float32 and network (32), the
 * sha256 of the feature network.  The file appears whole or not at all.
 */
gboolean
dot_statistics_file_save (const DotStatistics *statistics, const char *path, GError **error)
{
  g_autofree double *covariance   = dot_statistics_get_covariance (statistics, error);
  g_autoptr (DotNpzWriter) writer = NULL;
  const gsize square[]            = { statistics->size, statistics->size };
  const gsize two[]               = { 2 };
  double      n                   = statistics->n;

  if (! covariance || ! (writer = dot_npz_writer_new (path, error)))
    return FALSE;
  return dot_npz_writer_add_doubles (writer, "mu", statistics->mean, 1, square, error) &&
         dot_npz_writer_add_doubles (writer, "sigma", covariance, 2, square, error) &&
         dot_npz_writer_add_doubles (writer, "n", &n, 0, NULL, error) &&
         (isnan (statistics->score[0]) ||
          dot_npz_writer_add_doubles (writer, "inception_score", statistics->score, 1, two,
                                      error)) &&
         add_network (writer, statistics->network, error) &&
         add_features (writer, statistics, error) && dot_npz_writer_close (writer, error);
}

/*  reading  */

/* Any number of rows; all finite. */
static double *
read_key (DotNpz *npz, const char *key, guint n_dims, gsize last, gsize *n_items, GError **error)
{
  g_autofree double *values = NULL;
  DotNpyHeader       header;

  if (! (values = dot_npz_read_doubles (npz, key, &header, error)))
    return NULL;

  if (header.n_dims != n_dims || (last > 0 && n_dims > 0 && header.shape[n_dims - 1] != last))
    {
      fail (dot_npz_get_path (npz), key, error);
      return NULL;
    }
  for (gsize i = 0; i < header.n_items; i++)
    if (! isfinite (values[i]))
      {
        fail (dot_npz_get_path (npz), key, error);
        return NULL;
      }

  *n_items = header.n_items;
  return g_steal_pointer (&values);
}

static gboolean
read_sums (DotNpz *npz, DotStatistics *statistics, GError **error)
{
  gsize size = statistics->size;
  gsize n_items;

  g_free (statistics->scatter);
  statistics->scatter = read_key (npz, "sigma", 2, size, &n_items, error);
  if (! statistics->scatter)
    return FALSE;
  if (n_items != size * size)
    return fail (dot_npz_get_path (npz), "sigma", error);

  for (gsize i = 0; i < size; i++)
    for (gsize j = 0; j < i; j++)
      if (fabs (statistics->scatter[i * size + j] - statistics->scatter[j * size + i]) >
          1e-6 * (1.0 + fabs (statistics->scatter[i * size + j])))
        return fail (dot_npz_get_path (npz), _ ("sigma isn't symmetric"), error);
  statistics->divisor = 1.0;
  return TRUE;
}

/* What only our own files have. */
static gboolean
read_features (DotNpz *npz, DotStatistics *statistics, GError **error)
{
  g_autofree double *values = NULL;
  gsize              n_items;

  if (! dot_npz_has (npz, "features"))
    return TRUE;
  if (! (values = read_key (npz, "features", 2, statistics->size, &n_items, error)))
    return FALSE;
  if (n_items != statistics->n * statistics->size)
    return fail (dot_npz_get_path (npz), "features", error);

  statistics->features = g_array_sized_new (FALSE, FALSE, sizeof (float), n_items);
  for (gsize i = 0; i < n_items; i++)
    {
      float value = (float) values[i];

      g_array_append_val (statistics->features, value);
    }
  return TRUE;
}

static gboolean
read_count (DotNpz *npz, DotStatistics *statistics, GError **error)
{
  g_autofree double *n = NULL;
  gsize              n_items;

  if (! dot_npz_has (npz, "n"))
    return TRUE;
  if (! (n = read_key (npz, "n", 0, 0, &n_items, error)))
    return FALSE;
  if (! (*n >= 2.0 && *n < 1e12))
    return fail (dot_npz_get_path (npz), "n", error);

  statistics->n = (gsize) *n;
  return TRUE;
}

static gboolean
read_score (DotNpz *npz, DotStatistics *statistics, GError **error)
{
  g_autofree double *score = NULL;
  gsize              n_items;

  if (! dot_npz_has (npz, "inception_score"))
    return TRUE;
  if (! (score = read_key (npz, "inception_score", 1, 2, &n_items, error)))
    return FALSE;

  statistics->score[0] = score[0];
  statistics->score[1] = score[1];
  return TRUE;
}

static gboolean
read_network (DotNpz *npz, DotStatistics *statistics, GError **error)
{
  g_autofree double *bytes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_items;

  if (! dot_npz_has (npz, "network"))
    return TRUE;
  if (! (bytes = read_key (npz, "network", 1, DIGEST_SIZE, &n_items, error)))
    return FALSE;

  for (gsize i = 0; i < n_items; i++)
    g_string_append_printf (text, "%02x", (guint) CLAMP (bytes[i], 0.0, 255.0));
  statistics->network = g_strdup (text->str);
  return TRUE;
}

/**
 * dot_statistics_file_load:
 * @path: an .npz of mu and sigma, ours or another program's
 *
 * Returns: (transfer full): what is in it
 */
DotStatistics *
dot_statistics_file_load (const char *path, GError **error)
{
  g_autoptr (DotNpz) npz               = NULL;
  g_autoptr (DotStatistics) statistics = NULL;
  g_autofree double *mean              = NULL;
  gsize              size;

  if (! dot_file_kind_expect (path, DOT_FILE_WANT_STATISTICS, error) ||
      ! (npz = dot_npz_open (path, error)) || ! (mean = read_key (npz, "mu", 1, 0, &size, error)) ||
      ! (statistics = dot_statistics_new (size, FALSE, error)))
    return NULL;

  g_free (statistics->mean);
  statistics->mean = g_steal_pointer (&mean);
  if (! read_sums (npz, statistics, error) || ! read_count (npz, statistics, error) ||
      ! read_features (npz, statistics, error) || ! read_score (npz, statistics, error) ||
      ! read_network (npz, statistics, error))
    return NULL;
  return g_steal_pointer (&statistics);
}
