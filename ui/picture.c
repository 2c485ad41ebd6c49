/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "picture.h"

/**
 * DotPicture:
 *
 * A small picture, as large as there is room for: its pixels stay squares with
 * hard edges, on any screen.
 */

#define SMALLEST 64

struct _DotPicture
{
  GtkDrawingArea  parent_instance;

  GdkPixbuf      *pixbuf;
};

G_DEFINE_FINAL_TYPE (DotPicture, dot_picture, GTK_TYPE_DRAWING_AREA)

/*  The pixbuf's size in the middle of the widget's, times what makes it fit.
 */
static void
place (DotPicture *picture,
       cairo_t    *cr)
{
  GtkWidget *widget = GTK_WIDGET (picture);
  double     width  = gtk_widget_get_allocated_width (widget);
  double     height = gtk_widget_get_allocated_height (widget);
  double     w      = gdk_pixbuf_get_width (picture->pixbuf);
  double     h      = gdk_pixbuf_get_height (picture->pixbuf);
  double     scale  = MIN (width / w, height / h);

  cairo_translate (cr, (width - scale * w) / 2.0, (height - scale * h) / 2.0);
  cairo_scale (cr, scale, scale);
}

static gboolean
dot_picture_draw (GtkWidget *widget,
                  cairo_t   *cr)
{
  DotPicture *picture = DOT_PICTURE (widget);

  if (! picture->pixbuf)
    return FALSE;

  place (picture, cr);
  gdk_cairo_set_source_pixbuf (cr, picture->pixbuf, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);

  return FALSE;
}

static void
dot_picture_dispose (GObject *object)
{
  g_clear_object (&DOT_PICTURE (object)->pixbuf);

  G_OBJECT_CLASS (dot_picture_parent_class)->dispose (object);
}

static void
dot_picture_class_init (DotPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_picture_dispose;
  GTK_WIDGET_CLASS (klass)->draw  = dot_picture_draw;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass),
                                        ATK_ROLE_IMAGE);
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
dot_picture_set_pixbuf (DotPicture *picture,
                        GdkPixbuf  *pixbuf)
{
  g_return_if_fail (DOT_IS_PICTURE (picture));

  if (g_set_object (&picture->pixbuf, pixbuf))
    gtk_widget_queue_draw (GTK_WIDGET (picture));
}
