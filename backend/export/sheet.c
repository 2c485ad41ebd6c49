/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* All frames at a glance: a row a candidate, a column an update. */

#include "encoder.h"
#include "exporting.h"
#include "grid.h"
#include "layout.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <inttypes.h>

#define WHITE 0xffffffff

typedef struct
{
  const DotExporting    *exporting;
  const DotEncoderClass *encoder;
  DotGrid                grid;
  DotLayout              layout;
  GdkPixbuf             *canvas;
} Sheet;

static void
sheet_clear (Sheet *sheet)
{
  dot_grid_clear (&sheet->grid);
  g_clear_object (&sheet->canvas);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static guint
get_x (const Sheet *sheet, guint column)
{
  return DOT_SHEET_MARGIN + column * (sheet->layout.cell_width + DOT_SHEET_MARGIN);
}

/* Of the line with the candidate's name. */
static guint
get_y (const Sheet *sheet, guint row)
{
  return DOT_SHEET_MARGIN + DOT_SHEET_LINE +
         row * (sheet->layout.cell_height + 2 * DOT_SHEET_LINE + DOT_SHEET_MARGIN);
}

static void
write_line (Sheet *sheet, const char *text, guint x, guint y, guint width)
{
  gsize   stride = gdk_pixbuf_get_rowstride (sheet->canvas);
  guint8 *pixels = gdk_pixbuf_get_pixels (sheet->canvas);

  sheet->encoder->paint_text (text, pixels + y * stride + 3 * (gsize) x, width, DOT_SHEET_LINE,
                              stride);
}

static void
write_updates (Sheet *sheet)
{
  for (guint column = 0; column < sheet->grid.updates->len; column++)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf (_ ("update %u"), g_array_index (sheet->grid.updates, guint, column));
      write_line (sheet, text, get_x (sheet, column), DOT_SHEET_MARGIN, sheet->layout.cell_width);
    }
}

static void
write_candidate (Sheet *sheet, guint row)
{
  const DotFrame  *frame  = dot_grid_get_last (&sheet->grid, row, 0);
  g_autofree char *source = NULL;
  g_autofree char *text   = NULL;

  source = frame->seed >= 0 ? g_strdup_printf (_ ("seed %" PRId64), frame->seed)
                            : g_strdup_printf (_ ("latent %zu"), (gsize) frame->candidate);
  text = g_strdup_printf ("%s · %s", frame->class_name, source);
  write_line (sheet, text, DOT_SHEET_MARGIN, get_y (sheet, row),
              sheet->layout.width - 2 * DOT_SHEET_MARGIN);
}

static void
write_score (Sheet *sheet, double score, guint x, guint y)
{
  char             number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  g_ascii_formatd (number, sizeof (number), "%.2f", score);
  text = g_strdup_printf ("D %s", number);
  write_line (sheet, text, x, y, sheet->layout.cell_width);
}

static gboolean
put_frame (Sheet *sheet, const DotFrame *frame, guint row, guint column, GError **error)
{
  guint x                       = get_x (sheet, column);
  guint y                       = get_y (sheet, row) + DOT_SHEET_LINE;
  g_autoptr (GdkPixbuf) picture = NULL;

  picture = dot_exporting_get_picture (sheet->exporting, frame, error);
  if (! picture)
    return FALSE;

  gdk_pixbuf_copy_area (picture, 0, 0, gdk_pixbuf_get_width (picture),
                        gdk_pixbuf_get_height (picture), sheet->canvas, (int) x, (int) y);
  write_score (sheet, frame->score, x, y + sheet->layout.cell_height);
  return TRUE;
}

static gboolean
put_row (Sheet *sheet, guint row, GError **error)
{
  if (! dot_exporting_tick (sheet->exporting, row, sheet->grid.rows->len, error))
    return FALSE;

  write_candidate (sheet, row);
  for (guint column = 0; column < sheet->grid.updates->len; column++)
    {
      const DotFrame *frame = dot_grid_get (&sheet->grid, row, column);

      if (frame && ! put_frame (sheet, frame, row, column, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
sheet_init (Sheet *sheet, const DotExporting *exporting, GError **error)
{
  DotGrid *grid = &sheet->grid;

  sheet->exporting = exporting;
  dot_grid_init (grid, exporting->frames);
  if (! dot_layout_init (&sheet->layout, exporting->options, grid->rows->len, grid->updates->len,
                         grid->width, grid->height, error) ||
      ! (sheet->encoder = dot_encoder_load (error)))
    return FALSE;

  sheet->canvas = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) sheet->layout.width,
                                  (int) sheet->layout.height);
  if (! sheet->canvas)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                   _ ("There is not enough memory to make %s: export fewer "
                      "pictures, or at a smaller scale."),
                   exporting->options->path);
      return FALSE;
    }
  gdk_pixbuf_fill (sheet->canvas, WHITE);
  return TRUE;
}

/**
 * dot_sheet_export:
 *
 * Writes a PNG.
 */
gboolean
dot_sheet_export (const DotExporting *exporting, GError **error)
{
  g_auto (Sheet) sheet = {
    0,
  };
  g_autoptr (GBytes) bytes = NULL;
  char *png;
  gsize size;

  if (! sheet_init (&sheet, exporting, error))
    return FALSE;

  write_updates (&sheet);
  for (guint row = 0; row < sheet.grid.rows->len; row++)
    if (! put_row (&sheet, row, error))
      return FALSE;

  if (! dot_pixels_encode (sheet.canvas, NULL, NULL, &png, &size, error))
    return FALSE;
  bytes = g_bytes_new_take (png, size);
  return dot_exporting_save (exporting, bytes, error);
}
