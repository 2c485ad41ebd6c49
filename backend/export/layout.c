/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How large a file will be, before anything is allocated. */

#include "layout.h"

#include "base/system.h"

#include "base/intl.h"

#include <inttypes.h>

/* The longest side that GIF and WebP can write down, and a limit for PNG. */
#define MAX_SIDE      65535
#define MAX_SIDE_WEBP 16383

/* A column must have room for "update 16". */
#define MIN_SHEET_CELL 64
#define MAX_ACROSS     8

/* What encoding takes for each pixel, generously. */
#define BYTES_PER_PIXEL 32

static gboolean
check_size (const DotExportOptions *options, guint64 width, guint64 height, GError **error)
{
  guint64 memory = dot_system_get_memory ();
  guint   limit  = options->format == DOT_EXPORT_WEBP ? MAX_SIDE_WEBP : MAX_SIDE;

  if (width > limit || height > limit)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s can't be %" PRIu64 " × %" PRIu64
                    " pixels, for a side has at most %u: export fewer pictures, "
                    "or at a smaller scale."),
                 options->path, width, height, limit);
  else if (memory > 0 && width * height > memory / BYTES_PER_PIXEL)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                 _ ("There is not enough memory to make %s: export fewer "
                    "pictures, or at a smaller scale."),
                 options->path);
  else
    return TRUE;
  return FALSE;
}

/* @rows and @columns are below 2³², and sides of pictures too. */
static void
measure_animation (DotLayout *layout,
                   guint64    rows,
                   guint64    columns,
                   guint64   *width,
                   guint64   *height)
{
  layout->in_turn  = columns == 1;
  layout->n_frames = (guint) (layout->in_turn ? rows : columns);
  layout->across   = layout->in_turn ? 1 : (guint) MIN (rows, MAX_ACROSS);

  *width  = (guint64) layout->across * layout->cell_width;
  *height = layout->in_turn ? 1 : (rows + layout->across - 1) / layout->across;
  *height *= layout->cell_height;
}

/* A line above for the updates, one above each row for its candidate, and one
 * below each picture. */
static void
measure_sheet (DotLayout *layout, guint64 rows, guint64 columns, guint64 *width, guint64 *height)
{
  layout->cell_width = MAX (layout->cell_width, MIN_SHEET_CELL);
  layout->across     = (guint) columns;

  *width  = DOT_SHEET_MARGIN + columns * (layout->cell_width + DOT_SHEET_MARGIN);
  *height = DOT_SHEET_MARGIN + DOT_SHEET_LINE +
            rows * (layout->cell_height + 2 * DOT_SHEET_LINE + DOT_SHEET_MARGIN);
}

/**
 * dot_layout_init:
 * @rows: candidates
 * @columns: updates
 * @width, @height: of the largest picture, as it was painted
 *
 * Returns: %FALSE where what @options ask for is larger than the format or
 *   the computer's memory allows
 */
gboolean
dot_layout_init (DotLayout              *layout,
                 const DotExportOptions *options,
                 guint64                 rows,
                 guint64                 columns,
                 guint                   width,
                 guint                   height,
                 GError                **error)
{
  guint64 full_width, full_height;

  *layout     = (DotLayout) { .cell_width  = width * options->scale,
                              .cell_height = height * options->scale,
                              .across      = 1,
                              .n_frames    = 1 };
  full_width  = layout->cell_width;
  full_height = layout->cell_height;

  if (options->format == DOT_EXPORT_SHEET)
    measure_sheet (layout, rows, columns, &full_width, &full_height);
  else if (options->format == DOT_EXPORT_GIF || options->format == DOT_EXPORT_WEBP)
    measure_animation (layout, rows, columns, &full_width, &full_height);

  if (! check_size (options, full_width, full_height, error))
    return FALSE;
  layout->width  = (guint) full_width;
  layout->height = (guint) full_height;
  return TRUE;
}
