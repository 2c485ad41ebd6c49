/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "gallery-row.h"

/* One candidate after one update; its picture is made when it is looked at. */
typedef struct
{
  DotFrame  *frame;
  GdkPixbuf *picture;
} Cell;

struct _DotGalleryRow
{
  guint update;
  guint n_cells;
  Cell *cells;
};

static void
free_pixels (guchar *pixels, gpointer data)
{
  g_free (pixels);
}

static GdkPixbuf *
make_picture (const DotFrame *frame)
{
  return gdk_pixbuf_new_from_data (dot_frame_get_pixels (frame), GDK_COLORSPACE_RGB, FALSE, 8,
                                   frame->width, frame->height, 3 * frame->width, free_pixels,
                                   NULL);
}

/**
 * dot_gallery_row_new:
 * @frames: (element-type DotFrame): each candidate after an update
 *
 * Returns: (transfer full): the row
 */
DotGalleryRow *
dot_gallery_row_new (GPtrArray *frames)
{
  const DotFrame *first = frames->pdata[0];
  DotGalleryRow  *row   = g_new0 (DotGalleryRow, 1);

  row->update  = first->update;
  row->n_cells = frames->len;
  row->cells   = g_new0 (Cell, frames->len);
  for (guint i = 0; i < row->n_cells; i++)
    row->cells[i].frame = dot_frame_ref (frames->pdata[i]);
  return row;
}

void
dot_gallery_row_free (gpointer data)
{
  DotGalleryRow *row = data;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_clear_object (&row->cells[i].picture);
      dot_frame_unref (row->cells[i].frame);
    }
  g_free (row->cells);
  g_free (row);
}

/**
 * dot_gallery_row_get_update:
 *
 * Returns: after how many updates the pictures are
 */
guint
dot_gallery_row_get_update (const DotGalleryRow *row)
{
  return row->update;
}

guint
dot_gallery_row_get_n_candidates (const DotGalleryRow *row)
{
  return row->n_cells;
}

/**
 * dot_gallery_row_get_frame:
 *
 * Returns: (transfer none): all there is of a candidate
 */
DotFrame *
dot_gallery_row_get_frame (const DotGalleryRow *row, guint candidate)
{
  g_return_val_if_fail (candidate < row->n_cells, NULL);

  return row->cells[candidate].frame;
}

/**
 * dot_gallery_row_get_picture:
 *
 * Returns: (transfer none): the candidate's picture, the same one each time
 */
GdkPixbuf *
dot_gallery_row_get_picture (DotGalleryRow *row, guint candidate)
{
  Cell *cell;

  g_return_val_if_fail (candidate < row->n_cells, NULL);

  cell = &row->cells[candidate];
  if (! cell->picture)
    cell->picture = make_picture (cell->frame);
  return cell->picture;
}
