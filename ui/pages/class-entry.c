/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "class-entry.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

#include "core/class-list.h"

/**
 * DotClassEntry:
 *
 * An entry for one of a model's classes.  What is typed is looked for
 * anywhere in a class's name, its synonyms and its WordNet id; the arrow at
 * its end, and Alt+Down, list them all, those used of late first.  A class
 * that the model doesn't have shows a warning icon, whose tooltip says what to
 * do.
 */

enum
{
  PROP_0,
  PROP_PROBLEM,
};

enum
{
  COLUMN_NAME,
  COLUMN_DETAIL,
  COLUMN_ICON,
  COLUMN_POSITION,
  N_COLUMNS,
};

/* rows: the classes in the order in which they are listed; of its rows the
 * first n_fit are shown */
struct _DotClassEntry
{
  GtkEntry parent_instance;

  DotModel     *model;
  DotRecent    *recent;
  DotClassList *list;
  GtkListStore *rows;
  guint         n_fit;
  char         *problem;
  gboolean      lists_all;
  GtkWidget    *surprise;
};

G_DEFINE_FINAL_TYPE (DotClassEntry, dot_class_entry, GTK_TYPE_ENTRY)

/*  the list of classes  */

static void
append_class (DotClassEntry *entry, guint position)
{
  g_autofree char *detail = dot_class_list_get_detail (entry->list, position);
  const DotClass  *klass  = dot_model_get_class (entry->model, position);
  gboolean         recent = dot_class_list_is_recent (entry->list, position);

  gtk_list_store_insert_with_values (entry->rows, NULL, -1, COLUMN_NAME, klass->name, COLUMN_DETAIL,
                                     detail, COLUMN_ICON,
                                     recent ? "document-open-recent-symbolic" : NULL,
                                     COLUMN_POSITION, position, -1);
}

/* The rows stay and change places: GtkEntryCompletion holds on to some. */
static void
sort_rows (DotClassEntry *entry, const guint *order)
{
  guint           n     = dot_class_list_get_n (entry->list);
  g_autofree int *where = g_new (int, n + 1);
  g_autofree int *from  = g_new (int, n + 1);
  GtkTreeModel   *rows  = GTK_TREE_MODEL (entry->rows);
  GtkTreeIter     iter;
  gboolean        more = gtk_tree_model_get_iter_first (rows, &iter);

  for (guint row = 0; more; row++)
    {
      guint position;

      gtk_tree_model_get (rows, &iter, COLUMN_POSITION, &position, -1);
      where[position] = (int) row;
      more            = gtk_tree_model_iter_next (rows, &iter);
    }

  for (guint i = 0; i < n; i++)
    from[i] = where[order[i]];
  if (n > 0)
    gtk_list_store_reorder (entry->rows, from);
}

static void
search (DotClassEntry *entry)
{
  const char       *typed = gtk_entry_get_text (GTK_ENTRY (entry));
  guint             n     = dot_class_list_get_n (entry->list);
  g_autofree guint *order = g_new (guint, n + 1);

  entry->n_fit = dot_class_list_search (entry->list, entry->lists_all ? "" : typed, order);
  sort_rows (entry, order);
}

static void
fill_rows (DotClassEntry *entry)
{
  g_clear_pointer (&entry->list, dot_class_list_free);
  entry->list = dot_class_list_new (entry->model,
                                    entry->recent ? dot_recent_get (entry->recent) : NULL);

  gtk_list_store_clear (entry->rows);
  for (guint i = 0; i < dot_class_list_get_n (entry->list); i++)
    append_class (entry, i);
  search (entry);

  if (entry->surprise)
    gtk_widget_set_sensitive (entry->surprise, dot_class_list_get_n (entry->list) > 1);
}

/*  what is typed  */

static void
show_problem (DotClassEntry *entry)
{
  GtkEntry        *widget = GTK_ENTRY (entry);
  GtkStyleContext *style  = gtk_widget_get_style_context (GTK_WIDGET (entry));

  if (entry->problem)
    gtk_style_context_add_class (style, GTK_STYLE_CLASS_ERROR);
  else
    gtk_style_context_remove_class (style, GTK_STYLE_CLASS_ERROR);

  gtk_entry_set_icon_from_icon_name (widget, GTK_ENTRY_ICON_PRIMARY,
                                     entry->problem ? "dialog-warning" : NULL);
  gtk_entry_set_icon_tooltip_text (widget, GTK_ENTRY_ICON_PRIMARY, entry->problem);
}

static void
check_text (DotClassEntry *entry)
{
  const char *text         = gtk_entry_get_text (GTK_ENTRY (entry));
  g_autoptr (GError) error = NULL;

  /* Where there is but one the class of another model waits for that. */
  if (entry->model && dot_model_get_n_classes (entry->model) != 1 && *text)
    dot_model_find_class (entry->model, text, &error);

  if (g_strcmp0 (entry->problem, error ? error->message : NULL) == 0)
    return;

  g_free (entry->problem);
  entry->problem = error ? g_strdup (error->message) : NULL;
  show_problem (entry);
  g_object_notify (G_OBJECT (entry), "problem");
}

static void
text_changed (DotClassEntry *entry)
{
  check_text (entry);
  search (entry);
}

/*  completion  */

static gboolean
match_class (GtkEntryCompletion *completion,
             const char         *typed,
             GtkTreeIter        *iter,
             gpointer            user_data)
{
  DotClassEntry *entry         = user_data;
  g_autoptr (GtkTreePath) path = NULL;

  path = gtk_tree_model_get_path (GTK_TREE_MODEL (entry->rows), iter);
  return (*typed || entry->lists_all) && (guint) gtk_tree_path_get_indices (path)[0] < entry->n_fit;
}

static void
show_class (DotClassEntry *entry, guint position)
{
  entry->lists_all = FALSE;
  gtk_entry_set_text (GTK_ENTRY (entry), dot_class_list_get_text (entry->list, position));
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

static gboolean
take_match (GtkEntryCompletion *completion,
            GtkTreeModel       *matches,
            GtkTreeIter        *iter,
            DotClassEntry      *entry)
{
  guint position;

  gtk_tree_model_get (matches, iter, COLUMN_POSITION, &position, -1);
  show_class (entry, position);
  return TRUE;
}

static void
add_cell (GtkEntryCompletion *completion, int column, gboolean dim)
{
  GtkCellLayout   *layout = GTK_CELL_LAYOUT (completion);
  GtkCellRenderer *cell   = gtk_cell_renderer_text_new ();

  if (dim)
    g_object_set (cell, "scale", PANGO_SCALE_SMALL, "ellipsize", PANGO_ELLIPSIZE_END, "xpad", 6,
                  NULL);
  gtk_cell_layout_pack_start (layout, cell, dim);
  gtk_cell_layout_add_attribute (layout, cell, "text", column);
}

static void
add_icon (GtkEntryCompletion *completion)
{
  GtkCellLayout   *layout = GTK_CELL_LAYOUT (completion);
  GtkCellRenderer *cell   = gtk_cell_renderer_pixbuf_new ();

  gtk_cell_layout_pack_end (layout, cell, FALSE);
  gtk_cell_layout_add_attribute (layout, cell, "icon-name", COLUMN_ICON);
}

static void
add_completion (DotClassEntry *entry)
{
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (entry->rows));
  gtk_entry_completion_set_match_func (completion, match_class, entry, NULL);
  /* 0: the arrow lists all classes under an empty entry, too */
  gtk_entry_completion_set_minimum_key_length (completion, 0);
  add_cell (completion, COLUMN_NAME, FALSE);
  add_cell (completion, COLUMN_DETAIL, TRUE);
  add_icon (completion);
  g_signal_connect (completion, "match-selected", G_CALLBACK (take_match), entry);

  gtk_entry_set_completion (GTK_ENTRY (entry), completion);
}

static void
list_all (DotClassEntry *entry)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  entry->lists_all = TRUE;
  /* GtkEntryCompletion opens its list when the text changes, no other way */
  g_signal_emit_by_name (entry, "changed");
}

/* Any key means typing, and so looking for what is typed. */
static gboolean
dot_class_entry_key_press (GtkWidget *widget, GdkEventKey *event)
{
  DotClassEntry *entry = DOT_CLASS_ENTRY (widget);

  if (event->keyval == GDK_KEY_Down && (event->state & GDK_MOD1_MASK))
    {
      list_all (entry);
      return TRUE;
    }
  if (event->keyval != GDK_KEY_Down && event->keyval != GDK_KEY_Up)
    entry->lists_all = FALSE;

  return GTK_WIDGET_CLASS (dot_class_entry_parent_class)->key_press_event (widget, event);
}

static void
icon_pressed (DotClassEntry *entry, GtkEntryIconPosition position)
{
  if (position == GTK_ENTRY_ICON_SECONDARY)
    list_all (entry);
}

/*  the class  */

static void
dot_class_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROBLEM)
    g_value_set_string (value, DOT_CLASS_ENTRY (object)->problem);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dot_class_entry_finalize (GObject *object)
{
  DotClassEntry *entry = DOT_CLASS_ENTRY (object);

  g_clear_pointer (&entry->model, dot_model_unref);
  g_clear_object (&entry->recent);
  g_clear_object (&entry->rows);
  g_clear_pointer (&entry->list, dot_class_list_free);
  g_clear_weak_pointer (&entry->surprise);
  g_free (entry->problem);

  G_OBJECT_CLASS (dot_class_entry_parent_class)->finalize (object);
}

static void
dot_class_entry_class_init (DotClassEntryClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property    = dot_class_entry_get_property;
  object_class->finalize        = dot_class_entry_finalize;
  widget_class->key_press_event = dot_class_entry_key_press;

  /**
   * DotClassEntry:problem:
   *
   * One sentence that says why the text is no class of the model, or %NULL.
   */
  g_object_class_install_property (object_class, PROP_PROBLEM,
                                   g_param_spec_string ("problem", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
dot_class_entry_init (DotClassEntry *entry)
{
  GtkEntry *widget = GTK_ENTRY (entry);

  entry->list = dot_class_list_new (NULL, NULL);
  entry->rows = gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                    G_TYPE_UINT);
  add_completion (entry);

  gtk_entry_set_activates_default (widget, TRUE);
  gtk_entry_set_icon_from_icon_name (widget, GTK_ENTRY_ICON_SECONDARY, "pan-down-symbolic");
  gtk_entry_set_icon_tooltip_text (widget, GTK_ENTRY_ICON_SECONDARY,
                                   _ ("List all classes (Alt+Down)"));
  g_signal_connect (entry, "icon-press", G_CALLBACK (icon_pressed), NULL);
  g_signal_connect (entry, "changed", G_CALLBACK (text_changed), NULL);
}

/**
 * dot_class_entry_new:
 *
 * Returns: an entry that takes anything until it is given a model
 */
GtkWidget *
dot_class_entry_new (void)
{
  return g_object_new (DOT_TYPE_CLASS_ENTRY, NULL);
}

/**
 * dot_class_entry_set_model:
 * @model: (nullable): the model whose classes are offered and required
 */
void
dot_class_entry_set_model (DotClassEntry *entry, DotModel *model)
{
  g_return_if_fail (DOT_IS_CLASS_ENTRY (entry));

  if (model)
    dot_model_ref (model);
  g_clear_pointer (&entry->model, dot_model_unref);
  entry->model = model;

  fill_rows (entry);
  check_text (entry);
}

/**
 * dot_class_entry_set_recent:
 * @recent: (nullable): the classes used of late, dot_recent_new_classes()
 *
 * Lists these first.
 */
void
dot_class_entry_set_recent (DotClassEntry *entry, DotRecent *recent)
{
  g_return_if_fail (DOT_IS_CLASS_ENTRY (entry));

  if (entry->recent)
    g_signal_handlers_disconnect_by_data (entry->recent, entry);
  g_set_object (&entry->recent, recent);
  if (recent)
    g_signal_connect_object (recent, "changed", G_CALLBACK (fill_rows), entry, G_CONNECT_SWAPPED);

  fill_rows (entry);
}

/**
 * dot_class_entry_remember:
 *
 * The class is used: it becomes the first of those used of late.
 */
void
dot_class_entry_remember (DotClassEntry *entry)
{
  const DotClass *klass = NULL;

  g_return_if_fail (DOT_IS_CLASS_ENTRY (entry));

  if (entry->model && entry->recent)
    klass = dot_model_find_class (entry->model, gtk_entry_get_text (GTK_ENTRY (entry)), NULL);
  if (klass)
    dot_recent_add (entry->recent, dot_class_list_get_class_text (entry->model, klass));
}

static void
take_any (DotClassEntry *entry)
{
  g_autoptr (GRand) chance = g_rand_new ();

  if (dot_class_list_get_n (entry->list) > 0)
    show_class (entry,
                dot_class_list_draw (entry->list, gtk_entry_get_text (GTK_ENTRY (entry)), chance));
}

/**
 * dot_class_entry_make_surprise:
 *
 * Returns: a button that takes any class, to be put beside the entry
 */
GtkWidget *
dot_class_entry_make_surprise (DotClassEntry *entry)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Surprise Me"));

  g_return_val_if_fail (DOT_IS_CLASS_ENTRY (entry), button);

  gtk_widget_set_tooltip_text (button, _ ("Take a class by chance"));
  gtk_widget_set_sensitive (button, dot_class_list_get_n (entry->list) > 1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_any), entry, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&entry->surprise, button);
  return button;
}

/**
 * dot_class_entry_get_problem:
 *
 * Returns: (nullable): why the text is no class of the model
 */
const char *
dot_class_entry_get_problem (DotClassEntry *entry)
{
  g_return_val_if_fail (DOT_IS_CLASS_ENTRY (entry), NULL);

  return entry->problem;
}
