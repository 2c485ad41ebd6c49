/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "data/dataset.h"

G_BEGIN_DECLS

#define SAMPLE_SIZE 8
#define SAMPLE_ITEM (3 * SAMPLE_SIZE * SAMPLE_SIZE)

typedef struct _SampleTar SampleTar;

/* What a test wants other than the defaults. */
typedef void (*SampleChange) (DotDatasetOptions *options);

guint8     sample_level (guint picture, guint c, guint y, guint x);
GBytes    *sample_png (guint picture, guint width, guint height);
void       sample_write (const char *folder, const char *name, GBytes *bytes);
SampleTar *sample_tar_new (const char *path);
void       sample_tar_add (SampleTar *tar, const char *name, GBytes *bytes);
void sample_tar_add_link (SampleTar *tar, const char *name, const char *target, gboolean hard);
void sample_tar_add_picture (SampleTar *tar, const char *name, guint picture);
void sample_tar_finish (SampleTar *tar);

/* Changes: pictures of SAMPLE_SIZE, the other part. */
void sample_small (DotDatasetOptions *options);
void sample_take_test (DotDatasetOptions *options);

DotDataset *sample_open (const char *path, SampleChange change);
GError     *sample_open_badly (const char *path, SampleChange change);
void        sample_read (DotDataset *dataset, guint64 item, guint8 *pixels);
void        sample_check (DotDataset *dataset, guint64 item, guint picture);

G_END_DECLS
