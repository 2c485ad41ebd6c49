/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset.h"

G_BEGIN_DECLS

typedef struct _DotBatches DotBatches;

DotBatches *dot_batches_new (DotDataset *dataset, guint batch_size, guint64 seed, guint n_threads);
DotBatches *dot_batches_new_part (DotDataset *dataset,
                                  guint       batch_size,
                                  guint       first,
                                  guint       n,
                                  guint64     seed,
                                  guint       n_threads);
gboolean    dot_batches_get (DotBatches *batches,
                             guint64     number,
                             float      *images,
                             gint32     *labels,
                             GError    **error);
void        dot_batches_free (DotBatches *batches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotBatches, dot_batches_free)

G_END_DECLS
