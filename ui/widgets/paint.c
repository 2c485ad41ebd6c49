/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures on screens whose pixels are smaller than GTK's. */

#include "config.h"

#include "paint.h"

#include <math.h>

#define EPSILON 1e-6

/* Of the screen's pixels: less room for fewer would be much less. */
#define LARGE 3.0

static gboolean
is_whole (double number)
{
  return fabs (number - round (number)) < EPSILON;
}

/**
 * dot_paint_round:
 * @position: in GTK's pixels
 *
 * Returns: the edge of the screen's pixels next to it, in GTK's
 */
double
dot_paint_round (GtkWidget *widget, double position)
{
  int factor = gtk_widget_get_scale_factor (widget);

  return round (position * factor) / factor;
}

/**
 * dot_paint_fit:
 * @width: room for it, in GTK's pixels
 * @height: room for it, in GTK's pixels
 *
 * Returns: how many of GTK's pixels a pixel of @pixbuf takes to fill the room
 */
double
dot_paint_fit (GdkPixbuf *pixbuf, double width, double height)
{
  return MIN (width / gdk_pixbuf_get_width (pixbuf), height / gdk_pixbuf_get_height (pixbuf));
}

/**
 * dot_paint_fit_whole:
 * @width: room for it, in GTK's pixels
 * @height: room for it, in GTK's pixels
 *
 * Like dot_paint_fit(), but where pixels are large they are a whole number of
 * the screen's, which takes a little less room.
 *
 * Returns: how many of GTK's pixels a pixel of @pixbuf takes
 */
double
dot_paint_fit_whole (GtkWidget *widget, GdkPixbuf *pixbuf, double width, double height)
{
  int    factor = gtk_widget_get_scale_factor (widget);
  double scale  = dot_paint_fit (pixbuf, width, height);

  if (scale * factor < LARGE)
    return scale;
  return floor (scale * factor + EPSILON) / factor;
}

/* The best filter is for what is seen large; the good one is for less. */
static cairo_filter_t
get_filter (GtkWidget *widget, DotPaint paint, double scale)
{
  double pixel = scale * gtk_widget_get_scale_factor (widget);

  if (is_whole (pixel) && (paint == DOT_PAINT_SHARP || pixel < 1.5))
    return CAIRO_FILTER_NEAREST;
  return paint == DOT_PAINT_SMOOTH ? CAIRO_FILTER_BEST : CAIRO_FILTER_GOOD;
}

/**
 * dot_paint_surface:
 * @surface: a picture, one unit a pixel
 * @width: of the picture
 * @height: of the picture
 * @scale: how many of GTK's pixels one of its pixels takes
 *
 * Paints it with its corner at @cr's origin.
 */
void
dot_paint_surface (GtkWidget       *widget,
                   cairo_t         *cr,
                   cairo_surface_t *surface,
                   DotPaint         paint,
                   double           width,
                   double           height,
                   double           scale)
{
  cairo_pattern_t *pattern = NULL;

  cairo_save (cr);
  cairo_rectangle (cr, 0.0, 0.0, dot_paint_round (widget, scale * width),
                   dot_paint_round (widget, scale * height));
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0.0, 0.0);
  pattern = cairo_get_source (cr);
  cairo_pattern_set_filter (pattern, get_filter (widget, paint, scale));
  /* or else smooth edges fade into the background */
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_fill (cr);
  cairo_restore (cr);
}
