/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What there is to draw, put together piece by piece. */

#include "plot.h"

#include "base/intl.h"

static void
clear_line (gpointer data)
{
  g_array_unref (((DotPlotLine *) data)->points);
}

static void
clear_panel (gpointer data)
{
  DotPlotPanel *panel = data;

  g_free (panel->title);
  g_free (panel->picture.pixels);
  g_array_unref (panel->lines);
}

/**
 * dot_plot_init:
 *
 * Lines over no axis, in one column, without panels and runs.
 */
void
dot_plot_init (DotPlot *plot)
{
  *plot = (DotPlot) {
    .x_title = "",
    .empty   = _ ("not measured"),
    .columns = 1,
    .panels  = g_array_new (FALSE, FALSE, sizeof (DotPlotPanel)),
    .runs    = g_ptr_array_new_with_free_func (g_free),
  };
  g_array_set_clear_func (plot->panels, clear_panel);
}

void
dot_plot_clear (DotPlot *plot)
{
  g_clear_pointer (&plot->panels, g_array_unref);
  g_clear_pointer (&plot->runs, g_ptr_array_unref);
}

/**
 * dot_plot_add_run:
 * @name: in the legend, which there is where there are several runs
 */
void
dot_plot_add_run (DotPlot *plot, const char *name)
{
  g_ptr_array_add (plot->runs, g_strdup (name));
}

/**
 * dot_plot_add_panel:
 *
 * Returns: (transfer none): an empty panel, until the next one is added
 */
DotPlotPanel *
dot_plot_add_panel (DotPlot *plot, const char *title)
{
  DotPlotPanel panel = { .title = g_strdup (title) };

  panel.lines = g_array_new (FALSE, FALSE, sizeof (DotPlotLine));
  g_array_set_clear_func (panel.lines, clear_line);
  g_array_append_val (plot->panels, panel);
  return &g_array_index (plot->panels, DotPlotPanel, plot->panels->len - 1);
}

/**
 * dot_plot_drop_panel:
 *
 * Removes the last panel.
 */
void
dot_plot_drop_panel (DotPlot *plot)
{
  g_array_set_size (plot->panels, plot->panels->len - 1);
}

/**
 * dot_plot_add_line:
 * @run: whose it is, which chooses the colour
 * @second: whether it is the second of its run in this panel
 *
 * Returns: (transfer none) (element-type DotPlotPoint): the new line's points
 */
GArray *
dot_plot_add_line (DotPlotPanel *panel, guint run, gboolean second)
{
  DotPlotLine line = { run, second, g_array_new (FALSE, FALSE, sizeof (DotPlotPoint)) };

  g_array_append_val (panel->lines, line);
  return line.points;
}

/**
 * dot_plot_add_point:
 * @y: NaN breaks the line
 * @sigma: half of the error bar; NaN for none
 */
void
dot_plot_add_point (GArray *line, double x, double y, double sigma)
{
  DotPlotPoint point = { x, y, sigma };

  g_array_append_val (line, point);
}

/**
 * dot_plot_set_picture:
 * @pixels: (transfer full): (height, width, 3) 8-bit sRGB
 */
void
dot_plot_set_picture (DotPlotPanel *panel, guint8 *pixels, guint width, guint height)
{
  g_free (panel->picture.pixels);
  panel->picture = (DotPlotPicture) { pixels, width, height };
}
