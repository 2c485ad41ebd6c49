/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Points of the plane. */

#include "plot-cloud.h"

#include "plot-axis.h"
#include "plot-style.h"

#include <math.h>

#define SIDE  244.0
#define LEFT  40.0
#define TOP   36.0
#define TITLE (SIDE + LEFT / 2.0)

/* A point's diameter, and how much of what lies below it is covered. */
#define POINT_SIZE    2.4
#define POINT_OPACITY 0.65

/* All panels have the same ends, as far from 0 on both axes, so that they can be
 * compared; 0: there are no points. */
static double
find_end (const DotPlot *plot)
{
  double end = 0.0;

  for (guint i = 0; i < plot->panels->len; i++)
    {
      GArray *lines = g_array_index (plot->panels, DotPlotPanel, i).lines;

      for (guint j = 0; j < lines->len; j++)
        {
          GArray *points = g_array_index (lines, DotPlotLine, j).points;

          for (guint k = 0; k < points->len; k++)
            {
              const DotPlotPoint *point = &g_array_index (points, DotPlotPoint, k);

              if (isfinite (point->x) && isfinite (point->y))
                end = MAX (end, MAX (fabs (point->x), fabs (point->y)));
            }
        }
    }
  return 1.05 * end;
}

static void
draw_axes (cairo_t *cairo, const DotPlotAxis *axis)
{
  for (guint i = 0; i < axis->n_ticks; i++)
    {
      double           place = floor (SIDE * dot_plot_axis_place (axis, axis->ticks[i])) + 0.5;
      g_autofree char *label = dot_plot_axis_label (axis, i);

      dot_plot_style_draw_line (cairo, &dot_plot_style_grid, 0.0, -place, SIDE, -place);
      dot_plot_style_draw_line (cairo, &dot_plot_style_grid, place, 0.0, place, -SIDE);
      dot_plot_style_show_text (cairo, label, FALSE, &dot_plot_style_text, 0.0, -6.0, -place, 1.0);
      dot_plot_style_show_text (cairo, label, FALSE, &dot_plot_style_text, 0.0, place, 12.0, 0.5);
    }
  dot_plot_style_draw_line (cairo, &dot_plot_style_axis, -0.5, 0.5, SIDE, 0.5);
  dot_plot_style_draw_line (cairo, &dot_plot_style_axis, 0.5, 0.5, 0.5, -SIDE);
}

/* A line without a length has round ends: a dot, in few bytes. */
static void
draw_points (cairo_t *cairo, const DotPlot *plot, const DotPlotLine *cloud, const DotPlotAxis *axis)
{
  DotPlotColor color = dot_plot_style_get_color (plot, cloud->run, cloud->second);

  for (guint i = 0; i < cloud->points->len; i++)
    {
      const DotPlotPoint *point = &g_array_index (cloud->points, DotPlotPoint, i);
      double              x     = SIDE * dot_plot_axis_place (axis, point->x);
      double              y     = -SIDE * dot_plot_axis_place (axis, point->y);

      if (! isfinite (x) || ! isfinite (y))
        continue;
      cairo_move_to (cairo, x, y);
      cairo_line_to (cairo, x, y);
    }
  cairo_set_source_rgba (cairo, color.red, color.green, color.blue, POINT_OPACITY);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cairo, POINT_SIZE);
  cairo_stroke (cairo);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_BUTT);
}

/**
 * dot_plot_cloud_draw:
 * @cairo: its origin is the panel's upper left corner
 * @panel: one without clouds stays empty
 */
void
dot_plot_cloud_draw (cairo_t *cairo, const DotPlot *plot, const DotPlotPanel *panel)
{
  double      end = find_end (plot);
  DotPlotAxis axis;

  if (panel->lines->len == 0 || end <= 0.0)
    return;
  cairo_translate (cairo, LEFT, TOP + SIDE);
  dot_plot_axis_init (&axis, -end, end, FALSE, 5);
  draw_axes (cairo, &axis);
  for (guint i = 0; i < panel->lines->len; i++)
    draw_points (cairo, plot, &g_array_index (panel->lines, DotPlotLine, i), &axis);
  dot_plot_style_show_text (cairo, panel->title, TRUE, &dot_plot_style_text, TITLE, -LEFT / 2.0,
                            -SIDE - 17.0, 0.0);
}
