/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* CIFAR-10's binary version: a byte of label, then the planes. */

#include "records.h"

static const char *const train[] = {
  "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
  "data_batch_4.bin", "data_batch_5.bin", NULL,
};

static const char *const test[] = { "test_batch.bin", NULL };

static const char *const all[] = {
  "data_batch_1.bin",
  "data_batch_2.bin",
  "data_batch_3.bin",
  "data_batch_4.bin",
  "data_batch_5.bin",
  "test_batch.bin",
  NULL,
};

static const char *const classes[] = {
  "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck", NULL,
};

static const DotRecordPart parts[] = {
  { "train", train, NULL },
  { "test", test, NULL },
  { "all", all, NULL },
};

static const DotRecordFormat format = {
  .folder  = "cifar-10-batches-bin",
  .side    = 32,
  .size    = 32,
  .header  = 1,
  .classes = classes,
  .parts   = parts,
  .n_parts = G_N_ELEMENTS (parts),
};

static gboolean
open_cifar (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  return dot_records_open (dataset, &format, options, error);
}

const DotDatasetKind dot_dataset_cifar_10 = {
  .name  = "cifar-10",
  .open  = open_cifar,
  .read  = dot_records_read,
  .close = dot_records_close,
};
