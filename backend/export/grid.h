/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotGrid:
 * @updates: of guint, ascending: one a column
 * @rows: one a candidate, in their order; of (columns) #DotFrame or %NULL
 * @width, @height: of the largest frame
 *
 * Frames by candidate and update.  The frames aren't the grid's.
 */
typedef struct
{
  GArray    *updates;
  GPtrArray *rows;
  guint      width;
  guint      height;
} DotGrid;

void            dot_grid_init (DotGrid *grid, GPtrArray *frames);
void            dot_grid_clear (DotGrid *grid);
const DotFrame *dot_grid_get (const DotGrid *grid, guint row, guint column);
const DotFrame *dot_grid_get_last (const DotGrid *grid, guint row, guint column);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotGrid, dot_grid_clear)

G_END_DECLS
