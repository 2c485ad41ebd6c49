/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "features.h"
#include "samples-options.h"

#include "base/work-folder.h"

G_BEGIN_DECLS

DotWorkFolder *dot_samples_work_open (DotPair                 *pair,
                                      const DotSamplesOptions *options,
                                      DotFeatures *const      *networks,
                                      guint                    n_networks,
                                      GError                 **error);

G_END_DECLS
