/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "node.h"

G_BEGIN_DECLS

/**
 * DotGraph:
 * @nodes: (element-type DotNode): each after those it takes from: the latents,
 *   the generator's, the discriminator's
 * @latents: the first node
 * @image: G(z|y); the images where only the discriminator is asked
 *
 * A generator and its discriminator as one computation, which may be
 * rewritten as long as the numbers stay the same.
 */
typedef struct
{
  GPtrArray *nodes;
  DotNode   *latents;
  DotNode   *image;
} DotGraph;

DotGraph *dot_graph_new (const DotNetwork *generator, const DotNetwork *discriminator);
void      dot_graph_free (DotGraph *graph);
gboolean  dot_graph_rewrite (DotGraph *graph, gboolean narrow, GError **error);
gboolean  dot_graph_add_blend (DotGraph *graph,
                               guint     first,
                               guint     second,
                               double    amount,
                               guint    *label,
                               GError  **error);
guint     dot_graph_count_uses (const DotGraph *graph, const DotNode *node);
gboolean  dot_graph_is_sole_convolution (const DotGraph *graph, const DotNode *node);
void      dot_graph_replace (DotGraph *graph, DotNode *node, DotNode *by);
void      dot_graph_insert_after (DotGraph *graph, DotNode *node, DotNode *place);
void      dot_graph_remove (DotGraph *graph, DotNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotGraph, dot_graph_free)

G_END_DECLS
