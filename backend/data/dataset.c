/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "dataset-private.h"

#include <string.h>

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
