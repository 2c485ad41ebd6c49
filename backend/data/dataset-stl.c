/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* STL-10's binary version: planes column by column, labels in another file. */

#include "records.h"

static const char *const train[]     = { "train_X.bin", NULL };
static const char *const test[]      = { "test_X.bin", NULL };
static const char *const unlabeled[] = { "unlabeled_X.bin", NULL };

static const char *const classes[] = {
  "airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck", NULL,
};

static const DotRecordPart parts[] = {
  { "train", train, "train_y.bin" },
  { "test", test, "test_y.bin" },
  { "unlabeled", unlabeled, NULL },
};

static const DotRecordFormat format = {
  .folder      = "stl10_binary",
  .side        = 96,
  .size        = 48,
  .by_column   = TRUE,
  .first_label = 1,
  .classes     = classes,
  .unlabelled  = "unlabeled",
  .parts       = parts,
  .n_parts     = G_N_ELEMENTS (parts),
};

static gboolean
open_stl (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  return dot_records_open (dataset, &format, options, error);
}

const DotDatasetKind dot_dataset_stl_10 = {
  .name  = "stl-10",
  .open  = open_stl,
  .read  = dot_records_read,
  .close = dot_records_close,
};
