/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "picture.h"

#include "paint.h"

/**
 * DotPicture:
 *
 * A small picture, as large as there is room for, crisp on any screen.
 */

#define SMALLEST 32

struct _DotPicture
{
  GtkDrawingArea parent_instance;

  GdkPixbuf       *pixbuf;
  cairo_surface_t *surface;
};

G_DEFINE_FINAL_TYPE (DotPicture, dot_picture, GTK_TYPE_DRAWING_AREA)

static gboolean
dot_picture_draw (GtkWidget *widget, cairo_t *cr)
{
  DotPicture *picture = DOT_PICTURE (widget);
  double      width   = gtk_widget_get_allocated_width (widget);
  double      height  = gtk_widget_get_allocated_height (widget);
  double      w, h, scale;

  if (! picture->pixbuf)
    return FALSE;

  if (! picture->surface)
    picture->surface = gdk_cairo_surface_create_from_pixbuf (picture->pixbuf, 1,
                                                             gtk_widget_get_window (widget));
  w     = gdk_pixbuf_get_width (picture->pixbuf);
  h     = gdk_pixbuf_get_height (picture->pixbuf);
  scale = dot_paint_fit (picture->pixbuf, width, height);
  cairo_translate (cr, dot_paint_round (widget, (width - scale * w) / 2.0),
                   dot_paint_round (widget, (height - scale * h) / 2.0));
  dot_paint_surface (widget, cr, picture->surface, DOT_PAINT_SHARP, w, h, scale);
  return FALSE;
}

static void
forget_surface (DotPicture *picture)
{
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
}

static void
dot_picture_dispose (GObject *object)
{
  forget_surface (DOT_PICTURE (object));
  g_clear_object (&DOT_PICTURE (object)->pixbuf);

  G_OBJECT_CLASS (dot_picture_parent_class)->dispose (object);
}

static void
dot_picture_class_init (DotPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_picture_dispose;
  GTK_WIDGET_CLASS (klass)->draw  = dot_picture_draw;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), ATK_ROLE_IMAGE);
}

static void
dot_picture_init (DotPicture *picture)
{
  gtk_widget_set_size_request (GTK_WIDGET (picture), SMALLEST, SMALLEST);
}

/**
 * dot_picture_new:
 *
 * Returns: a widget that shows nothing yet
 */
GtkWidget *
dot_picture_new (void)
{
  return g_object_new (DOT_TYPE_PICTURE, NULL);
}

/**
 * dot_picture_set_pixbuf:
 * @pixbuf: (nullable): what to show
 */
void
dot_picture_set_pixbuf (DotPicture *picture, GdkPixbuf *pixbuf)
{
  g_return_if_fail (DOT_IS_PICTURE (picture));

  if (! g_set_object (&picture->pixbuf, pixbuf))
    return;

  forget_surface (picture);
  gtk_widget_queue_draw (GTK_WIDGET (picture));
}
