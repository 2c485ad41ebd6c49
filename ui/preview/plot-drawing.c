/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How a plot of scores and distances looks. */

#include "config.h"

#include "plot-drawing.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "widgets/small-text.h"

#define GAP    6.0
#define SAMPLE 28.0
#define MARK   4.0

/* A number that takes as much room as one may. */
#define LONGEST 888.88

/* One curve, and how it can be told from another. */
typedef struct
{
  double (*get_number) (DotGallery *gallery, guint candidate, guint position);
  const DotPlotScale *scale;
  gboolean            dashed;
  GdkRGBA             color;
} Curve;

/* What is needed for drawing. */
typedef struct
{
  DotGallery  *gallery;
  GtkWidget   *widget;
  cairo_t     *cr;
  DotPlotFrame frame;
  GdkRGBA      color;
  Curve        score;
  Curve        distance;
} Drawing;

/*  where what is  */

static int
get_scale_width (GtkWidget *widget, const DotPlotScale *scale)
{
  const double numbers[] = { scale->low, scale->high };
  int          width     = 0;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text          = dot_small_text_number (numbers[i]);
      g_autoptr (PangoLayout) layout = dot_small_text_new (widget, text);

      width = MAX (width, dot_small_text_get_width (layout));
    }
  return width;
}

/* TRANSLATORS: legend of a plot: how real the judging network finds a picture */
static char *
format_score (double score)
{
  return g_strdup_printf (_ ("Score %.2f"), score);
}

/* TRANSLATORS: legend of a plot: how far a picture went from where it started */
static char *
format_distance (double distance)
{
  return g_strdup_printf (_ ("Distance %.2f"), distance);
}

static double
measure_legend (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = dot_small_text_new (widget, text);

  return SAMPLE + GAP + dot_small_text_get_width (layout);
}

/* How wide each legend is where its number is as long as one may be. */
static void
measure_legends (GtkWidget *widget, double *score, double *distance)
{
  g_autofree char *first  = format_score (-LONGEST);
  g_autofree char *second = format_distance (LONGEST);

  *score    = GAP + measure_legend (widget, first) + GAP;
  *distance = GAP + measure_legend (widget, second) + GAP;
}

/* Where there is no room for both they are one below the other. */
static guint
count_legend_lines (GtkWidget *widget)
{
  double score, distance;

  measure_legends (widget, &score, &distance);
  return score + GAP + distance <= gtk_widget_get_allocated_width (widget) ? 1 : 2;
}

/**
 * dot_plot_drawing_get_width:
 * @widget: what the plot is drawn in
 *
 * Returns: how wide it is at least, so that its legends can be read
 */
int
dot_plot_drawing_get_width (GtkWidget *widget)
{
  double score, distance;

  measure_legends (widget, &score, &distance);
  return (int) ceil (MAX (score, distance));
}

/**
 * dot_plot_drawing_get_frame:
 * @widget: what the plot is drawn in
 * @frame: (out): where the curves are in it; the numbers of the axes are
 *   around them, what they are is above
 */
void
dot_plot_drawing_get_frame (GtkWidget *widget, DotGallery *gallery, DotPlotFrame *frame)
{
  double text = dot_small_text_get_height (widget);

  dot_plot_frame_measure (frame, gallery);
  frame->left  = get_scale_width (widget, &frame->scores) + 2.0 * GAP;
  frame->top   = count_legend_lines (widget) * text + 2.0 * GAP;
  frame->width = gtk_widget_get_allocated_width (widget) - frame->left -
                 get_scale_width (widget, &frame->distances) - 2.0 * GAP;
  frame->height = gtk_widget_get_allocated_height (widget) - frame->top - text - GAP;
}

/*  text  */

static void
set_color (const Drawing *drawing, const GdkRGBA *color, double strength)
{
  cairo_set_source_rgba (drawing->cr, color->red, color->green, color->blue,
                         strength * color->alpha);
}

/* @place: 0 for its left end at @x, 1 for its right one */
static void
draw_text (const Drawing *drawing, const char *text, double x, double y, double place)
{
  g_autoptr (PangoLayout) layout = dot_small_text_new (drawing->widget, text);
  int width                      = dot_small_text_get_width (layout);

  cairo_move_to (drawing->cr, round (x - place * width), round (y));
  pango_cairo_show_layout (drawing->cr, layout);
}

/*  axes  */

static void
draw_number (const Drawing *drawing, double number, double x, double y, double place)
{
  g_autofree char *text   = dot_small_text_number (number);
  int              height = dot_small_text_get_height (drawing->widget);

  draw_text (drawing, text, x, y - height / 2.0, place);
}

static void
draw_scale (const Drawing *drawing, const DotPlotScale *scale, double x, double place)
{
  const DotPlotFrame *frame = &drawing->frame;

  if (scale->high > scale->low)
    {
      draw_number (drawing, scale->high, x, frame->top, place);
      draw_number (drawing, scale->low, x, frame->top + frame->height, place);
    }
  else
    {
      draw_number (drawing, scale->low, x, frame->top + frame->height / 2.0, place);
    }
}

static void
draw_line (const Drawing *drawing, double x0, double y0, double x1, double y1)
{
  /* on a pixel and not between two */
  cairo_move_to (drawing->cr, floor (x0) + 0.5, floor (y0) + 0.5);
  cairo_line_to (drawing->cr, floor (x1) + 0.5, floor (y1) + 0.5);
  cairo_stroke (drawing->cr);
}

static void
draw_axes (const Drawing *drawing)
{
  const DotPlotFrame *frame = &drawing->frame;
  double              right = frame->left + frame->width;
  double              below = frame->top + frame->height;
  g_autofree char    *last  = g_strdup_printf ("%.0f", frame->last);

  cairo_set_line_width (drawing->cr, 1.0);
  set_color (drawing, &drawing->color, 0.2);
  for (guint i = 0; i <= 2; i++)
    draw_line (drawing, frame->left, frame->top + i / 2.0 * frame->height, right,
               frame->top + i / 2.0 * frame->height);

  set_color (drawing, &drawing->score.color, 0.8);
  draw_scale (drawing, &frame->scores, frame->left - GAP, 1.0);
  set_color (drawing, &drawing->distance.color, 1.0);
  draw_scale (drawing, &frame->distances, right + GAP, 0.0);
  set_color (drawing, &drawing->color, 0.8);
  draw_text (drawing, "0", frame->left, below + GAP / 2.0, 0.0);
  draw_text (drawing, last, right, below + GAP / 2.0, 1.0);
}

/*  curves  */

static void
trace_point (const Drawing *drawing, const Curve *curve, guint candidate, guint position)
{
  guint  update = dot_gallery_get_update (drawing->gallery, position);
  double number = curve->get_number (drawing->gallery, candidate, position);

  if (isfinite (number))
    cairo_line_to (drawing->cr, dot_plot_frame_get_x (&drawing->frame, update),
                   dot_plot_frame_get_y (&drawing->frame, curve->scale, number));
  else
    cairo_new_sub_path (drawing->cr);
}

/* A run may have more updates than the screen has pixels. */
static void
trace (const Drawing *drawing, const Curve *curve, guint candidate)
{
  guint last = dot_gallery_get_n_positions (drawing->gallery) - 1;
  guint step = last / (guint) drawing->frame.width + 1;

  cairo_new_path (drawing->cr);
  for (guint i = 0; i < last; i += step)
    trace_point (drawing, curve, candidate, i);
  trace_point (drawing, curve, candidate, last);
}

static void
draw_others (const Drawing *drawing)
{
  guint n       = dot_gallery_get_n_candidates (drawing->gallery);
  guint current = dot_gallery_get_candidate (drawing->gallery);

  cairo_set_line_width (drawing->cr, 1.0);
  for (guint i = 0; i < n; i++)
    if (i != current)
      {
        set_color (drawing, &drawing->color,
                   dot_gallery_is_selected (drawing->gallery, i) ? 0.6 : 0.25);
        trace (drawing, &drawing->score, i);
        cairo_stroke (drawing->cr);
      }
}

static void
stroke (const Drawing *drawing, const Curve *curve)
{
  const double dashes[] = { 6.0, 3.0 };

  gdk_cairo_set_source_rgba (drawing->cr, &curve->color);
  cairo_set_line_width (drawing->cr, 2.0);
  cairo_set_dash (drawing->cr, dashes, curve->dashed ? 2 : 0, 0.0);
  cairo_stroke (drawing->cr);
  cairo_set_dash (drawing->cr, NULL, 0, 0.0);
}

static void
draw_mark (const Drawing *drawing, const Curve *curve, double x, double y)
{
  cairo_t *cr = drawing->cr;

  gdk_cairo_set_source_rgba (cr, &curve->color);
  cairo_new_path (cr);
  if (curve->dashed)
    {
      cairo_move_to (cr, x, y - MARK - 1.0);
      cairo_line_to (cr, x + MARK + 1.0, y);
      cairo_line_to (cr, x, y + MARK + 1.0);
      cairo_line_to (cr, x - MARK - 1.0, y);
      cairo_close_path (cr);
    }
  else
    {
      cairo_arc (cr, x, y, MARK, 0.0, 2.0 * G_PI);
    }
  cairo_fill (cr);
}

static void
draw_curve (const Drawing *drawing, const Curve *curve)
{
  guint  current = dot_gallery_get_candidate (drawing->gallery);
  guint  shown   = dot_gallery_get_shown (drawing->gallery);
  guint  update  = dot_gallery_get_update (drawing->gallery, shown);
  double number  = curve->get_number (drawing->gallery, current, shown);

  trace (drawing, curve, current);
  stroke (drawing, curve);
  if (isfinite (number))
    draw_mark (drawing, curve, dot_plot_frame_get_x (&drawing->frame, update),
               dot_plot_frame_get_y (&drawing->frame, curve->scale, number));
}

static void
draw_shown (const Drawing *drawing)
{
  const DotPlotFrame *frame  = &drawing->frame;
  guint               shown  = dot_gallery_get_shown (drawing->gallery);
  guint               update = dot_gallery_get_update (drawing->gallery, shown);
  double              x      = dot_plot_frame_get_x (frame, update);

  cairo_set_line_width (drawing->cr, 1.0);
  set_color (drawing, &drawing->color, 0.5);
  draw_line (drawing, x, frame->top - GAP / 2.0, x, frame->top + frame->height + GAP / 2.0);
}

/*  what the curves are, and how much at the update that is shown  */

/* Draws at @x from where lines of text start, and returns where it ends. */
static double
draw_legend_text (const Drawing *drawing, const char *text, double x, double y)
{
  gboolean rtl                   = gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL;
  double   width                 = gtk_widget_get_allocated_width (drawing->widget);
  g_autoptr (PangoLayout) layout = dot_small_text_new (drawing->widget, text);
  int length                     = dot_small_text_get_width (layout);

  draw_text (drawing, text, rtl ? width - x : x, y, rtl ? 1.0 : 0.0);
  return x + length;
}

static double
draw_legend (const Drawing *drawing, const Curve *curve, const char *text, double x, guint line)
{
  gboolean rtl    = gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL;
  double   width  = gtk_widget_get_allocated_width (drawing->widget);
  double   height = dot_small_text_get_height (drawing->widget);
  double   left   = rtl ? width - x - SAMPLE : x;
  double   top    = line * height + GAP / 2.0;
  double   y      = floor (top + height / 2.0);

  cairo_move_to (drawing->cr, left, y);
  cairo_line_to (drawing->cr, left + SAMPLE, y);
  stroke (drawing, curve);
  draw_mark (drawing, curve, left + SAMPLE / 2.0, y);

  set_color (drawing, &drawing->color, 1.0);
  return draw_legend_text (drawing, text, x + SAMPLE + GAP, top) + 3.0 * GAP;
}

static void
draw_legends (const Drawing *drawing)
{
  DotGallery      *gallery  = drawing->gallery;
  guint            current  = dot_gallery_get_candidate (gallery);
  guint            shown    = dot_gallery_get_shown (gallery);
  guint            lines    = count_legend_lines (drawing->widget);
  g_autofree char *score    = NULL;
  g_autofree char *distance = NULL;
  double           end;

  score    = format_score (dot_gallery_get_score (gallery, current, shown));
  distance = format_distance (dot_gallery_get_distance (gallery, current, shown));
  end      = draw_legend (drawing, &drawing->score, score, GAP, 0);
  draw_legend (drawing, &drawing->distance, distance, lines > 1 ? GAP : end, lines - 1);
}

static void
init_drawing (Drawing *drawing, GtkWidget *widget, DotGallery *gallery, cairo_t *cr)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GtkStateFlags    flags   = gtk_style_context_get_state (context);

  drawing->gallery  = gallery;
  drawing->widget   = widget;
  drawing->cr       = cr;
  drawing->score    = (Curve) { dot_gallery_get_score, &drawing->frame.scores, FALSE };
  drawing->distance = (Curve) { dot_gallery_get_distance, &drawing->frame.distances, TRUE };
  dot_plot_drawing_get_frame (widget, gallery, &drawing->frame);

  gtk_style_context_get_color (context, flags, &drawing->color);
  drawing->score.color = drawing->color;
  /* a link's colour is the one that a theme makes readable as a line */
  gtk_style_context_get_color (context, flags | GTK_STATE_FLAG_LINK, &drawing->distance.color);
}

/**
 * dot_plot_drawing_draw:
 * @widget: what it is drawn in
 *
 * Draws the scores and the distance of @gallery's candidates, unless there is
 * none or no room.
 */
void
dot_plot_drawing_draw (GtkWidget *widget, DotGallery *gallery, cairo_t *cr)
{
  Drawing drawing;

  if (dot_gallery_get_n_positions (gallery) == 0)
    return;

  init_drawing (&drawing, widget, gallery, cr);
  if (drawing.frame.width < 1.0 || drawing.frame.height < 1.0)
    return;

  draw_axes (&drawing);
  draw_others (&drawing);
  draw_shown (&drawing);
  draw_curve (&drawing, &drawing.distance);
  draw_curve (&drawing, &drawing.score);
  draw_legends (&drawing);
}
