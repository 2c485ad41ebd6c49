/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Panels with lines, by Cairo. */

#include "export/encoder.h"
#include "plot-axis.h"
#include "plot-cloud.h"
#include "plot-picture.h"
#include "plot-style.h"

#include "base/intl.h"

#include <cairo-svg.h>
#include <math.h>

/* In CSS pixels; a PNG has twice as many. */
#define PANEL_WIDTH  400.0
#define PANEL_HEIGHT 270.0
#define LEFT         64.0
#define RIGHT        30.0
#define TOP          36.0
#define BOTTOM       46.0
#define LEGEND_LINE  22.0
#define PNG_SCALE    2.0

#define PLOT_WIDTH  (PANEL_WIDTH - LEFT - RIGHT)
#define PLOT_HEIGHT (PANEL_HEIGHT - TOP - BOTTOM)

/* Error bars are no nearer to each other; points that are get no dots. */
#define BAR_DISTANCE 6.0
#define DOT_DISTANCE 8.0

/* Values over more than this many decades get a logarithmic axis. */
#define WIDE_RATIO 100.0

typedef struct
{
  double width;
  double height;
} DotPlotSize;

/* A panel in the drawing; its lower left corner is at (0, 0). */
typedef struct
{
  cairo_t            *cairo;
  const DotPlot      *plot;
  const DotPlotPanel *panel;
  DotPlotAxis         x;
  DotPlotAxis         y;
} Drawing;

/*  axes  */

typedef struct
{
  double low;
  double high;
} Range;

static void
range_add (Range *range, double value)
{
  if (isfinite (value))
    {
      range->low  = MIN (range->low, value);
      range->high = MAX (range->high, value);
    }
}

static gboolean
find_ranges (const DotPlotPanel *panel, Range *x, Range *y)
{
  *x = *y = (Range) { HUGE_VAL, -HUGE_VAL };
  for (guint i = 0; i < panel->lines->len; i++)
    {
      GArray *points = g_array_index (panel->lines, DotPlotLine, i).points;

      for (guint j = 0; j < points->len; j++)
        {
          const DotPlotPoint *point = &g_array_index (points, DotPlotPoint, j);

          range_add (x, point->x);
          range_add (y, point->y);
          range_add (y, point->y + point->sigma);
          range_add (y, point->y - point->sigma);
        }
    }
  return isfinite (x->low) && isfinite (y->low);
}

/* Some air, and what is one value becomes a range. */
static void
widen (Range *range, gboolean logarithmic)
{
  double air = 0.05 * (range->high - range->low);

  if (logarithmic)
    {
      air = pow (range->high / range->low, 0.05);
      range->low /= air;
      range->high *= air;
      return;
    }
  if (air <= 1e-12 * fabs (range->high))
    air = range->high != 0.0 ? 0.1 * fabs (range->high) : 1.0;
  range->low -= air;
  range->high += air;
}

static gboolean
init_axes (Drawing *drawing)
{
  Range    x, y;
  gboolean logarithmic;

  if (! find_ranges (drawing->panel, &x, &y))
    return FALSE;
  if (x.low < 0.2 * x.high)
    x.low = 0.0;
  if (x.high <= x.low)
    widen (&x, FALSE);
  logarithmic = drawing->panel->wide && y.low > 0.0 && y.high / y.low > WIDE_RATIO;
  widen (&y, logarithmic);
  dot_plot_axis_init (&drawing->x, x.low, x.high, FALSE, 5);
  dot_plot_axis_init (&drawing->y, y.low, y.high, logarithmic, 7);
  return TRUE;
}

static double
get_x (const Drawing *drawing, double value)
{
  return PLOT_WIDTH * dot_plot_axis_place (&drawing->x, value);
}

static double
get_y (const Drawing *drawing, double value)
{
  return -PLOT_HEIGHT * dot_plot_axis_place (&drawing->y, value);
}

/* In the middle of a pixel lines are sharp. */
static double
sharpen (double place)
{
  return floor (place) + 0.5;
}

static void
draw_axes (const Drawing *drawing)
{
  cairo_t *cairo = drawing->cairo;

  for (guint i = 0; i < drawing->y.n_ticks; i++)
    {
      double place = (drawing->y.ticks[i] - drawing->y.low) / (drawing->y.high - drawing->y.low);
      double y     = sharpen (-PLOT_HEIGHT * place);
      g_autofree char *label = dot_plot_axis_label (&drawing->y, i);

      dot_plot_style_draw_line (cairo, &dot_plot_style_grid, 0.0, y, PLOT_WIDTH, y);
      dot_plot_style_show_text (cairo, label, FALSE, &dot_plot_style_text, 0.0, -7.0, y, 1.0);
    }
  for (guint i = 0; i < drawing->x.n_ticks; i++)
    {
      double           x     = sharpen (get_x (drawing, drawing->x.ticks[i]));
      g_autofree char *label = dot_plot_axis_label (&drawing->x, i);

      dot_plot_style_draw_line (cairo, &dot_plot_style_grid, x, 0.0, x, -PLOT_HEIGHT);
      dot_plot_style_draw_line (cairo, &dot_plot_style_axis, x, 0.0, x, 4.0);
      dot_plot_style_show_text (cairo, label, FALSE, &dot_plot_style_text, 0.0, x, 13.0, 0.5);
    }
  dot_plot_style_draw_line (cairo, &dot_plot_style_axis, -0.5, 0.5, PLOT_WIDTH, 0.5);
  dot_plot_style_draw_line (cairo, &dot_plot_style_axis, 0.5, 0.5, 0.5, -PLOT_HEIGHT);
  dot_plot_style_show_text (cairo, drawing->plot->x_title, FALSE, &dot_plot_style_faint, 0.0,
                            PLOT_WIDTH / 2.0, 31.0, 0.5);
}

/*  lines  */

/* @low, @high: points of one column of pixels, all of which a denser line
 *   fills, in the order in which they came */
typedef struct
{
  cairo_t *cairo;
  gboolean started;
  gboolean pending;
  double   x;
  double   first, low, high, last;
} Trace;

static void
trace_to (Trace *trace, double x, double y)
{
  if (trace->started)
    cairo_line_to (trace->cairo, x, y);
  else
    cairo_move_to (trace->cairo, x, y);
  trace->started = TRUE;
}

static void
trace_flush (Trace *trace)
{
  gboolean rises = trace->first < trace->last;

  if (! trace->pending)
    return;
  trace_to (trace, trace->x, trace->first);
  if (trace->low < trace->high)
    {
      trace_to (trace, trace->x, rises ? trace->low : trace->high);
      trace_to (trace, trace->x, rises ? trace->high : trace->low);
      trace_to (trace, trace->x, trace->last);
    }
  trace->pending = FALSE;
}

static void
trace_add (Trace *trace, double x, double y)
{
  if (trace->pending && x - trace->x >= 1.0)
    trace_flush (trace);
  if (! trace->pending)
    {
      trace->pending = TRUE;
      trace->x       = x;
      trace->first = trace->low = trace->high = y;
    }
  trace->low  = MIN (trace->low, y);
  trace->high = MAX (trace->high, y);
  trace->last = y;
}

static void
draw_trace (const Drawing *drawing, GArray *points)
{
  Trace trace = { .cairo = drawing->cairo };

  for (guint i = 0; i < points->len; i++)
    {
      const DotPlotPoint *point = &g_array_index (points, DotPlotPoint, i);

      if (isfinite (point->y))
        trace_add (&trace, get_x (drawing, point->x), get_y (drawing, point->y));
      else
        {
          trace_flush (&trace);
          trace.started = FALSE;
        }
    }
  trace_flush (&trace);
  cairo_set_line_width (drawing->cairo, points->len > PLOT_WIDTH ? 1.0 : 1.5);
  cairo_stroke (drawing->cairo);
}

static void
draw_bar (const Drawing *drawing, const DotPlotPoint *point)
{
  double lowest = point->y - point->sigma;
  double x      = get_x (drawing, point->x);
  double top    = get_y (drawing, point->y + point->sigma);
  double bottom = 0.0;

  /* To the end of a logarithmic axis, where a bar goes below zero. */
  if (! drawing->y.logarithmic || lowest > 0.0)
    bottom = get_y (drawing, lowest);
  cairo_move_to (drawing->cairo, x - 2.5, top);
  cairo_line_to (drawing->cairo, x + 2.5, top);
  cairo_move_to (drawing->cairo, x, top);
  cairo_line_to (drawing->cairo, x, bottom);
  cairo_move_to (drawing->cairo, x - 2.5, bottom);
  cairo_line_to (drawing->cairo, x + 2.5, bottom);
}

static void
draw_bars (const Drawing *drawing, GArray *points, const DotPlotColor *color)
{
  double last = -HUGE_VAL;

  for (guint i = 0; i < points->len; i++)
    {
      const DotPlotPoint *point = &g_array_index (points, DotPlotPoint, i);
      double              x     = get_x (drawing, point->x);

      if (! isfinite (point->y) || ! (point->sigma > 0.0) || x - last < BAR_DISTANCE)
        continue;
      last = x;
      draw_bar (drawing, point);
    }
  cairo_set_source_rgba (drawing->cairo, color->red, color->green, color->blue, 0.55);
  cairo_set_line_width (drawing->cairo, 1.0);
  cairo_stroke (drawing->cairo);
}

static void
draw_dots (const Drawing *drawing, GArray *points)
{
  if (points->len * DOT_DISTANCE > PLOT_WIDTH)
    return;
  for (guint i = 0; i < points->len; i++)
    {
      const DotPlotPoint *point = &g_array_index (points, DotPlotPoint, i);

      if (! isfinite (point->y))
        continue;
      cairo_new_sub_path (drawing->cairo);
      cairo_arc (drawing->cairo, get_x (drawing, point->x), get_y (drawing, point->y), 2.25, 0.0,
                 2.0 * G_PI);
    }
  cairo_fill (drawing->cairo);
}

/* What is a point at an axis's end is whole, too. */
static void
draw_lines (const Drawing *drawing)
{
  cairo_t *cairo = drawing->cairo;

  cairo_save (cairo);
  cairo_rectangle (cairo, -3.0, 3.0, PLOT_WIDTH + 6.0, -PLOT_HEIGHT - 6.0);
  cairo_clip (cairo);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < drawing->panel->lines->len; i++)
    {
      const DotPlotLine *line  = &g_array_index (drawing->panel->lines, DotPlotLine, i);
      DotPlotColor       color = dot_plot_style_get_color (drawing->plot, line->run, line->second);

      draw_bars (drawing, line->points, &color);
      dot_plot_style_set_color (cairo, &color);
      draw_trace (drawing, line->points);
      draw_dots (drawing, line->points);
    }
  cairo_restore (cairo);
}

/*  panels  */

/* A short piece of line and what it is; to the left of @x.
 *
 * Returns: where the next one may end */
static double
show_key (const Drawing *drawing, const char *text, gboolean second, double x, double y)
{
  static const DotPlotColor grays[] = { { 0.3, 0.3, 0.3 }, { 0.65, 0.65, 0.65 } };
  gboolean                  several = drawing->plot->runs->len > 1;
  DotPlotColor              color   = several ? grays[second ? 1 : 0]
                                              : dot_plot_style_get_color (drawing->plot, 0, second);

  x -= dot_plot_style_show_text (drawing->cairo, text, FALSE, &dot_plot_style_text, 0.0, x, y, 1.0);
  dot_plot_style_set_color (drawing->cairo, &color);
  cairo_set_line_width (drawing->cairo, 2.0);
  cairo_move_to (drawing->cairo, x - 20.0, y + 0.5);
  cairo_line_to (drawing->cairo, x - 5.0, y + 0.5);
  cairo_stroke (drawing->cairo);
  return x - 32.0;
}

static void
draw_panel (cairo_t *cairo, const DotPlot *plot, const DotPlotPanel *panel)
{
  Drawing drawing = { cairo, plot, panel };
  double  y       = -PLOT_HEIGHT - 17.0;
  double  end     = PLOT_WIDTH;

  cairo_translate (cairo, LEFT, PANEL_HEIGHT - BOTTOM);
  if (init_axes (&drawing))
    {
      draw_axes (&drawing);
      draw_lines (&drawing);
      if (panel->first)
        {
          end = show_key (&drawing, panel->second, TRUE, end, y);
          end = show_key (&drawing, panel->first, FALSE, end, y);
        }
    }
  else
    {
      dot_plot_style_draw_line (cairo, &dot_plot_style_axis, -0.5, 0.5, PLOT_WIDTH, 0.5);
      dot_plot_style_draw_line (cairo, &dot_plot_style_axis, 0.5, 0.5, 0.5, -PLOT_HEIGHT);
      dot_plot_style_show_text (cairo, plot->empty, FALSE, &dot_plot_style_faint, PLOT_WIDTH,
                                PLOT_WIDTH / 2.0, -PLOT_HEIGHT / 2.0, 0.5);
    }
  dot_plot_style_show_text (cairo, panel->title, TRUE, &dot_plot_style_text, end + LEFT / 2.0,
                            -LEFT / 2.0, y, 0.0);
}

/*  the whole  */

static const struct
{
  DotPlotSize size;
  void (*draw) (cairo_t *cairo, const DotPlot *plot, const DotPlotPanel *panel);
} forms[] = {
  [DOT_PLOT_LINES]    = { { PANEL_WIDTH, PANEL_HEIGHT }, draw_panel },
  [DOT_PLOT_CLOUDS]   = { { DOT_PLOT_CLOUD_WIDTH, DOT_PLOT_CLOUD_HEIGHT }, dot_plot_cloud_draw },
  [DOT_PLOT_PICTURES] = { { DOT_PLOT_PICTURE_WIDTH, DOT_PLOT_PICTURE_HEIGHT },
                          dot_plot_picture_draw },
};

/* One run needs no name.  Names go side by side, as many as fit.
 *
 * Returns: how many lines they take; @cairo may be a scratch one */
static guint
draw_legend (cairo_t *cairo, const DotPlot *plot, double width, double y)
{
  double x     = LEFT / 2.0;
  guint  lines = 1;

  if (plot->runs->len < 2)
    return 0;
  for (guint i = 0; i < plot->runs->len; i++)
    {
      const char  *name   = g_ptr_array_index (plot->runs, i);
      PangoLayout *layout = dot_plot_style_new_layout (cairo, name, FALSE, width - LEFT);
      DotPlotColor color  = dot_plot_style_get_color (plot, i, FALSE);
      int          size, height;

      pango_layout_get_pixel_size (layout, &size, &height);
      if (x > LEFT / 2.0 && x + 28.0 + size > width - RIGHT)
        {
          x = LEFT / 2.0;
          y += LEGEND_LINE;
          lines++;
        }
      dot_plot_style_set_color (cairo, &color);
      cairo_set_line_width (cairo, 3.0);
      cairo_move_to (cairo, x, y + LEGEND_LINE / 2.0);
      cairo_line_to (cairo, x + 20.0, y + LEGEND_LINE / 2.0);
      cairo_stroke (cairo);
      dot_plot_style_set_color (cairo, &dot_plot_style_text);
      cairo_move_to (cairo, x + 27.0, round (y + (LEGEND_LINE - height) / 2.0));
      pango_cairo_show_layout (cairo, layout);
      x += 27.0 + size + 24.0;
      g_object_unref (layout);
    }
  return lines;
}

static void
draw_all (cairo_t *cairo, const DotPlot *plot, double width, double height)
{
  guint       rows = (plot->panels->len + plot->columns - 1) / plot->columns;
  DotPlotSize size = forms[plot->form].size;

  cairo_set_source_rgb (cairo, 1.0, 1.0, 1.0);
  cairo_rectangle (cairo, 0.0, 0.0, width, height);
  cairo_fill (cairo);
  for (guint i = 0; i < plot->panels->len; i++)
    {
      cairo_save (cairo);
      cairo_translate (cairo, size.width * (i % plot->columns), size.height * (i / plot->columns));
      forms[plot->form].draw (cairo, plot, &g_array_index (plot->panels, DotPlotPanel, i));
      cairo_restore (cairo);
    }
  draw_legend (cairo, plot, width, size.height * rows);
}

/* The legend's height is known when it has been drawn. */
static double
measure_legend (const DotPlot *plot, double width)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t         *cairo   = cairo_create (surface);
  guint            lines   = draw_legend (cairo, plot, width, 0.0);

  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return lines > 0 ? lines * LEGEND_LINE + 8.0 : 0.0;
}

static cairo_status_t
append (void *closure, const guchar *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
create_surface (const DotPlot *plot, GByteArray *bytes, double width, double height)
{
  cairo_surface_t *surface;

  if (! plot->vector)
    {
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (PNG_SCALE * width),
                                            (int) ceil (PNG_SCALE * height));
      cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
      return surface;
    }
  surface = cairo_svg_surface_create_for_stream (append, bytes, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  return surface;
}

/**
 * dot_plot_encode:
 *
 * Returns: (transfer full): a PNG or an SVG, or %NULL with
 *   %DOT_ERROR_NO_MEMORY
 */
GBytes *
dot_plot_encode (const DotPlot *plot, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint            rows        = (plot->panels->len + plot->columns - 1) / plot->columns;
  DotPlotSize      size        = forms[plot->form].size;
  double           width       = size.width * plot->columns;
  double           height;
  cairo_surface_t *surface;
  cairo_t         *cairo;
  cairo_status_t   status;

  height  = size.height * rows + measure_legend (plot, width);
  surface = create_surface (plot, bytes, width, height);
  cairo   = cairo_create (surface);
  draw_all (cairo, plot, width, height);
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  if (plot->vector)
    cairo_surface_finish (surface);
  else if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append, bytes);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory to draw: close other programs."));
  return NULL;
}
