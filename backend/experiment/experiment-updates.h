/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-values.h"

G_BEGIN_DECLS

GArray *dot_experiment_updates_list (const DotExperimentValues *values, const char *name);

G_END_DECLS
