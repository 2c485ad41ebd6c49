/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a discriminator says of real pictures, class by class. */

#include "real-scores.h"

#include "data/batches.h"
#include "engine/pair.h"
#include "format/npy.h"
#include "model/model.h"

#include "base/intl.h"
#include "base/system.h"

#include <math.h>
#include <string.h>

/* Each picture of a set comes once; the order is a random one, so that of a large
 * set a part is as good. */
#define SEED 0

/* @classes: (labels of the set) which class a label is, or −1
 * @scores: of #GArray, one a class
 * @images: (batch, C, H, W), with @labels: what is collected
 * @open: how many classes need more */
typedef struct
{
  DotPair                   *pair;
  const DotCalibrateOptions *options;
  DotDataset                *dataset;
  int                       *classes;
  GPtrArray                 *scores;
  double                    *images;
  guint                     *labels;
  double                    *answers;
  gsize                      n;
  gsize                     *collected; /* of each class */
  gsize                      open;
  GCancellable              *cancellable;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->dataset, dot_dataset_free);
  g_clear_pointer (&reading->scores, g_ptr_array_unref);
  g_free (reading->classes);
  g_free (reading->images);
  g_free (reading->labels);
  g_free (reading->answers);
  g_free (reading->collected);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/**
 * dot_real_scores_count_labels:
 *
 * Returns: how many kinds of pictures the discriminator tells apart
 */
gsize
dot_real_scores_count_labels (DotPair *pair)
{
  DotModel *model = dot_pair_get_model (pair);

  return dot_model_has_labels (model) ? dot_model_get_n_classes (model) : 1;
}

static void
unref_array (gpointer array)
{
  g_array_unref (array);
}

static GPtrArray *
new_scores (DotPair *pair)
{
  GPtrArray *scores = g_ptr_array_new_with_free_func (unref_array);

  for (gsize i = 0; i < dot_real_scores_count_labels (pair); i++)
    g_ptr_array_add (scores, g_array_new (FALSE, FALSE, sizeof (double)));
  return scores;
}

/*  a file of scores  */

static gboolean
invalid_file (const char *path, const char *reason, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, _ ("%s doesn't fit: %s."), name, reason);
  return FALSE;
}

static gboolean
add_row (GPtrArray *scores, const char *path, double label, double score, GError **error)
{
  if (! (label >= 0 && label < scores->len) || floor (label) != label)
    return invalid_file (path, _ ("it holds a label that is no class's"), error);
  if (! isfinite (score))
    return invalid_file (path, _ ("it holds a score that is no finite number"), error);
  g_array_append_val (scores->pdata[(guint) label], score);
  return TRUE;
}

static GPtrArray *
read_file (DotPair *pair, const char *path, GError **error)
{
  DotNpyHeader       header    = { 0 };
  g_autofree double *values    = dot_npy_read (path, &header, error);
  g_autoptr (GPtrArray) scores = new_scores (pair);
  gboolean labelled            = header.n_dims == 2 && header.shape[1] == 2;

  if (! values)
    return NULL;
  if (labelled == (scores->len == 1) || (! labelled && header.n_dims != 1))
    {
      invalid_file (path,
                    scores->len == 1 ? _ ("give scores of shape (count)")
                                     : _ ("give labels and scores, of shape (count, 2)"),
                    error);
      return NULL;
    }

  for (gsize i = 0; i < header.shape[0]; i++)
    if (! add_row (scores, path, labelled ? values[2 * i] : 0.0,
                   labelled ? values[2 * i + 1] : values[i], error))
      return NULL;
  return g_steal_pointer (&scores);
}

/*  pictures  */

static gboolean
open_dataset (Reading *reading, GError **error)
{
  const DotCalibrateOptions *options = reading->options;
  DotModel                  *model   = dot_pair_get_model (reading->pair);
  gboolean                   points  = dot_model_get_channels (model) == 2;
  DotDatasetOptions          set;
  g_autofree char           *path = NULL;

  /* A whole path is never taken for the name of a set, which points have. */
  path = points ? g_strdup (options->against) : g_canonicalize_filename (options->against, NULL);
  dot_dataset_options_init (&set);
  set.path         = path;
  set.size         = points ? 0 : dot_model_get_image_size (model);
  set.lazy         = TRUE;
  set.memory_limit = MAX (dot_system_get_memory () / 2, DOT_DATASET_MEMORY_LIMIT);
  set.notice       = options->notice;
  set.user_data    = options->user_data;
  set.cancellable  = reading->cancellable;
  reading->dataset = dot_dataset_open (&set, error);
  return reading->dataset != NULL;
}

static int
find_class (DotModel *model, const char *name)
{
  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    {
      const DotClass *klass = dot_model_get_class (model, i);

      if (g_strcmp0 (name, klass->wnid) == 0 || g_strcmp0 (name, klass->name) == 0)
        return (int) i;
    }
  return -1;
}

/* Folders are called after classes; a pair without classes takes all. */
static gboolean
find_classes (Reading *reading, GError **error)
{
  DotModel        *model = dot_pair_get_model (reading->pair);
  guint            n     = dot_dataset_get_n_labels (reading->dataset);
  g_autofree char *path  = NULL;

  reading->classes = g_new0 (int, MAX (n, 1));
  reading->open    = 1;
  if (! dot_model_has_labels (model))
    return TRUE;

  reading->open = 0;
  for (guint i = 0; i < n; i++)
    {
      const char *name = dot_dataset_get_label_name (reading->dataset, i);

      reading->classes[i] = find_class (model, name);
      reading->open += reading->classes[i] >= 0;
    }
  if (reading->open > 0)
    return TRUE;

  path = g_filename_display_name (reading->options->against);
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("%s has no folder that is called after a class of “%s”: name its folders by "
                  "WordNet ids or the classes' names."),
               path, dot_model_get_id (model));
  return FALSE;
}

static gboolean
check_channels (Reading *reading, GError **error)
{
  guint has  = dot_dataset_get_channels (reading->dataset);
  guint asks = dot_model_get_channels (dot_pair_get_model (reading->pair));

  if (has == asks || (has == 3 && asks == 1))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s has pictures of another kind than “%s” makes: give those it was trained on."),
               reading->options->against, dot_model_get_id (dot_pair_get_model (reading->pair)));
  return FALSE;
}

static void
reading_allocate (Reading *reading)
{
  gsize batch = reading->options->batch;
  gsize items = dot_model_get_image_items (dot_pair_get_model (reading->pair));

  reading->scores    = new_scores (reading->pair);
  reading->images    = g_new (double, batch *items);
  reading->labels    = g_new (guint, batch);
  reading->answers   = g_new (double, batch);
  reading->collected = g_new0 (gsize, reading->scores->len);
}

/* A gray pair sees the mean of the colours. */
static void
place_image (Reading *reading, const float *image)
{
  DotModel *model = dot_pair_get_model (reading->pair);
  gsize     items = dot_model_get_image_items (model);
  guint     mixed = dot_dataset_get_channels (reading->dataset) / dot_model_get_channels (model);
  double   *to    = reading->images + reading->n * items;

  for (gsize i = 0; i < items; i++)
    {
      to[i] = 0.0;
      for (guint c = 0; c < mixed; c++)
        to[i] += image[c * items + i] / mixed;
    }
}

static gboolean
score_images (Reading *reading, GError **error)
{
  gsize n = reading->n;

  reading->n = 0;
  if (n > 0 && ! dot_pair_discriminate (reading->pair, reading->images, reading->labels, n,
                                        reading->answers, NULL, reading->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (! add_row (reading->scores, reading->options->against, reading->labels[i],
                   reading->answers[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_image (Reading *reading, const float *image, int label, GError **error)
{
  if (label < 0 || reading->collected[label] == reading->options->samples)
    return TRUE;

  place_image (reading, image);
  reading->labels[reading->n++] = (guint) label;
  if (++reading->collected[label] == reading->options->samples)
    reading->open--;
  return reading->n < reading->options->batch || score_images (reading, error);
}

static gboolean
read_images (Reading *reading, GError **error)
{
  const DotCalibrateOptions *options = reading->options;
  guint64                    n       = dot_dataset_get_n_items (reading->dataset);
  g_autofree float          *image   = g_new (float, dot_dataset_get_item_size (reading->dataset));
  g_autoptr (DotBatches) batches     = dot_batches_new (reading->dataset, 1, SEED, 0);
  gint32 label;

  /* Points have no end. */
  for (guint64 i = 0; (n == 0 || i < n) && reading->open > 0; i++)
    {
      if (options->progress)
        options->progress (_ ("Looking at real pictures"), n ? (double) i / (double) n : 0.0,
                           options->user_data);
      if (g_cancellable_set_error_if_cancelled (reading->cancellable, error) ||
          ! dot_batches_get (batches, i, image, &label, error) ||
          ! add_image (reading, image, reading->classes[label], error))
        return FALSE;
    }
  return score_images (reading, error);
}

/**
 * dot_real_scores_read:
 * @options: where the pictures, or their scores, are
 *
 * Returns: (transfer full): for each label a #GArray of double
 */
GPtrArray *
dot_real_scores_read (DotPair                   *pair,
                      const DotCalibrateOptions *options,
                      GCancellable              *cancellable,
                      GError                   **error)
{
  g_auto (Reading) reading = { .pair = pair, .options = options, .cancellable = cancellable };

  if (options->real_scores)
    return read_file (pair, options->real_scores, error);
  if (! open_dataset (&reading, error) || ! check_channels (&reading, error) ||
      ! find_classes (&reading, error))
    return NULL;
  reading_allocate (&reading);
  return read_images (&reading, error) ? g_steal_pointer (&reading.scores) : NULL;
}
