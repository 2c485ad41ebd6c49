/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "class-entry.h"

#include <string.h>

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

#include "class-list.h"

/**
 * DotClassEntry:
 *
 * An entry for one of a model's classes.  What is typed is looked for
 * anywhere in a class's name, its synonyms and its WordNet id; the arrow at
 * its end, and Alt+Down, list them all.  A class that the model doesn't have
 * shows a warning icon, whose tooltip says what to do.
 */

enum
{
  PROP_0,
  PROP_PROBLEM
};

enum
{
  COLUMN_NAME,
  COLUMN_DETAIL,
  COLUMN_KEY,
  COLUMN_TEXT,
  N_COLUMNS
};

struct _DotClassEntry
{
  GtkEntry      parent_instance;

  DotModel     *model;
  GtkListStore *classes;
  char         *problem;
  gboolean      lists_all;
};

G_DEFINE_FINAL_TYPE (DotClassEntry, dot_class_entry, GTK_TYPE_ENTRY)

/*  the list of classes  */

static char *
make_key (const DotClass *class)
{
  g_autofree char *words = g_strconcat (class->name, "\n",
                                        class->synonyms ? class->synonyms : "",
                                        "\n",
                                        class->wnid ? class->wnid : "", NULL);

  return g_utf8_casefold (words, -1);
}

static char *
make_detail (const DotClass *class)
{
  const char *parts[3] = { NULL };
  guint       n        = 0;

  if (class->synonyms && *class->synonyms)
    parts[n++] = class->synonyms;
  if (class->wnid)
    parts[n++] = class->wnid;

  return g_strjoinv (" · ", (char **) parts);
}

static void
append_class (DotClassEntry  *entry,
              const DotClass *class)
{
  g_autofree char *detail = make_detail (class);
  g_autofree char *key    = make_key (class);

  gtk_list_store_insert_with_values (entry->classes, NULL, -1,
                                     COLUMN_NAME,   class->name,
                                     COLUMN_DETAIL, detail,
                                     COLUMN_KEY,    key,
                                     COLUMN_TEXT,   dot_class_get_text (entry->model, class),
                                     -1);
}

static void
fill_classes (DotClassEntry *entry)
{
  guint n = entry->model ? dot_model_get_n_classes (entry->model) : 0;

  gtk_list_store_clear (entry->classes);
  for (guint i = 0; i < n; i++)
    append_class (entry, dot_model_get_class (entry->model, i));
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
  gtk_entry_set_icon_tooltip_text (widget, GTK_ENTRY_ICON_PRIMARY,
                                   entry->problem);
}

static void
check_text (DotClassEntry *entry)
{
  const char        *text  = gtk_entry_get_text (GTK_ENTRY (entry));
  g_autoptr (GError) error = NULL;

  if (entry->model && *text)
    dot_model_find_class (entry->model, text, &error);

  if (g_strcmp0 (entry->problem, error ? error->message : NULL) == 0)
    return;

  g_free (entry->problem);
  entry->problem = error ? g_strdup (error->message) : NULL;
  show_problem (entry);
  g_object_notify (G_OBJECT (entry), "problem");
}

/*  completion  */

static gboolean
match_class (GtkEntryCompletion *completion,
             const char         *typed,
             GtkTreeIter        *iter,
             gpointer            user_data)
{
  DotClassEntry   *entry  = user_data;
  g_autofree char *key    = NULL;
  g_autofree char *folded = NULL;

  if (entry->lists_all)
    return TRUE;

  gtk_tree_model_get (GTK_TREE_MODEL (entry->classes), iter,
                      COLUMN_KEY, &key, -1);
  folded = g_utf8_casefold (typed, -1);

  return *folded && key && strstr (key, folded);
}

static gboolean
take_match (GtkEntryCompletion *completion,
            GtkTreeModel       *matches,
            GtkTreeIter        *iter,
            DotClassEntry      *entry)
{
  g_autofree char *text = NULL;

  gtk_tree_model_get (matches, iter, COLUMN_TEXT, &text, -1);
  gtk_entry_set_text (GTK_ENTRY (entry), text);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);

  return TRUE;
}

static void
add_cell (GtkEntryCompletion *completion,
          int                 column,
          gboolean            dim)
{
  GtkCellLayout   *layout = GTK_CELL_LAYOUT (completion);
  GtkCellRenderer *cell   = gtk_cell_renderer_text_new ();

  if (dim)
    g_object_set (cell,
                  "scale",     PANGO_SCALE_SMALL,
                  "ellipsize", PANGO_ELLIPSIZE_END,
                  "xpad",      6,
                  NULL);
  gtk_cell_layout_pack_start (layout, cell, dim);
  gtk_cell_layout_add_attribute (layout, cell, "text", column);
}

static void
add_completion (DotClassEntry *entry)
{
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (entry->classes));
  gtk_entry_completion_set_match_func (completion, match_class, entry, NULL);
  /*  0: the arrow lists all classes under an empty entry, too  */
  gtk_entry_completion_set_minimum_key_length (completion, 0);
  add_cell (completion, COLUMN_NAME, FALSE);
  add_cell (completion, COLUMN_DETAIL, TRUE);
  g_signal_connect (completion, "match-selected",
                    G_CALLBACK (take_match), entry);

  gtk_entry_set_completion (GTK_ENTRY (entry), completion);
}

static void
list_all (DotClassEntry *entry)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  entry->lists_all = TRUE;
  /*  GtkEntryCompletion opens its list when the text changes, no other way  */
  g_signal_emit_by_name (entry, "changed");
}

/*  Any key means typing, and so looking for what is typed.  */
static gboolean
dot_class_entry_key_press (GtkWidget   *widget,
                           GdkEventKey *event)
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
icon_pressed (DotClassEntry        *entry,
              GtkEntryIconPosition  position)
{
  if (position == GTK_ENTRY_ICON_SECONDARY)
    list_all (entry);
}

/*  the class  */

static void
dot_class_entry_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
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
  g_clear_object (&entry->classes);
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
                                   g_param_spec_string ("problem", NULL, NULL,
                                                        NULL,
                                                        G_PARAM_READABLE |
                                                        G_PARAM_STATIC_STRINGS));
}

static void
dot_class_entry_init (DotClassEntry *entry)
{
  GtkEntry *widget = GTK_ENTRY (entry);

  entry->classes = gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING,
                                       G_TYPE_STRING, G_TYPE_STRING);
  add_completion (entry);

  gtk_entry_set_activates_default (widget, TRUE);
  gtk_entry_set_icon_from_icon_name (widget, GTK_ENTRY_ICON_SECONDARY,
                                     "pan-down-symbolic");
  gtk_entry_set_icon_tooltip_text (widget, GTK_ENTRY_ICON_SECONDARY,
                                   _("List all classes (Alt+Down)"));
  g_signal_connect (entry, "icon-press", G_CALLBACK (icon_pressed), NULL);
  g_signal_connect (entry, "changed", G_CALLBACK (check_text), NULL);
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
dot_class_entry_set_model (DotClassEntry *entry,
                           DotModel      *model)
{
  g_return_if_fail (DOT_IS_CLASS_ENTRY (entry));

  if (model)
    dot_model_ref (model);
  g_clear_pointer (&entry->model, dot_model_unref);
  entry->model = model;

  fill_classes (entry);
  check_text (entry);
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
