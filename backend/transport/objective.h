/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

double dot_objective_distance (const double *point,
                               const double *origin,
                               double        delta,
                               gsize         dimension);
void   dot_objective_gradient (DotMethod     method,
                               const double *point,
                               const double *origin,
                               double        delta,
                               double        k_eff,
                               const double *score_gradient,
                               double       *gradient,
                               gsize         dimension);
void   dot_objective_project (DotProjection projection,
                              const double *point,
                              double       *gradient,
                              gsize         dimension);
