/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PLOT_AXIS_H__
#define __DOT_PLOT_AXIS_H__

#include <glib.h>

G_BEGIN_DECLS

#define DOT_AXIS_MAX_TICKS 8

/**
 * DotAxis:
 * @low, @high: its ends
 * @logarithmic: whether the ends are logarithms to the base of ten
 * @ticks: where the lines are, as the ends are
 */
typedef struct
{
  double   low;
  double   high;
  gboolean logarithmic;
  double   ticks[DOT_AXIS_MAX_TICKS];
  guint    n_ticks;
  double   step;
} DotAxis;

void dot_axis_init (DotAxis *axis, double low, double high, gboolean logarithmic, guint max_ticks);
double dot_axis_place (const DotAxis *axis, double value);
char  *dot_axis_label (const DotAxis *axis, guint tick);

G_END_DECLS

#endif /* __DOT_PLOT_AXIS_H__ */
