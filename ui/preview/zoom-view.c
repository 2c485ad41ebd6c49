/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "zoom-view.h"

#include <glib/gi18n-lib.h>

#include "compare-gesture.h"
#include "widgets/zoom-canvas.h"

/**
 * DotZoomView:
 *
 * A gallery's candidate large: Ctrl and the wheel or the keys +, − and 0 say
 * how large, S whether pixels are squares, or #DotZoomBar does.
 */

/* 0 is as large as fits. */
static const guint zooms[] = { 0, 1, 2, 4, 8 };

/* Of the picture so much can be seen at least, in GTK's pixels. */
#define SMALLEST 128

struct _DotZoomView
{
  GtkBox parent_instance;

  DotGallery *gallery;
  GtkWidget  *canvas;
  GtkWidget  *before;
  guint       zoom;
  gboolean    smooth;
  double      scrolled;
};

enum
{
  PROP_0,
  PROP_ZOOM,
  PROP_SMOOTH,
};

enum
{
  STEP,
  FIT,
  TOGGLE_SMOOTH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DotZoomView, dot_zoom_view, GTK_TYPE_BOX)

/*  what changes  */

static void
update (DotZoomView *view, DotGalleryChange change)
{
  DotGallery *gallery   = view->gallery;
  guint       candidate = dot_gallery_get_candidate (gallery);
  guint       shown     = dot_gallery_get_shown (gallery);
  gboolean    any       = dot_gallery_get_n_positions (gallery) > 0;
  GdkPixbuf  *picture   = NULL;
  const char *title     = "";

  if (! (change & (DOT_GALLERY_CLEARED | DOT_GALLERY_SHOWN | DOT_GALLERY_CANDIDATE)))
    return;
  if (any)
    {
      picture = dot_gallery_get_picture (gallery, candidate, shown);
      title   = dot_gallery_get_title (gallery, candidate, shown);
    }
  dot_zoom_canvas_set_pixbuf (DOT_ZOOM_CANVAS (view->canvas), picture);
  atk_object_set_name (gtk_widget_get_accessible (view->canvas), title);
  gtk_widget_set_visible (view->before, dot_gallery_get_comparing (gallery));
}

/*  zooming  */

static guint
find_level (guint zoom)
{
  guint i = G_N_ELEMENTS (zooms) - 1;

  while (i > 0 && zooms[i] > zoom)
    i--;
  return i;
}

static void
set_zoom_at (DotZoomView *view, guint zoom, double x, double y)
{
  zoom = zooms[find_level (zoom)];
  if (zoom == view->zoom)
    return;

  view->zoom = zoom;
  dot_zoom_canvas_set_zoom (DOT_ZOOM_CANVAS (view->canvas), zoom, x, y);
  g_object_notify (G_OBJECT (view), "zoom");
}

/* From as large as fits, the next one that is larger or smaller.  Below 1×
 * there is only what fits. */
static guint
find_next (DotZoomView *view, int steps)
{
  double scale = dot_zoom_canvas_get_scale (DOT_ZOOM_CANVAS (view->canvas));
  int    last  = G_N_ELEMENTS (zooms) - 1;
  int    level = find_level (view->zoom);

  if (level > 0)
    return zooms[CLAMP (level + steps, 1, last)];
  if (steps > 0)
    {
      for (level = 1; level < last && zooms[level] <= scale; level++)
        ;
      return zooms[level];
    }
  for (level = last; level > 0 && zooms[level] >= scale; level--)
    ;
  return zooms[level];
}

static void
step_at (DotZoomView *view, int steps, double x, double y)
{
  if (steps != 0)
    set_zoom_at (view, find_next (view, steps), x, y);
}

/**
 * dot_zoom_view_step:
 * @steps: 1 for larger, −1 for smaller
 */
void
dot_zoom_view_step (DotZoomView *view, int steps)
{
  step_at (view, steps, gtk_widget_get_allocated_width (view->canvas) / 2.0,
           gtk_widget_get_allocated_height (view->canvas) / 2.0);
}

/**
 * dot_zoom_view_set_zoom:
 * @zoom: 1, 2, 4 or 8 times as large as it is, or 0 for as large as fits; the
 *   next smaller one for others
 */
void
dot_zoom_view_set_zoom (DotZoomView *view, guint zoom)
{
  set_zoom_at (view, zoom, gtk_widget_get_allocated_width (view->canvas) / 2.0,
               gtk_widget_get_allocated_height (view->canvas) / 2.0);
}

guint
dot_zoom_view_get_zoom (DotZoomView *view)
{
  return view->zoom;
}

gboolean
dot_zoom_view_get_smooth (DotZoomView *view)
{
  return view->smooth;
}

/**
 * dot_zoom_view_set_smooth:
 * @smooth: whether pixels blend into each other
 */
void
dot_zoom_view_set_smooth (DotZoomView *view, gboolean smooth)
{
  smooth = ! ! smooth;
  if (smooth == view->smooth)
    return;

  view->smooth = smooth;
  dot_zoom_canvas_set_smooth (DOT_ZOOM_CANVAS (view->canvas), smooth);
  g_object_notify (G_OBJECT (view), "smooth");
}

/*  what the person does  */

static void
fit (DotZoomView *view)
{
  dot_zoom_view_set_zoom (view, 0);
}

static void
toggle_smooth (DotZoomView *view)
{
  dot_zoom_view_set_smooth (view, ! dot_zoom_view_get_smooth (view));
}

/* A smooth wheel tells of parts of a step. */
static int
take_steps (DotZoomView *view, GdkEventScroll *event)
{
  double dy = 0.0;
  int    steps;

  if (event->direction == GDK_SCROLL_UP)
    return 1;
  if (event->direction == GDK_SCROLL_DOWN)
    return -1;

  gdk_event_get_scroll_deltas ((GdkEvent *) event, NULL, &dy);
  view->scrolled -= dy;
  steps = (int) view->scrolled;
  view->scrolled -= steps;
  return CLAMP (steps, -1, 1);
}

static gboolean
scrolled (DotZoomView *view, GdkEventScroll *event)
{
  if (! (event->state & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;

  step_at (view, take_steps (view, event), event->x, event->y);
  return GDK_EVENT_STOP;
}

static void
bind_keys (GtkBindingSet *set)
{
  const guint larger[]  = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  const guint smaller[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  const guint fits[]    = { GDK_KEY_0, GDK_KEY_KP_0 };

  for (guint i = 0; i < G_N_ELEMENTS (larger); i++)
    {
      gtk_binding_entry_add_signal (set, larger[i], 0, "step", 1, G_TYPE_INT, 1);
      gtk_binding_entry_add_signal (set, larger[i], GDK_CONTROL_MASK, "step", 1, G_TYPE_INT, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (smaller); i++)
    {
      gtk_binding_entry_add_signal (set, smaller[i], 0, "step", 1, G_TYPE_INT, -1);
      gtk_binding_entry_add_signal (set, smaller[i], GDK_CONTROL_MASK, "step", 1, G_TYPE_INT, -1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      gtk_binding_entry_add_signal (set, fits[i], 0, "fit", 0);
      gtk_binding_entry_add_signal (set, fits[i], GDK_CONTROL_MASK, "fit", 0);
    }
  gtk_binding_entry_add_signal (set, GDK_KEY_s, 0, "toggle-smooth", 0);
}

/*  what is in it  */

static void
add_tag (DotZoomView *view, GtkOverlay *overlay)
{
  GtkWidget *tag  = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *text = gtk_label_new (_ ("Before"));

  g_object_set (text, "margin", 4, NULL);
  gtk_widget_show (text);
  gtk_container_add (GTK_CONTAINER (tag), text);
  gtk_widget_set_halign (tag, GTK_ALIGN_START);
  gtk_widget_set_valign (tag, GTK_ALIGN_START);
  gtk_style_context_add_class (gtk_widget_get_style_context (tag), GTK_STYLE_CLASS_OSD);
  g_object_set (tag, "margin", 6, "no-show-all", TRUE, NULL);
  gtk_overlay_add_overlay (overlay, tag);
  gtk_overlay_set_overlay_pass_through (overlay, tag, TRUE);
  view->before = tag;
}

static GtkWidget *
make_window (DotZoomView *view)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *window  = gtk_scrolled_window_new (NULL, NULL);

  view->canvas = dot_zoom_canvas_new ();
  gtk_widget_add_events (view->canvas, GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK);
  gtk_widget_set_tooltip_text (view->canvas,
                               _ ("Hold to see the picture before refinement (B); zoom with "
                                  "Ctrl and the wheel (+, −, 0)"));
  g_signal_connect_swapped (view->canvas, "scroll-event", G_CALLBACK (scrolled), view);
  dot_compare_gesture_add (view->canvas, view->gallery);

  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (window), GTK_SHADOW_IN);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (window), SMALLEST);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (window), SMALLEST);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_container_add (GTK_CONTAINER (window), view->canvas);
  gtk_container_add (GTK_CONTAINER (overlay), window);
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_widget_set_hexpand (overlay, TRUE);
  add_tag (view, GTK_OVERLAY (overlay));
  return overlay;
}

/*  the class  */

static void
dot_zoom_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DotZoomView *view = DOT_ZOOM_VIEW (object);

  if (id == PROP_ZOOM)
    dot_zoom_view_set_zoom (view, g_value_get_uint (value));
  else if (id == PROP_SMOOTH)
    dot_zoom_view_set_smooth (view, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dot_zoom_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DotZoomView *view = DOT_ZOOM_VIEW (object);

  if (id == PROP_ZOOM)
    g_value_set_uint (value, view->zoom);
  else if (id == PROP_SMOOTH)
    g_value_set_boolean (value, view->smooth);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dot_zoom_view_dispose (GObject *object)
{
  g_clear_object (&DOT_ZOOM_VIEW (object)->gallery);

  G_OBJECT_CLASS (dot_zoom_view_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  GSignalFlags flags = G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION;

  /* What keys do; a theme can bind others. */
  signals[STEP] = g_signal_new_class_handler ("step", DOT_TYPE_ZOOM_VIEW, flags,
                                              G_CALLBACK (dot_zoom_view_step), NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, G_TYPE_INT);
  signals[FIT]  = g_signal_new_class_handler ("fit", DOT_TYPE_ZOOM_VIEW, flags, G_CALLBACK (fit),
                                              NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOGGLE_SMOOTH] = g_signal_new_class_handler ("toggle-smooth", DOT_TYPE_ZOOM_VIEW, flags,
                                                       G_CALLBACK (toggle_smooth), NULL, NULL, NULL,
                                                       G_TYPE_NONE, 0);
}

static void
dot_zoom_view_class_init (DotZoomViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags        = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = dot_zoom_view_set_property;
  object_class->get_property = dot_zoom_view_get_property;
  object_class->dispose      = dot_zoom_view_dispose;

  /**
   * DotZoomView:zoom:
   *
   * How many times as large as it is, or 0 for as large as fits.
   */
  g_object_class_install_property (object_class, PROP_ZOOM,
                                   g_param_spec_uint ("zoom", NULL, NULL, 0, 8, 0, flags));

  /**
   * DotZoomView:smooth:
   *
   * Whether pixels blend into each other.
   */
  g_object_class_install_property (object_class, PROP_SMOOTH,
                                   g_param_spec_boolean ("smooth", NULL, NULL, FALSE, flags));

  install_signals ();
  bind_keys (gtk_binding_set_by_class (klass));
}

static void
dot_zoom_view_init (DotZoomView *view)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
}

/**
 * dot_zoom_view_new:
 * @gallery: whose candidate to show
 *
 * Returns: the view
 */
GtkWidget *
dot_zoom_view_new (DotGallery *gallery)
{
  DotZoomView *view = g_object_new (DOT_TYPE_ZOOM_VIEW, NULL);

  view->gallery = g_object_ref (gallery);
  gtk_container_add (GTK_CONTAINER (view), make_window (view));
  gtk_widget_show_all (GTK_WIDGET (view));

  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), view, G_CONNECT_SWAPPED);
  update (view, DOT_GALLERY_CLEARED);
  return GTK_WIDGET (view);
}

/**
 * dot_zoom_view_get_canvas:
 *
 * Returns: (transfer none): the #DotZoomCanvas
 */
GtkWidget *
dot_zoom_view_get_canvas (DotZoomView *view)
{
  return view->canvas;
}
