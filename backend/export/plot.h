/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotPlotPoint:
 * @y: NaN breaks the line
 * @sigma: half of the error bar; NaN for none
 */
typedef struct
{
  double x;
  double y;
  double sigma;
} DotPlotPoint;

/**
 * DotPlotLine:
 * @run: whose it is, which chooses the colour
 * @second: whether it is the second of its run in this panel
 * @points: (element-type DotPlotPoint):
 */
typedef struct
{
  guint    run;
  gboolean second;
  GArray  *points;
} DotPlotLine;

/**
 * DotPlotPicture:
 * @pixels: (height, width, 3) 8-bit sRGB; %NULL: there is none
 */
typedef struct
{
  guint8 *pixels;
  guint   width;
  guint   height;
} DotPlotPicture;

/**
 * DotPlotPanel:
 * @title: what is drawn upwards, or shown
 * @first, @second: (nullable): what such lines are, where there are both
 * @wide: whether the values may need a logarithmic axis
 * @lines: (element-type DotPlotLine): or clouds
 * @picture: of a plot of pictures
 */
typedef struct
{
  char          *title;
  const char    *first;
  const char    *second;
  gboolean       wide;
  GArray        *lines;
  DotPlotPicture picture;
} DotPlotPanel;

/**
 * DotPlotForm:
 * @DOT_PLOT_LINES: points are joined by lines
 * @DOT_PLOT_CLOUDS: points of the plane, of which those of one run have a colour;
 *   both axes of all panels have one scale
 * @DOT_PLOT_PICTURES: a picture a panel
 */
typedef enum
{
  DOT_PLOT_LINES,
  DOT_PLOT_CLOUDS,
  DOT_PLOT_PICTURES
} DotPlotForm;

/**
 * DotPlot:
 * @form: what all panels are
 * @x_title: what goes to the right
 * @empty: what a panel says that has no values
 * @columns: how many panels are side by side
 * @panels: (element-type DotPlotPanel):
 * @runs: (element-type utf8): their names
 * @vector: SVG, else PNG
 *
 * Panels with lines, row by row.
 */
typedef struct
{
  DotPlotForm form;
  const char *x_title;
  const char *empty;
  guint       columns;
  GArray     *panels;
  GPtrArray  *runs;
  gboolean    vector;
} DotPlot;

void          dot_plot_init (DotPlot *plot);
void          dot_plot_clear (DotPlot *plot);
void          dot_plot_add_run (DotPlot *plot, const char *name);
DotPlotPanel *dot_plot_add_panel (DotPlot *plot, const char *title);
void          dot_plot_drop_panel (DotPlot *plot);
GArray       *dot_plot_add_line (DotPlotPanel *panel, guint run, gboolean second);
void          dot_plot_add_point (GArray *line, double x, double y, double sigma);
void          dot_plot_set_picture (DotPlotPanel *panel, guint8 *pixels, guint width, guint height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotPlot, dot_plot_clear)

G_END_DECLS
