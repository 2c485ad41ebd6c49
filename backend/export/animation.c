/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* GIF and WebP: the candidates side by side, a frame an update. */

#include "encoder.h"
#include "exporting.h"
#include "grid.h"
#include "layout.h"

#include <string.h>

typedef struct
{
  const DotExporting *exporting;
  DotGrid             grid;
  DotLayout           layout;
} Painter;

/* A frame that is smaller than others lies in the middle of its cell. */
static gboolean
put_picture (const Painter  *painter,
             GdkPixbuf      *canvas,
             const DotFrame *frame,
             guint           place,
             GError        **error)
{
  const DotLayout *layout       = &painter->layout;
  g_autoptr (GdkPixbuf) picture = dot_exporting_get_picture (painter->exporting, frame, error);
  int width, height;

  if (! picture)
    return FALSE;

  width  = gdk_pixbuf_get_width (picture);
  height = gdk_pixbuf_get_height (picture);
  gdk_pixbuf_copy_area (picture, 0, 0, width, height, canvas,
                        (int) (place % layout->across * layout->cell_width +
                               (layout->cell_width - width) / 2),
                        (int) (place / layout->across * layout->cell_height +
                               (layout->cell_height - height) / 2));
  return TRUE;
}

static gboolean
paint (gpointer data, guint index, guint8 *pixels, GError **error)
{
  const Painter   *painter     = data;
  const DotLayout *layout      = &painter->layout;
  g_autoptr (GdkPixbuf) canvas = NULL;

  if (! dot_exporting_tick (painter->exporting, index, layout->n_frames, error))
    return FALSE;

  memset (pixels, 0, 3 * (gsize) layout->width * layout->height);
  canvas = gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, FALSE, 8, (int) layout->width,
                                     (int) layout->height, 3 * (int) layout->width, NULL, NULL);
  if (layout->in_turn)
    return put_picture (painter, canvas, dot_grid_get (&painter->grid, index, 0), 0, error);

  for (guint row = 0; row < painter->grid.rows->len; row++)
    if (! put_picture (painter, canvas, dot_grid_get_last (&painter->grid, row, index), row, error))
      return FALSE;
  return TRUE;
}

static GBytes *
encode (Painter *painter, GError **error)
{
  const DotExportOptions *options   = painter->exporting->options;
  const DotEncoderClass  *encoder   = dot_encoder_load (error);
  const DotAnimation      animation = {
         .width    = painter->layout.width,
         .height   = painter->layout.height,
         .n_frames = painter->layout.n_frames,
         .delay    = options->delay,
         .quality  = options->quality,
         .data     = painter,
         .paint    = paint,
  };

  if (! encoder)
    return NULL;
  return options->format == DOT_EXPORT_GIF ? encoder->encode_gif (&animation, error)
                                           : encoder->encode_webp (&animation, error);
}

/**
 * dot_animation_export:
 *
 * Writes a GIF or a WebP.
 */
gboolean
dot_animation_export (const DotExporting *exporting, GError **error)
{
  Painter painter          = { .exporting = exporting };
  g_autoptr (GBytes) bytes = NULL;
  DotGrid *grid            = &painter.grid;

  dot_grid_init (grid, exporting->frames);
  if (dot_layout_init (&painter.layout, exporting->options, grid->rows->len, grid->updates->len,
                       grid->width, grid->height, error))
    bytes = encode (&painter, error);
  dot_grid_clear (grid);
  return bytes && dot_exporting_save (exporting, bytes, error);
}
