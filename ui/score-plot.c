/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "score-plot.h"

#include <glib/gi18n-lib.h>

/**
 * DotScorePlot:
 *
 * What the discriminator says of each candidate, over the updates: a line
 * each, the selected one's strong, with a mark at the update that is shown.
 * It has the theme's colours.
 */

#define HEIGHT 72
#define MARGIN 6.0

struct _DotScorePlot
{
  GtkDrawingArea  parent_instance;

  DotGallery     *gallery;
};

G_DEFINE_FINAL_TYPE (DotScorePlot, dot_score_plot, GTK_TYPE_DRAWING_AREA)

/*  Where numbers are on the screen.  */
typedef struct
{
  double width;
  double height;
  double lowest;
  double highest;
  double last;
} Frame;

static Frame
make_frame (DotScorePlot *plot)
{
  DotGallery *gallery    = plot->gallery;
  guint       candidates = dot_gallery_get_n_candidates (gallery);
  guint       positions  = dot_gallery_get_n_positions (gallery);
  Frame       frame      = { .lowest = G_MAXDOUBLE, .highest = -G_MAXDOUBLE };

  frame.width  = gtk_widget_get_allocated_width (GTK_WIDGET (plot));
  frame.height = gtk_widget_get_allocated_height (GTK_WIDGET (plot));
  frame.last   = MAX (dot_gallery_get_n_updates (gallery), 1);
  for (guint i = 0; i < candidates; i++)
    for (guint j = 0; j < positions; j++)
      {
        double score = dot_gallery_get_score (gallery, i, j);

        frame.lowest  = MIN (frame.lowest, score);
        frame.highest = MAX (frame.highest, score);
      }

  return frame;
}

static double
get_x (const Frame *frame,
       double       update)
{
  return MARGIN + update / frame->last * (frame->width - 2.0 * MARGIN);
}

/*  Scores that are all the same lie in the middle.  */
static double
get_y (const Frame *frame,
       double       score)
{
  double range = frame->highest - frame->lowest;
  double share = range > 0.0 ? (score - frame->lowest) / range : 0.5;

  return frame->height - MARGIN - share * (frame->height - 2.0 * MARGIN);
}

static void
trace_candidate (DotScorePlot *plot,
                 const Frame  *frame,
                 cairo_t      *cr,
                 guint         candidate)
{
  guint positions = dot_gallery_get_n_positions (plot->gallery);

  for (guint i = 0; i < positions; i++)
    cairo_line_to (cr,
                   get_x (frame, dot_gallery_get_update (plot->gallery, i)),
                   get_y (frame, dot_gallery_get_score (plot->gallery,
                                                        candidate, i)));
}

static void
draw_others (DotScorePlot  *plot,
             const Frame   *frame,
             const GdkRGBA *color,
             cairo_t       *cr)
{
  guint n        = dot_gallery_get_n_candidates (plot->gallery);
  guint selected = dot_gallery_get_candidate (plot->gallery);

  cairo_set_source_rgba (cr, color->red, color->green, color->blue,
                         0.35 * color->alpha);
  cairo_set_line_width (cr, 1.0);
  for (guint i = 0; i < n; i++)
    if (i != selected)
      {
        trace_candidate (plot, frame, cr, i);
        cairo_stroke (cr);
      }
}

static void
draw_selected (DotScorePlot  *plot,
               const Frame   *frame,
               const GdkRGBA *color,
               cairo_t       *cr)
{
  DotGallery *gallery  = plot->gallery;
  guint       selected = dot_gallery_get_candidate (gallery);
  guint       shown    = dot_gallery_get_shown (gallery);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2.0);
  trace_candidate (plot, frame, cr, selected);
  cairo_stroke (cr);
  cairo_arc (cr, get_x (frame, dot_gallery_get_update (gallery, shown)),
             get_y (frame, dot_gallery_get_score (gallery, selected, shown)),
             4.0, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
}

static gboolean
dot_score_plot_draw (GtkWidget *widget,
                     cairo_t   *cr)
{
  DotScorePlot    *plot    = DOT_SCORE_PLOT (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  Frame            frame   = make_frame (plot);
  GdkRGBA          color;

  if (dot_gallery_get_n_positions (plot->gallery) == 0)
    return FALSE;

  gtk_style_context_get_color (context, gtk_style_context_get_state (context),
                               &color);
  draw_others (plot, &frame, &color, cr);
  draw_selected (plot, &frame, &color, cr);

  return FALSE;
}

/*  Who can't see the line hears its ends.  */
static void
update (DotScorePlot *plot)
{
  DotGallery      *gallery = plot->gallery;
  guint            n       = dot_gallery_get_n_positions (gallery);
  g_autofree char *text    = NULL;

  gtk_widget_queue_draw (GTK_WIDGET (plot));
  if (n == 0)
    return;

  /*  TRANSLATORS: what a plot shows: the discriminator's score D  */
  text = g_strdup_printf (_("Score D: %.2f at first, %.2f now"),
                          dot_gallery_get_score (
                            gallery, dot_gallery_get_candidate (gallery), 0),
                          dot_gallery_get_score (
                            gallery, dot_gallery_get_candidate (gallery),
                            n - 1));
  gtk_widget_set_tooltip_text (GTK_WIDGET (plot), text);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (plot)), text);
}

static void
dot_score_plot_dispose (GObject *object)
{
  g_clear_object (&DOT_SCORE_PLOT (object)->gallery);

  G_OBJECT_CLASS (dot_score_plot_parent_class)->dispose (object);
}

static void
dot_score_plot_class_init (DotScorePlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_score_plot_dispose;
  GTK_WIDGET_CLASS (klass)->draw  = dot_score_plot_draw;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass),
                                        ATK_ROLE_CHART);
}

static void
dot_score_plot_init (DotScorePlot *plot)
{
  gtk_widget_set_size_request (GTK_WIDGET (plot), -1, HEIGHT);
}

/**
 * dot_score_plot_new:
 * @gallery: whose scores to plot
 *
 * Returns: the plot
 */
GtkWidget *
dot_score_plot_new (DotGallery *gallery)
{
  DotScorePlot *plot = g_object_new (DOT_TYPE_SCORE_PLOT, NULL);

  plot->gallery = g_object_ref (gallery);
  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), plot,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (plot);
}
