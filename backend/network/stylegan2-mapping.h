/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "architecture.h"
#include "builder.h"

G_BEGIN_DECLS

gboolean  dot_stylegan2_mapping_describe (DotWeights   *weights,
                                          DotPairShape *shape,
                                          guint        *embedding,
                                          GError      **error);
guint     dot_stylegan2_mapping_add (DotBuilder *builder, const DotPairShape *shape);
DotArray *dot_stylegan2_mapping_read_classes (DotBuilder *builder, gsize length, gsize n_labels);

G_END_DECLS
