/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The statistics of real pictures: from a file, from the person's cache, or made
 * now and cached by what they are made from. */

#include "reference.h"

#include "inception-score.h"
#include "base/lock.h"
#include "base/random.h"
#include "base/system.h"
#include "base/whole-file.h"
#include "data/dataset.h"

#include "base/intl.h"

#include <glib/gstdio.h>
#include <string.h>

/* As many bytes of features as are kept with the statistics. */
#define MAX_KEPT (1u << 30)

/* Which of the numbers that dot_random_subset() draws a shuffle is. */
#define SHUFFLE G_MAXUINT32

/* Which of a set's items are meant. */
typedef struct
{
  DotDataset *dataset;
  GArray     *items; /* guint64, in their order */
  char       *identity;
} Pictures;

static void
pictures_clear (Pictures *pictures)
{
  g_clear_pointer (&pictures->items, g_array_unref);
  g_free (pictures->identity);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pictures, pictures_clear)

/*  opening them  */

/* A packed tar is kept, but a hostile one mustn't take all memory. */
static guint64
find_limit (void)
{
  return MAX (dot_system_get_memory () / 2, DOT_DATASET_MEMORY_LIMIT);
}

/* Each picture is looked at once: there is no need to keep any. */
static DotDataset *
open_dataset (const char   *location,
              guint         side,
              DotNoticeFunc notice,
              gpointer      user_data,
              GCancellable *cancellable,
              GError      **error)
{
  /* A whole path is never taken for the name of a set. */
  g_autofree char  *path = g_canonicalize_filename (location, NULL);
  DotDatasetOptions options;

  dot_dataset_options_init (&options);
  options.path         = path;
  options.size         = side;
  options.lazy         = TRUE;
  options.memory_limit = find_limit ();
  options.notice       = notice;
  options.user_data    = user_data;
  options.cancellable  = cancellable;
  return dot_dataset_open (&options, error);
}

static void
add_items (Pictures *pictures, const gboolean *wanted)
{
  guint64 n = dot_dataset_get_n_items (pictures->dataset);

  for (guint64 i = 0; i < n; i++)
    if (! wanted || wanted[dot_dataset_get_label (pictures->dataset, i)])
      g_array_append_val (pictures->items, i);
}

/* Where no label is called after a class, all pictures are meant. */
static void
choose_items (Pictures *pictures, const char *const *wnids)
{
  guint                n_labels = dot_dataset_get_n_labels (pictures->dataset);
  g_autofree gboolean *wanted   = g_new0 (gboolean, n_labels);
  g_autofree char     *whole    = NULL;
  g_autoptr (GString) chosen    = g_string_new (NULL);
  gboolean any                  = FALSE;

  for (guint i = 0; i < n_labels; i++)
    {
      const char *name = dot_dataset_get_label_name (pictures->dataset, i);

      wanted[i] = wnids && g_strv_contains (wnids, name);
      any       = any || wanted[i];
      if (wanted[i])
        g_string_append_printf (chosen, " %s", name);
    }

  pictures->items = g_array_new (FALSE, FALSE, sizeof (guint64));
  add_items (pictures, any ? wanted : NULL);
  whole              = dot_dataset_get_identity (pictures->dataset);
  pictures->identity = g_strconcat (whole, chosen->str, NULL);
}

/*  the cache  */

static char *
cache_path (const Pictures *pictures, DotFeatures *network)
{
  g_autofree char *key      = NULL;
  g_autofree char *checksum = NULL;
  g_autofree char *name     = NULL;

  key      = g_strdup_printf ("%s %s %u", pictures->identity, dot_features_get_checksum (network),
                              dot_features_get_side (network));
  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  name     = g_strconcat (checksum, ".npz", NULL);
  return g_build_filename (g_get_user_cache_dir (), "dot-refine", "statistics", name, NULL);
}

/* A cache that can't be written is no failure: the next run makes it anew. */
static void
cache_store (const DotStatistics *statistics, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto (DotLock) lock   = DOT_LOCK_NONE;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return;
  dot_lock_wait (&lock, folder);
  dot_whole_file_remove_left_overs (folder);
  dot_statistics_file_save (statistics, path, NULL);
}

/*  making them  */

typedef struct
{
  const Pictures *pictures;
  DotFeatures    *network;
  gsize           count;
  gsize           batch;
  gsize           done;
  guint8         *planes; /* of a picture */
  guint8         *pixels; /* of a batch */
  float          *features;
  float          *probabilities;
  DotProgressFunc progress;
  gpointer        user_data;
  GCancellable   *cancellable;
} Making;

static void
making_clear (Making *making)
{
  g_free (making->planes);
  g_free (making->pixels);
  g_free (making->features);
  g_free (making->probabilities);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gboolean
making_init (Making *making, GError **error)
{
  gsize f    = dot_features_get_size (making->network);
  gsize c    = dot_features_get_n_classes (making->network);
  gsize size = dot_dataset_get_item_size (making->pictures->dataset);

  making->planes        = g_try_new (guint8, size);
  making->pixels        = g_try_new (guint8, making->batch * size);
  making->features      = g_try_new (float, making->count *f);
  making->probabilities = g_try_new (float, making->count *c);
  if (making->planes && making->pixels && making->features && making->probabilities)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the features of %zu pictures: give fewer."),
               making->count);
  return FALSE;
}

/* Networks want channels together, (side, side, 3). */
static void
interleave (const guint8 *planes, gsize n, guint8 *pixels)
{
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < 3; c++)
      pixels[3 * i + c] = planes[c * n + i];
}

static gboolean
read_picture (Making *making, gsize in_batch, GError **error)
{
  const Pictures *pictures = making->pictures;
  gsize           size     = dot_dataset_get_item_size (pictures->dataset);
  guint64         item     = g_array_index (pictures->items, guint64, making->done + in_batch);

  if (g_cancellable_set_error_if_cancelled (making->cancellable, error) ||
      ! dot_dataset_read_item (pictures->dataset, item, making->planes, error))
    return FALSE;
  interleave (making->planes, size / 3, making->pixels + in_batch * size);
  return TRUE;
}

static gboolean
compute_batch (Making *making, GError **error)
{
  gsize f = dot_features_get_size (making->network);
  gsize c = dot_features_get_n_classes (making->network);
  gsize n = MIN (making->batch, making->count - making->done);

  for (gsize i = 0; i < n; i++)
    if (! read_picture (making, i, error))
      return FALSE;
  if (! dot_features_compute (making->network, making->pixels, n,
                              making->features + making->done * f,
                              making->probabilities + making->done * c, error))
    return FALSE;

  making->done += n;
  if (making->progress)
    making->progress (_ ("Looking at real pictures"), (double) making->done / making->count,
                      making->user_data);
  return TRUE;
}

/* Pictures are sorted by their classes: a tenth of them must not be one class
 * only.  Too few pictures for a score are no failure. */
static void
find_score (Making *making, DotStatistics *statistics)
{
  gsize             c     = dot_features_get_n_classes (making->network);
  g_autofree gsize *order = g_new (gsize, making->count);
  g_autofree float *mixed = g_try_new (float, making->count *c);
  double            score[2];

  if (! mixed)
    return;

  dot_random_subset (0, SHUFFLE, making->count, making->count, order);
  for (gsize i = 0; i < making->count; i++)
    memcpy (mixed + i * c, making->probabilities + order[i] * c, c * sizeof (float));
  if (dot_inception_score (mixed, making->count, c, DOT_INCEPTION_SCORE_SPLITS, &score[0],
                           &score[1], NULL))
    memcpy (statistics->score, score, sizeof (score));
}

static DotStatistics *
summarize (Making *making, GError **error)
{
  gsize f                              = dot_features_get_size (making->network);
  g_autoptr (DotStatistics) statistics = NULL;
  gboolean keep;

  keep       = making->count * f <= MAX_KEPT / sizeof (float);
  statistics = dot_statistics_new (f, keep, error);
  if (! statistics || ! dot_statistics_add (statistics, making->features, making->count, error))
    return NULL;

  statistics->network = g_strdup (dot_features_get_checksum (making->network));
  find_score (making, statistics);
  return g_steal_pointer (&statistics);
}

static DotStatistics *
make (const Pictures *pictures,
      DotFeatures    *network,
      gsize           batch,
      DotProgressFunc progress,
      gpointer        user_data,
      GCancellable   *cancellable,
      GError        **error)
{
  g_auto (Making) making = {
    .pictures    = pictures,
    .network     = network,
    .count       = pictures->items->len,
    .batch       = batch,
    .progress    = progress,
    .user_data   = user_data,
    .cancellable = cancellable,
  };

  if (! making_init (&making, error))
    return NULL;
  while (making.done < making.count)
    if (! compute_batch (&making, error))
      return NULL;
  return summarize (&making, error);
}

/* A file that fits is a file of this network's features. */
static DotStatistics *
load_file (const char *path, DotFeatures *network, GError **error)
{
  g_autoptr (DotStatistics) statistics = dot_statistics_file_load (path, error);

  if (! statistics || (statistics->size == dot_features_get_size (network) &&
                       (! statistics->network ||
                        g_str_equal (statistics->network, dot_features_get_checksum (network)))))
    return g_steal_pointer (&statistics);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s was made with another feature network: give that one, or "
                  "the pictures themselves."),
               path);
  return NULL;
}

/**
 * dot_reference_compute:
 * @dataset: pictures of the network's size, which are looked at as they are,
 *   not mirrored
 * @network: what they are seen by
 * @wnids: (nullable): where labels are called after some of these classes,
 *   the pictures of those only
 * @batch: pictures that are computed at once
 *
 * Looks at the pictures, or remembers that it has.
 *
 * Returns: (transfer full): the statistics
 */
DotStatistics *
dot_reference_compute (DotDataset        *dataset,
                       DotFeatures       *network,
                       const char *const *wnids,
                       gsize              batch,
                       DotProgressFunc    progress,
                       gpointer           user_data,
                       GCancellable      *cancellable,
                       GError           **error)
{
  g_auto (Pictures) pictures  = { dataset };
  g_autofree char *path       = NULL;
  DotStatistics   *statistics = NULL;

  choose_items (&pictures, wnids);
  path = cache_path (&pictures, network);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    statistics = load_file (path, network, NULL);
  if (statistics)
    return statistics;

  statistics = make (&pictures, network, batch, progress, user_data, cancellable, error);
  if (statistics)
    cache_store (statistics, path);
  return statistics;
}

/**
 * dot_reference_load:
 * @location: statistics (.npz), or pictures: a path as in #DotDatasetOptions
 * @network: what they are seen by
 * @wnids: (nullable): as for dot_reference_compute()
 * @batch: pictures that are computed at once
 * @notice: (nullable): told what is left out
 *
 * Returns: (transfer full): the statistics
 */
DotStatistics *
dot_reference_load (const char        *location,
                    DotFeatures       *network,
                    const char *const *wnids,
                    gsize              batch,
                    DotProgressFunc    progress,
                    DotNoticeFunc      notice,
                    gpointer           user_data,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr (DotDataset) dataset = NULL;

  if (g_str_has_suffix (location, ".npz"))
    return load_file (location, network, error);

  dataset = open_dataset (location, dot_features_get_side (network), notice, user_data, cancellable,
                          error);
  return dataset ? dot_reference_compute (dataset, network, wnids, batch, progress, user_data,
                                          cancellable, error)
                 : NULL;
}
