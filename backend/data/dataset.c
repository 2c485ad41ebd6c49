/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "dataset-kind.h"
#include "identity.h"
#include "preload.h"
#include "records.h"

#include "base/intl.h"

#include <string.h>

#define MAX_SIZE 2048

static const DotDatasetKind *const kinds[] = {
  &dot_dataset_folder, &dot_dataset_tar,          &dot_dataset_cifar_10,
  &dot_dataset_stl_10, &dot_dataset_gaussians_25, &dot_dataset_swiss_roll,
};

/**
 * dot_dataset_options_init:
 *
 * All defaults.
 */
void
dot_dataset_options_init (DotDatasetOptions *options)
{
  *options = (DotDatasetOptions) { .memory_limit = DOT_DATASET_MEMORY_LIMIT };
}

/* What a person sees as the kind, from the names alone. */
static const char *
guess_kind (const char *path)
{
  g_autofree char *base = path ? g_path_get_basename (path) : NULL;

  if (! path || ! g_file_test (path, G_FILE_TEST_EXISTS))
    return path && strstr (path, ".tar") ? "tar" : path;
  if (dot_records_are_in (path, "cifar-10") || g_str_has_prefix (base, "cifar-10-binary"))
    return "cifar-10";
  if (dot_records_are_in (path, "stl-10") || g_str_has_prefix (base, "stl10_binary"))
    return "stl-10";
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? "folder" : "tar";
}

static const DotDatasetKind *
find_kind (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (! g_strcmp0 (name, kinds[i]->name))
      return kinds[i];
  if (name && strchr (name, G_DIR_SEPARATOR))
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("%s can't be opened: check the path and its permissions."), name);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is no kind of data: give a path, or folder, tar, "
                    "cifar-10, stl-10, gaussians-25 or swiss-roll."),
                 name ? name : "");
  return NULL;
}

static gboolean
check_options (const DotDatasetKind *kind, const DotDatasetOptions *options, GError **error)
{
  if (kind->read && ! options->path)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("Data of the kind %s needs a path: say where it is."), kind->name);
      return FALSE;
    }
  if (options->size > MAX_SIZE)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("A size of %u pixels is too large: choose one up to %u."), options->size,
                   MAX_SIZE);
      return FALSE;
    }
  return TRUE;
}

/**
 * dot_dataset_open:
 *
 * Opens what a training reads.  Pictures are cut to the square in their middle
 * and scaled to the size, by areas where they shrink.  Where they fit into the
 * memory that is allowed they are all decoded at once, so that a damaged one is
 * found before the first step; else, or where the options say lazy, each is
 * decoded when its turn comes.
 *
 * Returns: (transfer full): the dataset, or %NULL with @error set
 */
DotDataset *
dot_dataset_open (const DotDatasetOptions *options, GError **error)
{
  const char           *name     = options->kind ? options->kind : guess_kind (options->path);
  const DotDatasetKind *kind     = find_kind (name, error);
  g_autoptr (DotDataset) dataset = NULL;

  if (! kind || ! check_options (kind, options, error))
    return NULL;

  dataset           = g_new0 (DotDataset, 1);
  dataset->kind     = kind;
  dataset->flip     = options->flip;
  dataset->names    = g_ptr_array_new_with_free_func (g_free);
  dataset->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (! kind->open (dataset, options, error))
    return NULL;
  /* A source that is decoded is given up. */
  dataset->identity = dot_identity_finish (dataset);
  if (kind->read && ! options->lazy && ! dot_preload (dataset, options, error))
    return NULL;
  return g_steal_pointer (&dataset);
}

/**
 * dot_dataset_free:
 *
 * Frees a dataset that no #DotBatches reads any more.
 */
void
dot_dataset_free (DotDataset *dataset)
{
  if (dataset->kind->close && dataset->source)
    dataset->kind->close (dataset->source);
  g_clear_pointer (&dataset->names, g_ptr_array_unref);
  g_clear_pointer (&dataset->labels, g_array_unref);
  g_clear_pointer (&dataset->checksum, g_checksum_free);
  g_free (dataset->identity);
  g_free (dataset->pixels);
  g_free (dataset);
}

/**
 * dot_dataset_get_kind:
 *
 * Returns: (transfer none): what it turned out to be, "folder" for example
 */
const char *
dot_dataset_get_kind (const DotDataset *dataset)
{
  return dataset->kind->name;
}

/**
 * dot_dataset_get_n_items:
 *
 * Returns: how many pictures there are; 0 for a 2-D set, whose points are made
 *   as they are asked for and never end
 */
guint64
dot_dataset_get_n_items (const DotDataset *dataset)
{
  return dataset->n_items;
}

/**
 * dot_dataset_get_n_labels:
 *
 * Returns: how many labels there are, at least 1
 */
guint
dot_dataset_get_n_labels (const DotDataset *dataset)
{
  return dataset->names->len;
}

/**
 * dot_dataset_get_channels:
 *
 * Returns: 3 for pictures, which are RGB, 2 for points
 */
guint
dot_dataset_get_channels (const DotDataset *dataset)
{
  return dataset->channels;
}

/**
 * dot_dataset_get_height:
 *
 * Returns: in pixels; 1 for points
 */
guint
dot_dataset_get_height (const DotDataset *dataset)
{
  return dataset->size;
}

/**
 * dot_dataset_get_width:
 *
 * Returns: in pixels; 1 for points
 */
guint
dot_dataset_get_width (const DotDataset *dataset)
{
  return dataset->size;
}

/**
 * dot_dataset_get_label_name:
 *
 * Returns: (transfer none): the folder's name, which may be a WordNet id, or
 *   the name of the class
 */
const char *
dot_dataset_get_label_name (const DotDataset *dataset, guint label)
{
  g_return_val_if_fail (label < dataset->names->len, NULL);
  return g_ptr_array_index (dataset->names, label);
}

/**
 * dot_dataset_get_label:
 *
 * Returns: the label of one item
 */
guint
dot_dataset_get_label (const DotDataset *dataset, guint64 item)
{
  if (! dataset->labels)
    return 0;
  g_return_val_if_fail (item < dataset->labels->len, 0);
  return g_array_index (dataset->labels, guint32, item);
}

/**
 * dot_dataset_is_in_memory:
 *
 * Returns: whether nothing has to be decoded any more
 */
gboolean
dot_dataset_is_in_memory (const DotDataset *dataset)
{
  return dataset->pixels || dataset->kind->read_point;
}

/**
 * dot_dataset_get_identity:
 *
 * Data are told apart by their kind, their labels and, of a folder, the name
 * in it, size and time of change of each picture that is read; of a tar and of
 * files of records by the file's path, size and time, and what is read of it.
 * What is made of the pictures, their size and mirroring, isn't part of it.
 *
 * Returns: (transfer full): a text that is another when the data are others;
 *   of a 2-D set its kind
 */
char *
dot_dataset_get_identity (const DotDataset *dataset)
{
  return g_strdup (dataset->identity);
}

/**
 * dot_dataset_get_item_size:
 *
 * Returns: of a decoded item, in bytes
 */
gsize
dot_dataset_get_item_size (const DotDataset *dataset)
{
  return (gsize) dataset->channels * dataset->size * dataset->size;
}

/**
 * dot_dataset_peek:
 * @buffer: of an item's size
 *
 * One item of a set of pictures, in any thread.
 *
 * Returns: (transfer none): (channels, height, width) in 8 bits, in memory or
 *   decoded into @buffer; %NULL with @error set
 */
const guint8 *
dot_dataset_peek (const DotDataset *dataset, guint64 item, guint8 *buffer, GError **error)
{
  if (dataset->pixels)
    return dataset->pixels + item * dot_dataset_get_item_size (dataset);
  return dataset->kind->read (dataset, item, buffer, error) ? buffer : NULL;
}

/**
 * dot_dataset_read_item:
 * @pixels: (out caller-allocates): (channels, height, width) in 8 bits, of the
 *   size that dot_dataset_get_item_size() says
 *
 * One picture, in any thread; 2-D sets have none.
 *
 * Returns: %FALSE with @error set where it can't be read or is damaged
 */
gboolean
dot_dataset_read_item (const DotDataset *dataset, guint64 item, guint8 *pixels, GError **error)
{
  const guint8 *found;

  g_return_val_if_fail (item < dataset->n_items, FALSE);
  found = dot_dataset_peek (dataset, item, pixels, error);
  if (found && found != pixels)
    memcpy (pixels, found, dot_dataset_get_item_size (dataset));
  return found != NULL;
}
