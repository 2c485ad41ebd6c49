/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a person does with a widget: events go to GTK as if they came from the
 * screen, so that no pointer moves and no window manager is needed. */

#include "person.h"

#include <string.h>

/* A window with @widget in it, with the focus. */
GtkWidget *
person_open (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_container_add (GTK_CONTAINER (window), widget);
  gtk_widget_show_all (window);
  person_settle ();
  /* no window manager does it */
  gdk_window_focus (gtk_widget_get_window (window), GDK_CURRENT_TIME);
  for (guint i = 0; i < 50 && ! gtk_window_is_active (GTK_WINDOW (window)); i++)
    person_settle ();
  g_assert_true (gtk_window_is_active (GTK_WINDOW (window)));
  return window;
}

typedef struct
{
  GType       type;
  const char *name;
  GtkWidget  *found;
} Search;

static const char *
get_name (GtkWidget *widget)
{
  return atk_object_get_name (gtk_widget_get_accessible (widget));
}

static void
look_for (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (! search->found && G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type) &&
      (! search->name || g_strcmp0 (get_name (widget), search->name) == 0))
    search->found = widget;
  if (! search->found && GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), look_for, search);
}

/* The first of that type, itself or inside; or NULL. */
GtkWidget *
person_find (GtkWidget *widget, GType type)
{
  Search search = { type, NULL, NULL };

  look_for (widget, &search);
  return search.found;
}

/* The first whose name, what those hear who can't see it, is that, too. */
GtkWidget *
person_find_named (GtkWidget *widget, GType type, const char *name)
{
  Search search = { type, name, NULL };

  look_for (widget, &search);
  if (! search.found)
    g_test_message ("There is no “%s”.", name);
  g_assert_nonnull (search.found);
  return search.found;
}

/* GTK 3 takes the accessible of a link in a label apart while it is read, which
 * ends the program: links are buttons. */
void
person_check_label (GtkLabel *label)
{
  if (gtk_label_get_use_markup (label))
    g_assert_null (strstr (gtk_label_get_label (label), "<a "));
}

static void
check_name (GtkWidget *widget, gpointer data)
{
  const char *name = get_name (widget);

  if (GTK_IS_LABEL (widget))
    person_check_label (GTK_LABEL (widget));

  if (GTK_IS_COMBO_BOX (widget) ||
      (gtk_widget_get_can_focus (widget) && gtk_widget_is_visible (widget) &&
       ! GTK_IS_ENTRY (widget) && ! GTK_IS_SCROLLED_WINDOW (widget)))
    {
      ++*(guint *) data;
      if (! name || ! *name)
        g_test_message ("A %s has no name", G_OBJECT_TYPE_NAME (widget));
      g_assert_true (name && *name);
    }
  if (GTK_IS_CONTAINER (widget) && ! GTK_IS_COMBO_BOX (widget))
    gtk_container_forall (GTK_CONTAINER (widget), check_name, data);
}

/* All that can be used has a name, but for entries, which have their labels',
 * and no label has a link.  Says how many names there are. */
guint
person_check_names (GtkWidget *widget)
{
  guint n = 0;

  check_name (widget, &n);
  return n;
}

static gboolean
end_wait (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
person_wait (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, end_wait, &over);
  while (! over)
    gtk_main_iteration ();
}

/* Until sizes are known and all is drawn. */
void
person_settle (void)
{
  person_wait (120);
  while (gtk_events_pending ())
    gtk_main_iteration ();
}

static void
send (GtkWidget *widget, GdkEvent *event, gboolean keyboard)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));

  gdk_event_set_device (event,
                        keyboard ? gdk_seat_get_keyboard (seat) : gdk_seat_get_pointer (seat));
  gtk_main_do_event (event);
  gdk_event_free (event);
}

/* GTK looks for a key's meanings by where it is on the keyboard. */
static void
set_code (GtkWidget *widget, GdkEventKey *event)
{
  GdkKeymap               *keymap = gdk_keymap_get_for_display (gtk_widget_get_display (widget));
  g_autofree GdkKeymapKey *keys   = NULL;
  int                      n;

  g_assert_true (gdk_keymap_get_entries_for_keyval (keymap, event->keyval, &keys, &n));
  event->hardware_keycode = keys[0].keycode;
  event->group            = keys[0].group;
  if (keys[0].level == 1)
    event->state |= GDK_SHIFT_MASK;
}

/* @widget: what has the focus, or its window */
void
person_key (GtkWidget *widget, GdkEventType type, guint keyval, GdkModifierType state)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);
  GdkEvent  *event  = gdk_event_new (type);

  event->key.window = g_object_ref (gtk_widget_get_window (window));
  event->key.time   = GDK_CURRENT_TIME;
  event->key.state  = state;
  event->key.keyval = keyval;
  set_code (widget, &event->key);
  send (widget, event, TRUE);
}

void
person_type (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  person_key (widget, GDK_KEY_PRESS, keyval, state);
  person_key (widget, GDK_KEY_RELEASE, keyval, state);
}

/* A button has a window that isn't seen before its parent's, for the pointer. */
static GdkWindow *
get_window (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) ? gtk_button_get_event_window (GTK_BUTTON (widget))
                                : gtk_widget_get_window (widget);
}

/* Another widget may be a part of its parent's window. */
static void
find_place (GtkWidget *widget, double *x, double *y)
{
  GtkAllocation allocation;

  if (gtk_widget_get_has_window (widget) || GTK_IS_BUTTON (widget))
    return;

  gtk_widget_get_allocation (widget, &allocation);
  *x += allocation.x;
  *y += allocation.y;
}

static void
send_button (GtkWidget *widget, GdkEventType type, double x, double y, GdkModifierType state)
{
  GdkEvent *event = gdk_event_new (type);

  find_place (widget, &x, &y);
  event->button.window = g_object_ref (get_window (widget));
  event->button.time   = GDK_CURRENT_TIME;
  event->button.x      = x;
  event->button.y      = y;
  event->button.state  = state;
  event->button.button = GDK_BUTTON_PRIMARY;
  send (widget, event, FALSE);
}

/* Places are in @widget. */
void
person_press (GtkWidget *widget, double x, double y, GdkModifierType state)
{
  send_button (widget, GDK_BUTTON_PRESS, x, y, state);
}

void
person_release (GtkWidget *widget, double x, double y, GdkModifierType state)
{
  send_button (widget, GDK_BUTTON_RELEASE, x, y, state | GDK_BUTTON1_MASK);
}

void
person_move (GtkWidget *widget, double x, double y)
{
  GdkEvent *event = gdk_event_new (GDK_MOTION_NOTIFY);

  find_place (widget, &x, &y);
  event->motion.window = g_object_ref (gtk_widget_get_window (widget));
  event->motion.time   = GDK_CURRENT_TIME;
  event->motion.x      = x;
  event->motion.y      = y;
  event->motion.state  = GDK_BUTTON1_MASK;
  send (widget, event, FALSE);
}

void
person_click (GtkWidget *widget, double x, double y, GdkModifierType state)
{
  person_press (widget, x, y, state);
  person_release (widget, x, y, state);
}

void
person_scroll (GtkWidget         *widget,
               GdkScrollDirection direction,
               double             x,
               double             y,
               GdkModifierType    state)
{
  GdkEvent *event = gdk_event_new (GDK_SCROLL);

  find_place (widget, &x, &y);
  event->scroll.window    = g_object_ref (gtk_widget_get_window (widget));
  event->scroll.time      = GDK_CURRENT_TIME;
  event->scroll.x         = x;
  event->scroll.y         = y;
  event->scroll.state     = state;
  event->scroll.direction = direction;
  send (widget, event, FALSE);
}
