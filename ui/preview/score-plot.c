/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "score-plot.h"

#include <glib/gi18n-lib.h>

#include "plot-drawing.h"
#include "widgets/small-text.h"

/**
 * DotScorePlot:
 *
 * What the discriminator says of each candidate over the updates, and how far
 * the one that is looked at went from where it started: its score is a line
 * with dots, its distance a dashed line with diamonds, the other candidates'
 * scores are thin.  A click or a drag goes to an update.  Time runs from left
 * to right, whatever way text does; the colours are the theme's.
 */

#define HEIGHT 112
#define LINES  6

/* Where there is room it is wider than its legend, in GTK's pixels. */
#define WIDTH 320

struct _DotScorePlot
{
  GtkDrawingArea parent_instance;

  DotGallery *gallery;
  GtkGesture *drag;
};

G_DEFINE_FINAL_TYPE (DotScorePlot, dot_score_plot, GTK_TYPE_DRAWING_AREA)

static gboolean
dot_score_plot_draw (GtkWidget *widget, cairo_t *cr)
{
  dot_plot_drawing_draw (widget, DOT_SCORE_PLOT (widget)->gallery, cr);

  return GDK_EVENT_PROPAGATE;
}

static void
dot_score_plot_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = dot_plot_drawing_get_width (widget);
  *natural = MAX (*minimum, WIDTH);
}

/* Letters may be large, of which there are some lines. */
static void
dot_score_plot_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = MAX (HEIGHT, LINES * dot_small_text_get_height (widget));
}

/*  what changes  */

/* Who can't see the curves hears their ends. */
static void
update (DotScorePlot *plot, DotGalleryChange change)
{
  DotGallery      *gallery   = plot->gallery;
  guint            candidate = dot_gallery_get_candidate (gallery);
  guint            n         = dot_gallery_get_n_positions (gallery);
  g_autofree char *text      = NULL;

  if (change == DOT_GALLERY_MARKS)
    return;
  gtk_widget_queue_draw (GTK_WIDGET (plot));
  if (n == 0)
    return;

  text = g_strdup_printf (_ ("Score: %.2f at first, %.2f now"),
                          dot_gallery_get_score (gallery, candidate, 0),
                          dot_gallery_get_score (gallery, candidate, n - 1));
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (plot)), text);
}

/*  mouse  */

static void
scrub (DotScorePlot *plot)
{
  GtkGesture  *gesture = plot->drag;
  DotPlotFrame frame;
  double       x, dx;

  if (dot_gallery_get_n_positions (plot->gallery) == 0 ||
      ! gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, NULL))
    return;

  dot_plot_drawing_get_frame (GTK_WIDGET (plot), plot->gallery, &frame);
  gtk_gesture_drag_get_offset (GTK_GESTURE_DRAG (gesture), &dx, NULL);
  dot_gallery_set_position (plot->gallery,
                            dot_plot_frame_find_position (&frame, plot->gallery, x + dx));
}

static void
add_drag (DotScorePlot *plot)
{
  plot->drag = gtk_gesture_drag_new (GTK_WIDGET (plot));
  g_signal_connect_swapped (plot->drag, "drag-begin", G_CALLBACK (scrub), plot);
  g_signal_connect_swapped (plot->drag, "drag-update", G_CALLBACK (scrub), plot);
}

/*  the class  */

static void
dot_score_plot_dispose (GObject *object)
{
  g_clear_object (&DOT_SCORE_PLOT (object)->drag);
  g_clear_object (&DOT_SCORE_PLOT (object)->gallery);

  G_OBJECT_CLASS (dot_score_plot_parent_class)->dispose (object);
}

static void
dot_score_plot_class_init (DotScorePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose    = dot_score_plot_dispose;
  widget_class->draw                 = dot_score_plot_draw;
  widget_class->get_preferred_width  = dot_score_plot_get_preferred_width;
  widget_class->get_preferred_height = dot_score_plot_get_preferred_height;
  gtk_widget_class_set_accessible_role (widget_class, ATK_ROLE_CHART);
}

static void
dot_score_plot_init (DotScorePlot *plot)
{
  gtk_widget_set_tooltip_text (
    GTK_WIDGET (plot), _ ("Score: how real the network that judges finds the picture, next to "
                          "others of the same model\nDistance: how far the picture has moved from "
                          "where it started\nClick or drag to look at an update"));
  add_drag (plot);
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
  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), plot, G_CONNECT_SWAPPED);
  update (plot, DOT_GALLERY_ADDED);
  return GTK_WIDGET (plot);
}

/**
 * dot_score_plot_get_x:
 * @when: an update
 *
 * Returns: where it is in the widget
 */
double
dot_score_plot_get_x (DotScorePlot *plot, guint when)
{
  DotPlotFrame frame;

  dot_plot_drawing_get_frame (GTK_WIDGET (plot), plot->gallery, &frame);
  return dot_plot_frame_get_x (&frame, when);
}
