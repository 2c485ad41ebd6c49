/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "statistics.h"

gboolean dot_fid (const DotStatistics *one,
                  const DotStatistics *other,
                  double              *fid,
                  GError             **error);
