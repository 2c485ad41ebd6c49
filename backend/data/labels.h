/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset-private.h"

G_BEGIN_DECLS

GHashTable *dot_labels_new (DotDataset              *dataset,
                            const DotDatasetOptions *options,
                            const char *const       *names,
                            GError                 **error);
gboolean    dot_labels_check (const DotDataset        *dataset,
                              const DotDatasetOptions *options,
                              GError                 **error);

G_END_DECLS
