/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "graph.h"

G_BEGIN_DECLS

/* Rules of graph-rewrite.c for the end of a discriminator. */
gboolean dot_graph_score_merge_project (DotGraph *graph,
                                        DotNode  *node,
                                        gboolean *changed,
                                        GError  **error);
gboolean dot_graph_score_rename (DotGraph *graph, DotNode *node, gboolean *changed, GError **error);
gboolean dot_graph_score_merge_sum (DotGraph *graph,
                                    DotNode  *node,
                                    gboolean *changed,
                                    GError  **error);
gboolean dot_graph_score_merge_mean (DotGraph *graph,
                                     DotNode  *node,
                                     gboolean *changed,
                                     GError  **error);
gboolean dot_graph_score_merge_labels (DotGraph *graph,
                                       DotNode  *node,
                                       gboolean *changed,
                                       GError  **error);
gboolean dot_graph_score_merge_window (DotGraph *graph,
                                       DotNode  *node,
                                       gboolean *changed,
                                       GError  **error);
gboolean dot_graph_score_merge_heads (DotGraph *graph,
                                      DotNode  *node,
                                      gboolean *changed,
                                      GError  **error);

G_END_DECLS
