/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset-private.h"

G_BEGIN_DECLS

/**
 * DotRecordPart:
 * @name: "train"
 * @files: (array zero-terminated=1): of pictures
 * @labels: (nullable): a file with a byte a picture
 *
 * A part of a set.
 */
typedef struct
{
  const char        *name;
  const char *const *files;
  const char        *labels;
} DotRecordPart;

/**
 * DotRecordFormat:
 * @folder: that the files lie in, as published
 * @side: of the pictures, whose planes follow each other
 * @size: what they are scaled to unless asked otherwise
 * @by_column: whether each plane goes column by column
 * @header: how many bytes precede a picture; the first is its label
 * @first_label: 1 where labels count from 1
 * @classes: (array zero-terminated=1): the names of the labels
 * @unlabelled: the name of all where there are no labels
 *
 * Pictures of one size, one after the other, in files without a header.
 */
typedef struct
{
  const char          *folder;
  guint                side;
  guint                size;
  gboolean             by_column;
  guint                header;
  guint                first_label;
  const char *const   *classes;
  const char          *unlabelled;
  const DotRecordPart *parts;
  guint                n_parts;
} DotRecordFormat;

gboolean dot_records_are_in (const char *folder, const char *kind);
gboolean dot_records_open (DotDataset              *dataset,
                           const DotRecordFormat   *format,
                           const DotDatasetOptions *options,
                           GError                 **error);
gboolean dot_records_read (const DotDataset *dataset, guint64 item, guint8 *pixels, GError **error);
void     dot_records_close (gpointer source);

G_END_DECLS
