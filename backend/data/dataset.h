/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/* What pictures are, decoded, in memory unless told otherwise. */
#define DOT_DATASET_MEMORY_LIMIT ((guint64) 2 << 30)

/**
 * DotNoticeFunc:
 * @sentence: translated
 *
 * Hears what a person should know, though it is no failure.
 */
typedef void (*DotNoticeFunc) (const char *sentence, gpointer user_data);

/**
 * DotDatasetOptions:
 * @kind: (nullable): "folder", "tar", "cifar-10", "stl-10", "gaussians-25" or
 *   "swiss-roll"; %NULL to find out from @path
 * @path: (nullable): a folder or a file; "FILE.tar:FOLDER" is a folder inside
 *   a tar.  The 2-D sets have none, or their name
 * @part: (nullable): of CIFAR-10 "train" (the default), "test" or "all", of
 *   STL-10 "train" (the default), "test" or "unlabeled"; %NULL for the others
 * @size: of the pictures, in pixels; 0 for 32 (CIFAR-10), 48 (STL-10) or 64
 * @classes: (nullable) (array zero-terminated=1): the folders to read, in the
 *   order of their labels; %NULL for all, sorted.  For CIFAR-10 and STL-10 the
 *   names of their classes
 * @flip: whether half of the pictures, by chance, are mirrored
 * @lazy: whether no picture is decoded before it is asked for, even where all
 *   would fit into memory
 * @memory_limit: what may be kept in memory, in bytes
 * @n_threads: that open it; 0 for as many as the processor has
 * @progress: (nullable): told about the opening, in the thread that opens
 * @notice: (nullable): told what is left out, in that thread
 * @cancellable: (nullable): stops the opening
 */
typedef struct
{
  const char        *kind;
  const char        *path;
  const char        *part;
  guint              size;
  const char *const *classes;
  gboolean           flip;
  gboolean           lazy;
  guint64            memory_limit;
  guint              n_threads;
  DotProgressFunc    progress;
  DotNoticeFunc      notice;
  gpointer           user_data;
  GCancellable      *cancellable;
} DotDatasetOptions;

typedef struct _DotDataset DotDataset;

void dot_dataset_options_init (DotDatasetOptions *options);

DotDataset *dot_dataset_open (const DotDatasetOptions *options, GError **error);
void        dot_dataset_free (DotDataset *dataset);
const char *dot_dataset_get_kind (const DotDataset *dataset);
guint64     dot_dataset_get_n_items (const DotDataset *dataset);
guint       dot_dataset_get_n_labels (const DotDataset *dataset);
guint       dot_dataset_get_channels (const DotDataset *dataset);
guint       dot_dataset_get_height (const DotDataset *dataset);
guint       dot_dataset_get_width (const DotDataset *dataset);
const char *dot_dataset_get_label_name (const DotDataset *dataset, guint label);
guint       dot_dataset_get_label (const DotDataset *dataset, guint64 item);
gboolean    dot_dataset_is_in_memory (const DotDataset *dataset);
char       *dot_dataset_get_identity (const DotDataset *dataset);
gsize       dot_dataset_get_item_size (const DotDataset *dataset);
gboolean    dot_dataset_read_item (const DotDataset *dataset,
                                   guint64           item,
                                   guint8           *pixels,
                                   GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotDataset, dot_dataset_free)

G_END_DECLS
