/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A picture under its title. */

#include "plot-picture.h"

#include "plot-style.h"

#define SIDE   128.0
#define MARGIN ((DOT_PLOT_PICTURE_WIDTH - SIDE) / 2.0)
#define TOP    26.0

/* Cairo's pixels are 32 bits wide, with red above green above blue. */
static cairo_surface_t *
create_surface (const DotPlotPicture *picture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) picture->width,
                                                         (int) picture->height);
  guint8          *data    = cairo_image_surface_get_data (surface);
  gsize            stride  = cairo_image_surface_get_stride (surface);

  for (guint y = 0; data && y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *pixel = picture->pixels + 3 * ((gsize) y * picture->width + x);
        guint32      *row   = (gpointer) (data + y * stride);

        row[x] = (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/**
 * dot_plot_picture_draw:
 * @cairo: its origin is the panel's upper left corner
 *
 * Small pictures are shown with their pixels.
 */
void
dot_plot_picture_draw (cairo_t *cairo, const DotPlot *plot, const DotPlotPanel *panel)
{
  const DotPlotPicture *picture = &panel->picture;
  double           scale = picture->pixels ? SIDE / MAX (picture->width, picture->height) : 1.0;
  cairo_surface_t *surface;

  dot_plot_style_show_text (cairo, panel->title, FALSE, &dot_plot_style_text, SIDE, MARGIN,
                            TOP / 2.0 + 2.0, 0.0);
  if (! picture->pixels)
    return;

  surface = create_surface (picture);
  cairo_translate (cairo, MARGIN, TOP);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, surface, 0.0, 0.0);
  if (scale > 1.0)
    cairo_pattern_set_filter (cairo_get_source (cairo), CAIRO_FILTER_NEAREST);
  cairo_paint (cairo);
  cairo_surface_destroy (surface);
}
