/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DOT_PLOT_AXIS_MAX_TICKS 8

/**
 * DotPlotAxis:
 * @low, @high: its ends
 * @logarithmic: whether the ends are logarithms to the base of ten
 * @ticks: where the lines are, as the ends are
 */
typedef struct
{
  double   low;
  double   high;
  gboolean logarithmic;
  double   ticks[DOT_PLOT_AXIS_MAX_TICKS];
  guint    n_ticks;
  double   step;
} DotPlotAxis;

void   dot_plot_axis_init (DotPlotAxis *axis,
                           double       low,
                           double       high,
                           gboolean     logarithmic,
                           guint        max_ticks);
double dot_plot_axis_place (const DotPlotAxis *axis, double value);
char  *dot_plot_axis_label (const DotPlotAxis *axis, guint tick);

G_END_DECLS
