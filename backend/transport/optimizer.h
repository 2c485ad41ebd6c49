/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#define DOT_ADAM_BETA2   0.9
#define DOT_ADAM_EPSILON 1e-8

void   dot_optimizer_sgd_step (double        step_size,
                               const double *gradient,
                               double       *point,
                               gsize         dimension);
double dot_optimizer_adam_rate (double step_size, guint t);
void   dot_optimizer_adam_step (double        step_size,
                                guint         t,
                                const double *gradient,
                                double       *second_moment,
                                double       *point,
                                gsize         dimension);
