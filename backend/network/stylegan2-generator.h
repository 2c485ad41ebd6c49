/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "architecture.h"

G_BEGIN_DECLS

gboolean    dot_stylegan2_generator_describe (DotWeights   *weights,
                                              DotPairShape *shape,
                                              GError      **error);
DotNetwork *dot_stylegan2_generator_read (DotWeights         *weights,
                                          const DotPairShape *shape,
                                          GError            **error);

G_END_DECLS
