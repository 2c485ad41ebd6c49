/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "path.h"

G_BEGIN_DECLS

void   dot_langevin_propose (DotPrior      prior,
                             double        step_size,
                             double        slope,
                             const double *point,
                             const double *score_gradient,
                             const double *noise,
                             double       *proposal,
                             gsize         dimension);
double dot_langevin_log_ratio (const DotPath *path, gsize candidate, double slope);
void   dot_langevin_propose_all (DotPath *path, guint t, guint part, const double *slopes);
void   dot_langevin_test_all (DotPath *path, guint t, guint part, const double *slopes);

G_END_DECLS
