/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "history-view.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

#include "history-row.h"
#include "widgets/message-bar.h"
#include "widgets/question.h"

/**
 * DotHistoryView:
 *
 * The runs of the past, newest first; those that are looked for, or those with
 * a star.  Enter, a double click and the button restore one, Delete and another
 * button remove it.
 */

#define MIN_HEIGHT 100

/* Of what is looked for so many letters can be read. */
#define SEARCH_CHARS 8

struct _DotHistoryView
{
  GtkBox parent_instance;

  DotHistory *history;
  GHashTable *titles;
  GtkWidget  *search;
  GtkWidget  *stars;
  GtkWidget  *list;
  GtkWidget  *placeholder;
  GtkWidget  *clear;
  GtkWidget  *message;
};

G_DEFINE_FINAL_TYPE (DotHistoryView, dot_history_view, GTK_TYPE_BOX)

enum
{
  RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_message (DotHistoryView *view, const GError *error)
{
  dot_message_bar_set (DOT_MESSAGE_BAR (view->message), error ? error->message : NULL);
}

/*  one run  */

static void
restore_row (DotHistoryView *view, DotHistoryRow *row)
{
  g_signal_emit (view, signals[RESTORE], 0, dot_history_row_get_entry (row));
}

/* Returns: (nullable): the first row that is seen from @index on, or before it */
static GtkListBoxRow *
find_seen (DotHistoryView *view, int index, int step)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (view->list), index)) &&
         ! gtk_widget_get_child_visible (GTK_WIDGET (row)))
    index += step;
  return row;
}

/* Who goes through the list by keys stays in it. */
static void
select_row (DotHistoryView *view, int index)
{
  GtkListBox    *list = GTK_LIST_BOX (view->list);
  GtkListBoxRow *row  = find_seen (view, index, 1);

  if (! row && index > 0)
    row = find_seen (view, index - 1, -1);
  if (! row)
    return;

  gtk_list_box_select_row (list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The list is filled anew, and the row is gone, when the run is. */
static void
remove_row (DotHistoryView *view, DotHistoryRow *row)
{
  g_autoptr (DotHistoryEntry) entry = g_object_ref (dot_history_row_get_entry (row));
  g_autoptr (GError) error          = NULL;
  int index                         = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (dot_history_remove (view->history, entry, &error))
    select_row (view, index);
  show_message (view, error);
}

/*  which are seen  */

static gboolean
is_seen (GtkListBoxRow *row, gpointer data)
{
  DotHistoryView *view  = data;
  DotHistoryRow  *shown = DOT_HISTORY_ROW (row);

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (view->stars)) &&
      ! dot_history_row_is_starred (shown))
    return FALSE;
  return dot_history_row_matches (shown, gtk_entry_get_text (GTK_ENTRY (view->search)));
}

static void
filter (DotHistoryView *view)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (view->list));
}

/* There is something to clear where a run has no star. */
static void
show_clear (DotHistoryView *view)
{
  GtkListBox    *list = GTK_LIST_BOX (view->list);
  GtkListBoxRow *row;
  gboolean       any = FALSE;

  for (int i = 0; ! any && (row = gtk_list_box_get_row_at_index (list, i)); i++)
    any = ! dot_history_row_is_starred (DOT_HISTORY_ROW (row));
  gtk_widget_set_sensitive (view->clear, any);
}

static void
star_row (DotHistoryView *view, gboolean starred, DotHistoryRow *row)
{
  g_autoptr (GError) error = NULL;

  dot_history_set_starred (view->history, dot_history_row_get_entry (row), starred, &error);
  show_message (view, error);
  show_clear (view);
  filter (view);
}

/* Enter would go to the window, whose default button it presses. */
static gboolean
key_pressed (DotHistoryView *view, GdkEventKey *event)
{
  /* the row that has the focus, or whose button has it */
  GtkWidget *row = gtk_container_get_focus_child (GTK_CONTAINER (view->list));

  if (! row)
    return GDK_EVENT_PROPAGATE;

  switch (event->keyval)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      remove_row (view, DOT_HISTORY_ROW (row));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (! gtk_widget_is_focus (row))
        return GDK_EVENT_PROPAGATE;
      restore_row (view, DOT_HISTORY_ROW (row));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/*  all runs  */

/* Returns: (transfer full) (nullable): which run is selected */
static char *
get_selected (DotHistoryView *view)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (view->list));

  return row
           ? g_strdup (dot_history_entry_get_id (dot_history_row_get_entry (DOT_HISTORY_ROW (row))))
           : NULL;
}

/* Returns: (nullable): what the model is called that painted; its id where it
 * isn't here any more */
static const char *
get_title (DotHistoryView *view, DotHistoryEntry *entry)
{
  const char *id             = dot_history_entry_get_model (entry);
  g_autoptr (DotModel) model = NULL;

  if (! id || g_hash_table_contains (view->titles, id))
    return id ? g_hash_table_lookup (view->titles, id) : NULL;

  model = dot_model_find (id, NULL);
  g_hash_table_insert (view->titles, g_strdup (id),
                       g_strdup (model ? dot_model_get_title (model) : id));
  return g_hash_table_lookup (view->titles, id);
}

static void
add_row (DotHistoryView *view, DotHistoryEntry *entry, const char *selected)
{
  GtkWidget *row = dot_history_row_new (entry, get_title (view, entry));

  g_signal_connect_object (row, "restore", G_CALLBACK (restore_row), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "star", G_CALLBACK (star_row), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "discard", G_CALLBACK (remove_row), view, G_CONNECT_SWAPPED);
  gtk_container_add (GTK_CONTAINER (view->list), row);
  if (g_strcmp0 (dot_history_entry_get_id (entry), selected) == 0)
    gtk_list_box_select_row (GTK_LIST_BOX (view->list), GTK_LIST_BOX_ROW (row));
}

static void
clear_clicked (DotHistoryView *view)
{
  g_autoptr (GError) error = NULL;

  if (! dot_question_ask (GTK_WIDGET (view), _ ("Remove all runs from the history?"),
                          _ ("They can't be brought back. Those with a star stay, and so do layers "
                             "and files."),
                          _ ("_Remove All")))
    return;

  dot_history_clear (view->history, &error);
  show_message (view, error);
}

/*  what is in the view  */

/* Escape takes back what is looked for; where that is nothing it closes the
 * window, as everywhere. */
static void
stop_search (DotHistoryView *view)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (view));
  GtkEntry  *search = GTK_ENTRY (view->search);

  if (gtk_entry_get_text_length (search) > 0)
    gtk_entry_set_text (search, "");
  else if (GTK_IS_DIALOG (window))
    g_signal_emit_by_name (window, "close");
}

static GtkWidget *
make_search (DotHistoryView *view)
{
  GtkWidget *search = gtk_search_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (search), _ ("Search"));
  gtk_entry_set_width_chars (GTK_ENTRY (search), SEARCH_CHARS);
  gtk_widget_set_tooltip_text (search, _ ("Class, seed or model of a run"));
  atk_object_set_name (gtk_widget_get_accessible (search), _ ("Search"));
  gtk_widget_set_hexpand (search, TRUE);
  g_signal_connect_object (search, "changed", G_CALLBACK (filter), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "stop-search", G_CALLBACK (stop_search), view,
                           G_CONNECT_SWAPPED);
  return search;
}

static GtkWidget *
make_stars (DotHistoryView *view)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_image (GTK_BUTTON (button),
                        gtk_image_new_from_icon_name ("starred-symbolic", GTK_ICON_SIZE_BUTTON));
  gtk_widget_set_tooltip_text (button, _ ("Only runs with a star"));
  atk_object_set_name (gtk_widget_get_accessible (button), _ ("Only runs with a star"));
  g_signal_connect_object (button, "toggled", G_CALLBACK (filter), view, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_filters (DotHistoryView *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  view->search = make_search (view);
  view->stars  = make_stars (view);
  gtk_container_add (GTK_CONTAINER (box), view->search);
  gtk_container_add (GTK_CONTAINER (box), view->stars);
  return box;
}

static GtkWidget *
make_placeholder (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_widget_set_margin_top (label, 24);
  gtk_widget_show (label);
  return label;
}

static GtkWidget *
make_list (DotHistoryView *view)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  view->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (view->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (view->list), FALSE);
  view->placeholder = make_placeholder ();
  gtk_list_box_set_placeholder (GTK_LIST_BOX (view->list), view->placeholder);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (view->list), is_seen, view, NULL);
  atk_object_set_name (gtk_widget_get_accessible (view->list), _ ("History"));
  g_signal_connect_object (view->list, "row-activated", G_CALLBACK (restore_row), view,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view->list, "key-press-event", G_CALLBACK (key_pressed), view,
                           G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (scrolled), GTK_SHADOW_IN);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), MIN_HEIGHT);
  gtk_container_add (GTK_CONTAINER (scrolled), view->list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_clear (DotHistoryView *view)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Clear History…"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clear_clicked), view, G_CONNECT_SWAPPED);
  return button;
}

/*  the class  */

static void
dot_history_view_dispose (GObject *object)
{
  DotHistoryView *view = DOT_HISTORY_VIEW (object);

  g_clear_object (&view->history);
  g_clear_pointer (&view->titles, g_hash_table_unref);

  G_OBJECT_CLASS (dot_history_view_parent_class)->dispose (object);
}

static void
dot_history_view_class_init (DotHistoryViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_history_view_dispose;

  /**
   * DotHistoryView::restore:
   * @entry: a #DotHistoryEntry
   *
   * The person wants a run back.
   */
  signals[RESTORE] = g_signal_new ("restore", DOT_TYPE_HISTORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, DOT_TYPE_HISTORY_ENTRY);
}

static void
dot_history_view_init (DotHistoryView *view)
{
  GtkContainer *box = GTK_CONTAINER (view);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (view), 6);

  view->titles  = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  view->message = dot_message_bar_new ();
  view->clear   = make_clear (view);
  gtk_container_add (box, make_filters (view));
  gtk_container_add (box, make_list (view));
  gtk_container_add (box, view->message);
  gtk_container_add (box, view->clear);
}

/**
 * dot_history_view_new:
 *
 * Returns: a list of the runs in @history, which follows what changes there
 */
GtkWidget *
dot_history_view_new (DotHistory *history)
{
  DotHistoryView *view = g_object_new (DOT_TYPE_HISTORY_VIEW, NULL);

  view->history = g_object_ref (history);
  g_signal_connect_object (history, "changed", G_CALLBACK (dot_history_view_reload), view,
                           G_CONNECT_SWAPPED);
  dot_history_view_reload (view);
  return GTK_WIDGET (view);
}

/**
 * dot_history_view_reload:
 *
 * Looks at the folder again, which other processes change too.
 */
void
dot_history_view_reload (DotHistoryView *view)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *selected     = NULL;

  g_return_if_fail (DOT_IS_HISTORY_VIEW (view));

  selected = get_selected (view);

  gtk_container_foreach (GTK_CONTAINER (view->list), (GtkCallback) (gpointer) gtk_widget_destroy,
                         NULL);
  entries = dot_history_list (view->history);
  for (guint i = 0; i < entries->len; i++)
    add_row (view, entries->pdata[i], selected);

  gtk_label_set_text (GTK_LABEL (view->placeholder),
                      entries->len > 0 ? _ ("No run is like that.")
                                       : _ ("No run yet: each one is kept here when it ends."));
  show_clear (view);
}
