/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "graph.h"

G_BEGIN_DECLS

gboolean dot_graph_merge_fits_affine (const DotNode *node, const DotNode *affine);
gboolean dot_graph_merge_affine (DotNode       *node,
                                 const DotNode *affine,
                                 gboolean       shifted,
                                 GError       **error);
gboolean dot_graph_merge_bias (DotNode *node, GError **error);
gboolean dot_graph_merge_biases (DotNode *node, DotNode *other, GError **error);
gboolean dot_graph_merge_labels (DotNode *node, const DotArray *table, GError **error);
gboolean dot_graph_merge_upsample (DotNode *node, GError **error);
gboolean dot_graph_merge_average (DotNode *node, GError **error);
gboolean dot_graph_merge_unit_stride (DotNode *node, GError **error);
gboolean dot_graph_merge_last_axis (DotNode *node, GError **error);

G_END_DECLS
