/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "architecture.h"
#include "biggan-names.h"

G_BEGIN_DECLS

gboolean    dot_biggan_generator_describe (const DotBigganNames *names,
                                           DotWeights           *weights,
                                           DotPairShape         *shape,
                                           GError              **error);
DotNetwork *dot_biggan_generator_read (const DotBigganNames *names,
                                       DotWeights           *weights,
                                       const DotPairShape   *shape,
                                       GError              **error);

G_END_DECLS
