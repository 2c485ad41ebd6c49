/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset.h"

G_BEGIN_DECLS

/**
 * DotDatasetKind:
 * @name: on the command line
 * @open: fills in what @dataset is, but for its kind; what it has filled in
 *   when it fails is freed by the caller
 * @read: (nullable): decodes @item, (channels, height, width) in 8 bits; called
 *   by several threads at once
 * @read_point: (nullable): computes @item of a set that has no pictures
 * @close: frees the source
 *
 * What is in a dataset's source, and how it is read.
 */
typedef struct
{
  const char *name;
  gboolean (*open) (DotDataset *dataset, const DotDatasetOptions *options, GError **error);
  gboolean (*read) (const DotDataset *dataset, guint64 item, guint8 *pixels, GError **error);
  void (*read_point) (guint64 seed, guint64 item, float point[2]);
  void (*close) (gpointer source);
} DotDatasetKind;

/**
 * DotDataset:
 * @n_items: 0 where there is no end
 * @names: (element-type utf8): of the labels
 * @labels: (element-type guint32): of the items; %NULL where all are 0
 * @source: the kind's own
 * @checksum: over what identifies the data, while they are opened
 * @identity: what it came to
 * @pixels: (nullable): all items, decoded, where they fit into memory
 */
struct _DotDataset
{
  const DotDatasetKind *kind;
  guint64               n_items;
  guint                 channels;
  guint                 size;
  gboolean              flip;
  GPtrArray            *names;
  GArray               *labels;
  gpointer              source;
  GChecksum            *checksum;
  char                 *identity;
  guint8               *pixels;
};

extern const DotDatasetKind dot_dataset_folder;
extern const DotDatasetKind dot_dataset_tar;
extern const DotDatasetKind dot_dataset_cifar_10;
extern const DotDatasetKind dot_dataset_stl_10;
extern const DotDatasetKind dot_dataset_gaussians_25;
extern const DotDatasetKind dot_dataset_swiss_roll;

const guint8 *dot_dataset_peek (const DotDataset *dataset,
                                guint64           item,
                                guint8           *buffer,
                                GError          **error);

G_END_DECLS
