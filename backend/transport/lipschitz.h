/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "transport.h"

double dot_lipschitz_ratio (const double *scores_a,
                            const double *scores_b,
                            const double *points_a,
                            const double *points_b,
                            gsize         pairs,
                            gsize         dimension);
