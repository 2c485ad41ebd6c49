/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "low-window.h"

/**
 * DotLowWindow:
 *
 * A text that can be scrolled where it has many lines: on a small screen, with
 * large letters, a long sentence would push the buttons out of the window.
 *
 * GTK's own scrolled window doesn't ask how wide it will be before it says how
 * high.
 */

/* So many are seen at once.  GTK's message bars would cut off what is higher
 * than there is room for, so this doesn't ask how much there is. */
#define MOST_LINES 5

struct _DotLowWindow
{
  GtkScrolledWindow parent_instance;

  GtkWidget *content;
};

G_DEFINE_FINAL_TYPE (DotLowWindow, dot_low_window, GTK_TYPE_SCROLLED_WINDOW)

static int
measure_lines (GtkWidget *widget)
{
  PangoContext     *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);

  pango_font_metrics_unref (metrics);
  return MOST_LINES * PANGO_PIXELS_CEIL (height);
}

static GtkSizeRequestMode
dot_low_window_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dot_low_window_get_preferred_height_for_width (GtkWidget *widget,
                                               int        width,
                                               int       *minimum,
                                               int       *natural)
{
  gtk_widget_get_preferred_height_for_width (DOT_LOW_WINDOW (widget)->content, width, minimum,
                                             natural);
  *minimum = MIN (*minimum, measure_lines (widget));
  *natural = MIN (*natural, measure_lines (widget));
}

/* The keys come by where there is something to scroll. */
static void
dot_low_window_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  int needed;

  gtk_widget_get_preferred_height_for_width (DOT_LOW_WINDOW (widget)->content, allocation->width,
                                             &needed, NULL);
  gtk_widget_set_can_focus (widget, needed > allocation->height);

  GTK_WIDGET_CLASS (dot_low_window_parent_class)->size_allocate (widget, allocation);
}

static void
dot_low_window_class_init (DotLowWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode               = dot_low_window_get_request_mode;
  widget_class->get_preferred_height_for_width = dot_low_window_get_preferred_height_for_width;
  widget_class->size_allocate                  = dot_low_window_size_allocate;
}

static void
dot_low_window_init (DotLowWindow *window)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (window);

  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (scrolled, FALSE);
  gtk_scrolled_window_set_propagate_natural_width (scrolled, TRUE);
}

/**
 * dot_low_window_new:
 * @content: of wrapped lines
 *
 * Returns: a window that shows @content
 */
GtkWidget *
dot_low_window_new (GtkWidget *content)
{
  DotLowWindow *window = g_object_new (DOT_TYPE_LOW_WINDOW, NULL);

  window->content = content;
  gtk_container_add (GTK_CONTAINER (window), content);
  return GTK_WIDGET (window);
}
