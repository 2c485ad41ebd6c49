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
 * DotPlotPanel:
 * @title: what is drawn upwards
 * @first, @second: (nullable): what such lines are, where there are both
 * @wide: whether the values may need a logarithmic axis
 * @lines: (element-type DotPlotLine):
 */
typedef struct
{
  const char *title;
  const char *first;
  const char *second;
  gboolean    wide;
  GArray     *lines;
} DotPlotPanel;

/**
 * DotPlot:
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
  const char *x_title;
  const char *empty;
  guint       columns;
  GArray     *panels;
  GPtrArray  *runs;
  gboolean    vector;
} DotPlot;

G_END_DECLS
