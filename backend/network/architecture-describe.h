/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "architecture.h"

G_BEGIN_DECLS

gboolean dot_architecture_describe_pair (const DotArchitecture *generator,
                                         DotWeights            *g,
                                         const DotArchitecture *discriminator,
                                         DotWeights            *d,
                                         DotPairShape          *shape,
                                         GError               **error);

const DotArchitecture *dot_architecture_describe_find (DotWeights   *weights,
                                                       gboolean      is_generator,
                                                       DotPairShape *shape,
                                                       GError      **error);

G_END_DECLS
