/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "features.h"
#include "statistics.h"
#include "data/dataset.h"

DotStatistics *dot_reference_compute (DotDataset        *dataset,
                                      DotFeatures       *network,
                                      const char *const *wnids,
                                      gsize              batch,
                                      DotProgressFunc    progress,
                                      gpointer           user_data,
                                      GCancellable      *cancellable,
                                      GError           **error);
DotStatistics *dot_reference_load (const char        *location,
                                   DotFeatures       *network,
                                   const char *const *wnids,
                                   gsize              batch,
                                   DotProgressFunc    progress,
                                   DotNoticeFunc      notice,
                                   gpointer           user_data,
                                   GCancellable      *cancellable,
                                   GError           **error);
