/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "weights.h"

G_BEGIN_DECLS

const char *dot_weights_part_find (DotWeights *weights, guint role);
DotWeights *dot_weights_part_open (const char *path, guint role, GError **error);

G_END_DECLS
