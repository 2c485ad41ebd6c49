/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "export/encoder.h"

#include <pango/pangocairo.h>

#define FONT      "Sans"
#define FONT_SIZE 11

static void
show_text (cairo_t *cairo, const char *text, guint width)
{
  PangoLayout          *layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font   = pango_font_description_from_string (FONT);

  pango_font_description_set_absolute_size (font, FONT_SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_show_layout (cairo, layout);

  pango_font_description_free (font);
  g_object_unref (layout);
}

/* Cairo's pixels are 32 bits wide, with red above green above blue. */
static void
copy_pixels (cairo_surface_t *surface, guint8 *pixels, guint width, guint height, gsize stride)
{
  const guint8 *data        = cairo_image_surface_get_data (surface);
  gsize         data_stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; data && y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint32 *row = (gconstpointer) (data + y * data_stride);

        pixels[y * stride + 3 * x]     = (guint8) (row[x] >> 16);
        pixels[y * stride + 3 * x + 1] = (guint8) (row[x] >> 8);
        pixels[y * stride + 3 * x + 2] = (guint8) row[x];
      }
}

/**
 * dot_text_paint:
 *
 * Where Cairo can't, the rectangle stays as it is: a sheet without captions is
 * better than none.
 */
void
dot_text_paint (const char *text, guint8 *pixels, guint width, guint height, gsize stride)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cairo   = cairo_create (surface);

  cairo_set_source_rgb (cairo, 1.0, 1.0, 1.0);
  cairo_paint (cairo);
  cairo_set_source_rgb (cairo, 0.0, 0.0, 0.0);
  show_text (cairo, text, width);
  cairo_surface_flush (surface);
  copy_pixels (surface, pixels, width, height, stride);

  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}
