/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "picture-room.h"

/**
 * DotPictureRoom:
 *
 * Candidates, and beside them the one that is looked at: a square as large as
 * the room is high, unless the candidates would have less than a third of its
 * width.  In a room that is higher than wide they are one above the other.
 * Where there is but one candidate the picture has all of the room.
 */

#define GAP 12

struct _DotPictureRoom
{
  GtkContainer parent_instance;

  GtkWidget *candidates;
  GtkWidget *large;
};

G_DEFINE_FINAL_TYPE (DotPictureRoom, dot_picture_room, GTK_TYPE_CONTAINER)

/*  how large it is  */

static gboolean
has_two (DotPictureRoom *room)
{
  return room->candidates && gtk_widget_get_visible (room->candidates);
}

/* Either way they may lie, there has to be room. */
static void
dot_picture_room_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  DotPictureRoom *room = DOT_PICTURE_ROOM (widget);
  int             least, wanted;

  gtk_widget_get_preferred_width (room->large, minimum, natural);
  if (! has_two (room))
    return;

  gtk_widget_get_preferred_width (room->candidates, &least, &wanted);
  *minimum = MAX (*minimum, least);
  *natural += GAP + wanted;
}

static void
dot_picture_room_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  DotPictureRoom *room = DOT_PICTURE_ROOM (widget);
  int             least, wanted;

  gtk_widget_get_preferred_height (room->large, minimum, natural);
  if (! has_two (room))
    return;

  gtk_widget_get_preferred_height (room->candidates, &least, &wanted);
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, wanted);
}

static int
get_least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_get_preferred_width (widget, &least, NULL);
  return least;
}

/* Whether one can be beside the other in so much room. */
static gboolean
is_wide (DotPictureRoom *room, int width, int height)
{
  return width >= height &&
         width >= get_least_width (room->candidates) + GAP + get_least_width (room->large);
}

static void
dot_picture_room_get_preferred_height_for_width (GtkWidget *widget,
                                                 int        width,
                                                 int       *minimum,
                                                 int       *natural)
{
  DotPictureRoom *room = DOT_PICTURE_ROOM (widget);
  int             least, wanted;

  dot_picture_room_get_preferred_height (widget, minimum, natural);
  if (! has_two (room) || is_wide (room, width, *minimum))
    return;

  gtk_widget_get_preferred_height (room->large, minimum, natural);
  gtk_widget_get_preferred_height (room->candidates, &least, &wanted);
  *minimum += GAP + least;
  *natural += GAP + wanted;
}

static GtkSizeRequestMode
dot_picture_room_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/*  where they are  */

static void
allocate_beside (DotPictureRoom *room, const GtkAllocation *whole)
{
  gboolean      rtl    = gtk_widget_get_direction (GTK_WIDGET (room)) == GTK_TEXT_DIR_RTL;
  int           most   = whole->width - GAP - get_least_width (room->candidates);
  int           large  = CLAMP (whole->height, whole->width / 2, whole->width * 2 / 3);
  GtkAllocation first  = *whole;
  GtkAllocation second = *whole;

  second.width = CLAMP (large, get_least_width (room->large), most);
  first.width  = whole->width - GAP - second.width;
  if (rtl)
    first.x += second.width + GAP;
  else
    second.x += first.width + GAP;
  gtk_widget_size_allocate (room->candidates, &first);
  gtk_widget_size_allocate (room->large, &second);
}

static void
allocate_below (DotPictureRoom *room, const GtkAllocation *whole)
{
  GtkAllocation first  = *whole;
  GtkAllocation second = *whole;
  int           least, most;

  gtk_widget_get_preferred_height (room->large, &most, NULL);
  gtk_widget_get_preferred_height (room->candidates, &least, NULL);
  most          = whole->height - GAP - most;
  first.height  = MAX (MIN (MAX (whole->height * 2 / 5, least), most), 1);
  second.height = MAX (whole->height - GAP - first.height, 1);
  second.y += first.height + GAP;
  gtk_widget_size_allocate (room->candidates, &first);
  gtk_widget_size_allocate (room->large, &second);
}

static void
dot_picture_room_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  DotPictureRoom *room = DOT_PICTURE_ROOM (widget);

  gtk_widget_set_allocation (widget, allocation);
  if (! has_two (room))
    gtk_widget_size_allocate (room->large, allocation);
  else if (is_wide (room, allocation->width, allocation->height))
    allocate_beside (room, allocation);
  else
    allocate_below (room, allocation);
}

/*  the class  */

static void
dot_picture_room_forall (GtkContainer *container,
                         gboolean      internals,
                         GtkCallback   func,
                         gpointer      data)
{
  DotPictureRoom *room = DOT_PICTURE_ROOM (container);

  if (room->candidates)
    func (room->candidates, data);
  if (room->large)
    func (room->large, data);
}

static void
dot_picture_room_remove (GtkContainer *container, GtkWidget *child)
{
  DotPictureRoom *room = DOT_PICTURE_ROOM (container);

  gtk_widget_unparent (child);
  if (child == room->candidates)
    room->candidates = NULL;
  else
    room->large = NULL;
}

static void
dot_picture_room_class_init (DotPictureRoomClass *klass)
{
  GtkWidgetClass    *widget_class    = GTK_WIDGET_CLASS (klass);
  GtkContainerClass *container_class = GTK_CONTAINER_CLASS (klass);

  widget_class->get_request_mode               = dot_picture_room_get_request_mode;
  widget_class->get_preferred_width            = dot_picture_room_get_preferred_width;
  widget_class->get_preferred_height           = dot_picture_room_get_preferred_height;
  widget_class->get_preferred_height_for_width = dot_picture_room_get_preferred_height_for_width;
  widget_class->size_allocate                  = dot_picture_room_size_allocate;
  container_class->forall                      = dot_picture_room_forall;
  container_class->remove                      = dot_picture_room_remove;
}

static void
dot_picture_room_init (DotPictureRoom *room)
{
  gtk_widget_set_has_window (GTK_WIDGET (room), FALSE);
}

/**
 * dot_picture_room_new:
 * @candidates: hidden where there is but one
 * @large: the one that is looked at
 *
 * Returns: what shares its room between them
 */
GtkWidget *
dot_picture_room_new (GtkWidget *candidates, GtkWidget *large)
{
  DotPictureRoom *room = g_object_new (DOT_TYPE_PICTURE_ROOM, NULL);

  room->candidates = candidates;
  room->large      = large;
  gtk_widget_set_parent (candidates, GTK_WIDGET (room));
  gtk_widget_set_parent (large, GTK_WIDGET (room));
  return GTK_WIDGET (room);
}
