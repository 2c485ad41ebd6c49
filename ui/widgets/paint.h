/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DotPaint:
 * @DOT_PAINT_SHARP: pixels are squares with hard edges where they are a whole
 *   number of the screen's, for others would be uneven
 * @DOT_PAINT_SMOOTH: pixels blend into each other
 */
typedef enum
{
  DOT_PAINT_SHARP,
  DOT_PAINT_SMOOTH,
} DotPaint;

double dot_paint_round (GtkWidget *widget, double position);
double dot_paint_fit (GdkPixbuf *pixbuf, double width, double height);
double dot_paint_fit_whole (GtkWidget *widget, GdkPixbuf *pixbuf, double width, double height);
void   dot_paint_surface (GtkWidget       *widget,
                          cairo_t         *cr,
                          cairo_surface_t *surface,
                          DotPaint         paint,
                          double           width,
                          double           height,
                          double           scale);

G_END_DECLS
