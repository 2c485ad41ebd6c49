/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "zoom-canvas.h"

#include "paint.h"

/**
 * DotZoomCanvas:
 *
 * A picture as large as there is room for, or so many times as large as it is:
 * then it is dragged and scrolled.  At 1× a pixel of it is one of GTK's; how
 * many of the screen's that are is up to the screen, and none of them is
 * blurred.
 */

/* It can be small, and is of a size to see something in where there is room,
 * in GTK's pixels. */
#define SMALLEST 128
#define WIDTH    160
#define HEIGHT   272

/* How far an arrow key goes, in GTK's pixels. */
#define STEP 32

struct _DotZoomCanvas
{
  DotScrollArea parent_instance;

  GdkPixbuf       *pixbuf;
  cairo_surface_t *surface;
  guint            zoom;
  DotPaint         paint;

  GtkGesture *drag;
  double      dragged_x;
  double      dragged_y;
};

G_DEFINE_FINAL_TYPE (DotZoomCanvas, dot_zoom_canvas, DOT_TYPE_SCROLL_AREA)

/*  where it is  */

/**
 * dot_zoom_canvas_get_scale:
 *
 * Returns: how many of GTK's pixels a pixel of the picture takes
 */
double
dot_zoom_canvas_get_scale (DotZoomCanvas *canvas)
{
  GtkWidget *widget = GTK_WIDGET (canvas);
  double     width, height;

  if (canvas->zoom > 0 || ! canvas->pixbuf)
    return MAX (canvas->zoom, 1);

  width  = gtk_widget_get_allocated_width (widget);
  height = gtk_widget_get_allocated_height (widget);
  return canvas->paint == DOT_PAINT_SHARP
           ? dot_paint_fit_whole (widget, canvas->pixbuf, width, height)
           : dot_paint_fit (canvas->pixbuf, width, height);
}

/* The picture's corner in the widget: in the middle, or scrolled. */
static void
get_origin (DotZoomCanvas *canvas, double *x, double *y)
{
  GtkWidget     *widget = GTK_WIDGET (canvas);
  DotScrollArea *area   = DOT_SCROLL_AREA (canvas);
  double         scale  = dot_zoom_canvas_get_scale (canvas);
  double         right  = gtk_widget_get_allocated_width (widget) -
                 scale * gdk_pixbuf_get_width (canvas->pixbuf);
  double below = gtk_widget_get_allocated_height (widget) -
                 scale * gdk_pixbuf_get_height (canvas->pixbuf);

  *x = dot_paint_round (widget, MAX (right, 0.0) / 2.0) - dot_scroll_area_get_x (area);
  *y = dot_paint_round (widget, MAX (below, 0.0) / 2.0) - dot_scroll_area_get_y (area);
}

static void
resize (DotZoomCanvas *canvas)
{
  gboolean large = canvas->pixbuf && canvas->zoom > 0;
  double   scale = canvas->zoom;

  dot_scroll_area_set_content (DOT_SCROLL_AREA (canvas),
                               large ? scale * gdk_pixbuf_get_width (canvas->pixbuf) : 0.0,
                               large ? scale * gdk_pixbuf_get_height (canvas->pixbuf) : 0.0);
}

/*  drawing  */

static gboolean
dot_zoom_canvas_draw (GtkWidget *widget, cairo_t *cr)
{
  DotZoomCanvas *canvas = DOT_ZOOM_CANVAS (widget);
  double         x, y;

  gtk_render_background (gtk_widget_get_style_context (widget), cr, 0.0, 0.0,
                         gtk_widget_get_allocated_width (widget),
                         gtk_widget_get_allocated_height (widget));
  if (! canvas->pixbuf)
    return GDK_EVENT_PROPAGATE;

  if (! canvas->surface)
    canvas->surface = gdk_cairo_surface_create_from_pixbuf (canvas->pixbuf, 1,
                                                            gtk_widget_get_window (widget));
  get_origin (canvas, &x, &y);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  dot_paint_surface (widget, cr, canvas->surface, canvas->paint,
                     gdk_pixbuf_get_width (canvas->pixbuf), gdk_pixbuf_get_height (canvas->pixbuf),
                     dot_zoom_canvas_get_scale (canvas));
  cairo_restore (cr);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (gtk_widget_get_style_context (widget), cr, 1.0, 1.0,
                      gtk_widget_get_allocated_width (widget) - 2,
                      gtk_widget_get_allocated_height (widget) - 2);
  return GDK_EVENT_PROPAGATE;
}

static void
forget_surface (DotZoomCanvas *canvas)
{
  g_clear_pointer (&canvas->surface, cairo_surface_destroy);
}

/*  moving  */

static void
move_by (DotZoomCanvas *canvas, double x, double y)
{
  DotScrollArea *area = DOT_SCROLL_AREA (canvas);

  dot_scroll_area_set_x (area, dot_scroll_area_get_x (area) + x);
  dot_scroll_area_set_y (area, dot_scroll_area_get_y (area) + y);
}

static void
drag_begin (DotZoomCanvas *canvas)
{
  canvas->dragged_x = dot_scroll_area_get_x (DOT_SCROLL_AREA (canvas));
  canvas->dragged_y = dot_scroll_area_get_y (DOT_SCROLL_AREA (canvas));
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
}

static void
drag_update (DotZoomCanvas *canvas, double x, double y)
{
  dot_scroll_area_set_x (DOT_SCROLL_AREA (canvas), canvas->dragged_x - x);
  dot_scroll_area_set_y (DOT_SCROLL_AREA (canvas), canvas->dragged_y - y);
}

static void
add_drag (DotZoomCanvas *canvas)
{
  canvas->drag = gtk_gesture_drag_new (GTK_WIDGET (canvas));
  g_signal_connect_swapped (canvas->drag, "drag-begin", G_CALLBACK (drag_begin), canvas);
  g_signal_connect_swapped (canvas->drag, "drag-update", G_CALLBACK (drag_update), canvas);
}

/* An arrow key leaves the focus where it is, even at the picture's edge. */
static gboolean
dot_zoom_canvas_key_press (GtkWidget *widget, GdkEventKey *event)
{
  DotZoomCanvas *canvas = DOT_ZOOM_CANVAS (widget);

  switch (event->keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_by (canvas, -STEP, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_by (canvas, STEP, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_by (canvas, 0, -STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_by (canvas, 0, STEP);
      return GDK_EVENT_STOP;
    default:
      return GTK_WIDGET_CLASS (dot_zoom_canvas_parent_class)->key_press_event (widget, event);
    }
}

/*  the class  */

static void
dot_zoom_canvas_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = SMALLEST;
  *natural = WIDTH;
}

static void
dot_zoom_canvas_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = SMALLEST;
  *natural = HEIGHT;
}

static void
dot_zoom_canvas_dispose (GObject *object)
{
  DotZoomCanvas *canvas = DOT_ZOOM_CANVAS (object);

  forget_surface (canvas);
  g_clear_object (&canvas->pixbuf);
  g_clear_object (&canvas->drag);

  G_OBJECT_CLASS (dot_zoom_canvas_parent_class)->dispose (object);
}

static void
dot_zoom_canvas_class_init (DotZoomCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose    = dot_zoom_canvas_dispose;
  widget_class->draw                 = dot_zoom_canvas_draw;
  widget_class->key_press_event      = dot_zoom_canvas_key_press;
  widget_class->get_preferred_width  = dot_zoom_canvas_get_preferred_width;
  widget_class->get_preferred_height = dot_zoom_canvas_get_preferred_height;
  gtk_widget_class_set_accessible_role (widget_class, ATK_ROLE_IMAGE);
}

static void
dot_zoom_canvas_init (DotZoomCanvas *canvas)
{
  GtkWidget *widget = GTK_WIDGET (canvas);

  gtk_widget_set_can_focus (widget, TRUE);
  add_drag (canvas);
}

/**
 * dot_zoom_canvas_new:
 *
 * Returns: a canvas that shows nothing yet, and what comes as large as fits
 */
GtkWidget *
dot_zoom_canvas_new (void)
{
  return g_object_new (DOT_TYPE_ZOOM_CANVAS, NULL);
}

/**
 * dot_zoom_canvas_set_pixbuf:
 * @pixbuf: (nullable): what to show
 */
void
dot_zoom_canvas_set_pixbuf (DotZoomCanvas *canvas, GdkPixbuf *pixbuf)
{
  if (! g_set_object (&canvas->pixbuf, pixbuf))
    return;

  forget_surface (canvas);
  resize (canvas);
}

/**
 * dot_zoom_canvas_set_zoom:
 * @zoom: how many times as large as it is, or 0 for as large as fits
 * @x: a point of the widget
 * @y: a point of the widget
 *
 * What is at the point stays there, as far as there is more to be seen.
 */
void
dot_zoom_canvas_set_zoom (DotZoomCanvas *canvas, guint zoom, double x, double y)
{
  double before = dot_zoom_canvas_get_scale (canvas);
  double left   = 0.0;
  double top    = 0.0;
  double times;

  if (canvas->pixbuf)
    get_origin (canvas, &left, &top);
  canvas->zoom = zoom;
  resize (canvas);

  times = dot_zoom_canvas_get_scale (canvas) / before;
  dot_scroll_area_set_x (DOT_SCROLL_AREA (canvas), (x - left) * times - x);
  dot_scroll_area_set_y (DOT_SCROLL_AREA (canvas), (y - top) * times - y);
}

/**
 * dot_zoom_canvas_set_smooth:
 * @smooth: whether pixels blend into each other
 */
void
dot_zoom_canvas_set_smooth (DotZoomCanvas *canvas, gboolean smooth)
{
  canvas->paint = smooth ? DOT_PAINT_SMOOTH : DOT_PAINT_SHARP;
  gtk_widget_queue_draw (GTK_WIDGET (canvas));
}
