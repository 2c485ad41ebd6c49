/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/* Around the pictures of a sheet, in pixels. */
#define DOT_SHEET_MARGIN 8
#define DOT_SHEET_LINE   18

/**
 * DotLayout:
 * @width, @height: of the file's picture, or of each of its frames
 * @cell_width, @cell_height: what one picture gets
 * @across: how many pictures lie side by side
 * @n_frames: of an animation
 * @in_turn: an animation that shows candidates, not updates, in turn
 *
 * Where pictures go, in pixels.
 */
typedef struct
{
  guint    width;
  guint    height;
  guint    cell_width;
  guint    cell_height;
  guint    across;
  guint    n_frames;
  gboolean in_turn;
} DotLayout;

gboolean dot_layout_init (DotLayout              *layout,
                          const DotExportOptions *options,
                          guint64                 rows,
                          guint64                 columns,
                          guint                   width,
                          guint                   height,
                          GError                **error);

G_END_DECLS
