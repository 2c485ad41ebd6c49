/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One picture of a film: how it looks, whichever it is.  Thumbnails are made
 * when they are drawn first, and kept. */

#include "config.h"

#include "film-frame.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "widgets/paint.h"
#include "widgets/small-text.h"

#define PICTURE 64
#define PADDING 6
#define BADGE   8.0

struct _DotFilmFrame
{
  GtkWidget *widget;
  GPtrArray *thumbnails;
  int        factor;
  int        width;
};

static void
free_thumbnail (gpointer data)
{
  if (data)
    cairo_surface_destroy (data);
}

/**
 * dot_film_frame_new:
 * @widget: what it is drawn in, which lives longer
 *
 * Returns: (transfer full): what draws pictures of a film
 */
DotFilmFrame *
dot_film_frame_new (GtkWidget *widget)
{
  DotFilmFrame *frame = g_new0 (DotFilmFrame, 1);

  frame->widget     = widget;
  frame->thumbnails = g_ptr_array_new_with_free_func (free_thumbnail);
  frame->width      = PICTURE;
  return frame;
}

void
dot_film_frame_free (DotFilmFrame *frame)
{
  g_ptr_array_unref (frame->thumbnails);
  g_free (frame);
}

/**
 * dot_film_frame_forget:
 *
 * From now on it is about other pictures.
 */
void
dot_film_frame_forget (DotFilmFrame *frame)
{
  g_ptr_array_set_size (frame->thumbnails, 0);
}

/*  how large it is  */

static int
measure (DotFilmFrame *frame, const char *text)
{
  g_autoptr (PangoLayout) layout = dot_small_text_new (frame->widget, text);

  return dot_small_text_get_width (layout);
}

/* After how many updates. */
static char *
format_update (guint update)
{
  return update > 0 ? g_strdup_printf ("\u200e%u", update) : g_strdup (_ ("Before"));
}

/* The longest are those at the ends. */
static int
measure_texts (DotFilmFrame *frame, DotGallery *gallery)
{
  g_autofree char *first = format_update (0);
  g_autofree char *last  = format_update (dot_gallery_get_n_updates (gallery));

  return MAX (measure (frame, first), measure (frame, last));
}

/**
 * dot_film_frame_fit:
 * @gallery: whose updates there has to be room for
 *
 * Returns: whether it is as wide as before
 */
gboolean
dot_film_frame_fit (DotFilmFrame *frame, DotGallery *gallery)
{
  int width = frame->width;

  frame->width = MAX (PICTURE, measure_texts (frame, gallery));
  return frame->width == width;
}

int
dot_film_frame_get_width (DotFilmFrame *frame)
{
  return frame->width + 2 * PADDING;
}

/* Where the picture begins. */
static int
get_left (DotFilmFrame *frame)
{
  return PADDING + (frame->width - PICTURE) / 2;
}

int
dot_film_frame_get_height (DotFilmFrame *frame)
{
  return PADDING + PICTURE + 2 + dot_small_text_get_height (frame->widget) + PADDING / 2;
}

/*  the picture  */

/* Of the screen's pixels, in the middle of a square. */
static cairo_surface_t *
make_thumbnail (DotFilmFrame *frame, GdkPixbuf *pixbuf)
{
  GdkWindow       *window  = gtk_widget_get_window (frame->widget);
  double           w       = gdk_pixbuf_get_width (pixbuf);
  double           h       = gdk_pixbuf_get_height (pixbuf);
  double           scale   = dot_paint_fit (pixbuf, PICTURE, PICTURE);
  cairo_surface_t *picture = NULL;
  cairo_surface_t *square  = NULL;
  cairo_t         *cr      = NULL;

  square  = gdk_window_create_similar_surface (window, CAIRO_CONTENT_COLOR_ALPHA, PICTURE, PICTURE);
  picture = gdk_cairo_surface_create_from_pixbuf (pixbuf, 1, window);
  cr      = cairo_create (square);
  cairo_translate (cr, dot_paint_round (frame->widget, (PICTURE - scale * w) / 2.0),
                   dot_paint_round (frame->widget, (PICTURE - scale * h) / 2.0));
  dot_paint_surface (frame->widget, cr, picture, DOT_PAINT_SHARP, w, h, scale);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
  return square;
}

static cairo_surface_t *
get_thumbnail (DotFilmFrame *frame, DotGallery *gallery, guint candidate, guint position)
{
  GPtrArray *thumbnails = frame->thumbnails;
  int        factor     = gtk_widget_get_scale_factor (frame->widget);

  if (factor != frame->factor)
    dot_film_frame_forget (frame);
  frame->factor = factor;

  if (position >= thumbnails->len)
    g_ptr_array_set_size (thumbnails, position + 1);
  if (! thumbnails->pdata[position])
    thumbnails->pdata[position] = make_thumbnail (frame,
                                                  dot_gallery_get_picture (gallery, candidate,
                                                                           position));
  return thumbnails->pdata[position];
}

/*  the badge  */

/**
 * dot_film_frame_is_on_badge:
 * @x: in the frame
 * @y: in the frame
 *
 * Returns: whether a click there is for the mark
 */
gboolean
dot_film_frame_is_on_badge (DotFilmFrame *frame, double x, double y)
{
  double dx = x - (get_left (frame) + PICTURE - BADGE - 2.0);
  double dy = y - (PADDING + BADGE + 2.0);

  return hypot (dx, dy) <= BADGE + 3.0;
}

static void
set_named_color (GtkStyleContext *context, cairo_t *cr, const char *name, const char *fallback)
{
  GdkRGBA color;

  if (! gtk_style_context_lookup_color (context, name, &color))
    gdk_rgba_parse (&color, fallback);
  gdk_cairo_set_source_rgba (cr, &color);
}

static void
draw_tick (cairo_t *cr)
{
  cairo_move_to (cr, -3.5, 0.5);
  cairo_line_to (cr, -1.0, 3.0);
  cairo_line_to (cr, 3.5, -2.5);
  cairo_set_line_width (cr, 2.0);
  cairo_stroke (cr);
}

/* A ring on every picture, filled and with a tick where it is marked: what can
 * be clicked is seen, and no mark is but a colour. */
static void
draw_badge (DotFilmFrame *frame, cairo_t *cr, gboolean marked)
{
  GtkStyleContext *context = gtk_widget_get_style_context (frame->widget);

  cairo_save (cr);
  cairo_translate (cr, get_left (frame) + PICTURE - BADGE - 2.0, PADDING + BADGE + 2.0);
  cairo_new_path (cr);
  cairo_arc (cr, 0.0, 0.0, marked ? BADGE : BADGE - 2.0, 0.0, 2.0 * G_PI);
  if (marked)
    set_named_color (context, cr, "theme_selected_bg_color", "#3584e4");
  else
    cairo_set_source_rgba (cr, 0.0, 0.0, 0.0, 0.3);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 1.0, 1.0, 1.0, marked ? 1.0 : 0.75);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  if (marked)
    {
      set_named_color (context, cr, "theme_selected_fg_color", "#ffffff");
      draw_tick (cr);
    }
  cairo_restore (cr);
}

/*  the whole  */

static void
draw_update (DotFilmFrame *frame, cairo_t *cr, guint update)
{
  g_autofree char *text          = format_update (update);
  g_autoptr (PangoLayout) layout = dot_small_text_new (frame->widget, text);
  int width                      = dot_small_text_get_width (layout);

  gtk_render_layout (gtk_widget_get_style_context (frame->widget), cr,
                     PADDING + (frame->width - width) / 2, PADDING + PICTURE + 2, layout);
}

static void
draw_ground (DotFilmFrame *frame, cairo_t *cr)
{
  GtkStyleContext *context = gtk_widget_get_style_context (frame->widget);
  int              width   = dot_film_frame_get_width (frame);
  int              height  = gtk_widget_get_allocated_height (frame->widget);

  gtk_render_background (context, cr, 0.0, 0.0, width, height);
  gtk_render_frame (context, cr, 0.0, 0.0, width, height);
  if (gtk_widget_has_visible_focus (frame->widget))
    gtk_render_focus (context, cr, 1.0, 1.0, width - 2, height - 2);
}

/**
 * dot_film_frame_draw:
 * @candidate: whose picture
 * @position: after which update
 * @state: what is told of it
 *
 * Draws it with its corner at @cr's origin.
 */
void
dot_film_frame_draw (DotFilmFrame *frame,
                     cairo_t      *cr,
                     DotGallery   *gallery,
                     guint         candidate,
                     guint         position,
                     DotFilmState  state)
{
  GtkStyleContext *context = gtk_widget_get_style_context (frame->widget);
  GtkStateFlags    flags   = gtk_style_context_get_state (context);

  gtk_style_context_save (context);
  if (state & DOT_FILM_SHOWN)
    {
      gtk_style_context_set_state (context, flags | GTK_STATE_FLAG_SELECTED);
      draw_ground (frame, cr);
    }
  draw_update (frame, cr, dot_gallery_get_update (gallery, position));
  gtk_style_context_restore (context);

  cairo_set_source_surface (cr, get_thumbnail (frame, gallery, candidate, position),
                            get_left (frame), PADDING);
  cairo_paint (cr);
  draw_badge (frame, cr, state & DOT_FILM_MARKED);
}
