/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What all drawings have in common: colours and text. */

#pragma once

#include "export/plot.h"

#include <pango/pangocairo.h>

typedef struct
{
  double red;
  double green;
  double blue;
} DotPlotColor;

extern const DotPlotColor dot_plot_style_text;
extern const DotPlotColor dot_plot_style_faint;
extern const DotPlotColor dot_plot_style_axis;
extern const DotPlotColor dot_plot_style_grid;

PangoLayout *dot_plot_style_new_layout (cairo_t    *cairo,
                                        const char *text,
                                        gboolean    bold,
                                        double      max_width);
void         dot_plot_style_set_color (cairo_t *cairo, const DotPlotColor *color);
double       dot_plot_style_show_text (cairo_t            *cairo,
                                       const char         *text,
                                       gboolean            bold,
                                       const DotPlotColor *color,
                                       double              max_width,
                                       double              x,
                                       double              y,
                                       double              align);
DotPlotColor dot_plot_style_get_color (const DotPlot *plot, guint run, gboolean second);
void         dot_plot_style_draw_line (cairo_t            *cairo,
                                       const DotPlotColor *color,
                                       double              x0,
                                       double              y0,
                                       double              x1,
                                       double              y1);
