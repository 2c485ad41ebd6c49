/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "history-row.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/relative-time.h"
#include "widgets/picture.h"
#include "widgets/wrap-box.h"

/**
 * DotHistoryRow:
 *
 * A run of the past: its best picture where it began and where it ended, what
 * it was, of which model and when; buttons to restore it, to give it a star and
 * to remove it.
 */

struct _DotHistoryRow
{
  GtkListBoxRow parent_instance;

  DotHistoryEntry *entry;
  GtkWidget       *star;
  char            *words;
};

G_DEFINE_FINAL_TYPE (DotHistoryRow, dot_history_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  RESTORE,
  STAR,
  DISCARD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/*  what is shown  */

/* The one that ended with the highest score that means something; the first
 * where none has one. */
static guint
find_best (DotHistoryEntry *entry)
{
  guint  best    = 0;
  double highest = -HUGE_VAL;

  for (guint i = 0; i < dot_history_entry_get_n_candidates (entry); i++)
    {
      double score = dot_history_entry_get_score (entry, i, DOT_HISTORY_LAST);

      if (score > highest && ! dot_history_entry_is_collapsed (entry, i))
        {
          highest = score;
          best    = i;
        }
    }

  return best;
}

/* "40 ImageNet classes, 64 pixels · 5 minutes ago" */
static char *
describe (DotHistoryEntry *entry, const char *model)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when     = dot_relative_time_format (dot_history_entry_get_time (entry), now);

  return model ? g_strjoin (" · ", model, when, NULL) : g_steal_pointer (&when);
}

/* Returns: (transfer full) (nullable): how the score rose, and what it is */
static char *
describe_score (DotHistoryEntry *entry)
{
  guint  best  = find_best (entry);
  double first = dot_history_entry_get_score (entry, best, DOT_HISTORY_FIRST);
  double last  = dot_history_entry_get_score (entry, best, DOT_HISTORY_LAST);

  if (! isfinite (first) || ! isfinite (last))
    return NULL;

  return g_strdup_printf (_ ("Score %.2f → %.2f: how real the network that judges finds the best "
                             "picture, before and after"),
                          first, last);
}

static GtkWidget *
make_picture (DotHistoryEntry *entry, DotHistoryMoment moment, const char *name)
{
  GtkWidget *picture = dot_picture_new ();

  dot_picture_set_pixbuf (DOT_PICTURE (picture),
                          dot_history_entry_get_thumbnail (entry, find_best (entry), moment));
  atk_object_set_name (gtk_widget_get_accessible (picture), name);
  return picture;
}

static GtkWidget *
make_pictures (DotHistoryEntry *entry)
{
  GtkWidget    *box   = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget    *arrow = gtk_image_new_from_icon_name ("go-next-symbolic", GTK_ICON_SIZE_BUTTON);
  GtkContainer *parts = GTK_CONTAINER (box);

  gtk_container_add (parts, make_picture (entry, DOT_HISTORY_FIRST, _ ("Before")));
  gtk_container_add (parts, arrow);
  gtk_container_add (parts, make_picture (entry, DOT_HISTORY_LAST, _ ("After")));
  return box;
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static GtkWidget *
make_text (DotHistoryEntry *entry, const char *facts)
{
  GtkWidget *box   = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = make_label (dot_history_entry_get_title (entry));
  GtkWidget *dim   = make_label (facts);

  gtk_label_set_width_chars (GTK_LABEL (title), 12);
  gtk_style_context_add_class (gtk_widget_get_style_context (dim), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_container_add (GTK_CONTAINER (box), title);
  gtk_container_add (GTK_CONTAINER (box), dim);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

/*  the buttons  */

static void
restore_clicked (DotHistoryRow *row)
{
  g_signal_emit (row, signals[RESTORE], 0);
}

static gboolean
has_star (DotHistoryRow *row)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row->star));
}

static void
show_star (DotHistoryRow *row)
{
  gtk_button_set_image (GTK_BUTTON (row->star),
                        gtk_image_new_from_icon_name (has_star (row) ? "starred-symbolic"
                                                                     : "non-starred-symbolic",
                                                      GTK_ICON_SIZE_BUTTON));
}

static void
star_toggled (DotHistoryRow *row)
{
  show_star (row);
  g_signal_emit (row, signals[STAR], 0, has_star (row));
}

static GtkWidget *
make_star (DotHistoryRow *row)
{
  GtkWidget *button = gtk_toggle_button_new ();

  row->star = button;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                dot_history_entry_is_starred (row->entry));
  show_star (row);
  gtk_widget_set_tooltip_text (button, _ ("Keep this run when the history is cleared"));
  atk_object_set_name (gtk_widget_get_accessible (button), _ ("Star"));
  g_signal_connect_object (button, "toggled", G_CALLBACK (star_toggled), row, G_CONNECT_SWAPPED);
  return button;
}

static void
remove_clicked (DotHistoryRow *row)
{
  g_signal_emit (row, signals[DISCARD], 0);
}

static GtkWidget *
make_restore (DotHistoryRow *row)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Restore"));

  gtk_widget_set_tooltip_text (button, _ ("Show this run and its settings again (Enter)"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked), row, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_remove (DotHistoryRow *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic", GTK_ICON_SIZE_BUTTON);

  gtk_widget_set_tooltip_text (button, _ ("Remove this run from the history (Delete)"));
  atk_object_set_name (gtk_widget_get_accessible (button), _ ("Remove"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked), row, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_buttons (DotHistoryRow *row)
{
  GtkWidget    *box   = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkContainer *parts = GTK_CONTAINER (box);

  gtk_container_add (parts, make_restore (row));
  gtk_container_add (parts, make_star (row));
  gtk_container_add (parts, make_remove (row));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  return box;
}

/*  the class  */

static void
dot_history_row_dispose (GObject *object)
{
  g_clear_object (&DOT_HISTORY_ROW (object)->entry);

  G_OBJECT_CLASS (dot_history_row_parent_class)->dispose (object);
}

static void
dot_history_row_finalize (GObject *object)
{
  g_free (DOT_HISTORY_ROW (object)->words);

  G_OBJECT_CLASS (dot_history_row_parent_class)->finalize (object);
}

static void
dot_history_row_class_init (DotHistoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose  = dot_history_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dot_history_row_finalize;

  /**
   * DotHistoryRow::restore:
   *
   * The person wants the run back.
   */
  signals[RESTORE] = g_signal_new ("restore", DOT_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DotHistoryRow::star:
   * @starred: whether the run has a star now
   *
   * The person has given the run a star, or taken it.
   */
  signals[STAR] = g_signal_new ("star", DOT_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * DotHistoryRow::discard:
   *
   * The person wants the run to go.
   */
  signals[DISCARD] = g_signal_new ("discard", DOT_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dot_history_row_init (DotHistoryRow *row)
{
}

/* Who can't see the row hears all of it. */
static void
set_accessible (DotHistoryRow *row, const char *facts)
{
  AtkObject       *accessible = gtk_widget_get_accessible (GTK_WIDGET (row));
  g_autofree char *score      = describe_score (row->entry);
  g_autofree char *all        = g_strjoin (score ? "\n" : "", facts, score ? score : "", NULL);

  atk_object_set_name (accessible, dot_history_entry_get_title (row->entry));
  atk_object_set_description (accessible, all);
}

static void
fill (DotHistoryRow *row, const char *facts)
{
  GtkWidget       *box   = dot_wrap_box_new (6);
  GtkWidget       *text  = make_text (row->entry, facts);
  GtkContainer    *parts = GTK_CONTAINER (box);
  g_autofree char *score = describe_score (row->entry);

  gtk_widget_set_tooltip_text (text, score);
  gtk_container_set_border_width (parts, 6);
  gtk_container_add (parts, make_pictures (row->entry));
  gtk_container_add (parts, text);
  gtk_container_add (parts, make_buttons (row));
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_widget_show_all (GTK_WIDGET (row));
}

/**
 * dot_history_row_new:
 * @model: (nullable): what the model is called that painted
 *
 * Returns: a row that shows @entry
 */
GtkWidget *
dot_history_row_new (DotHistoryEntry *entry, const char *model)
{
  DotHistoryRow   *row   = g_object_new (DOT_TYPE_HISTORY_ROW, NULL);
  g_autofree char *facts = describe (entry, model);
  g_autofree char *words = NULL;

  row->entry = g_object_ref (entry);
  words      = g_strjoin (" ", dot_history_entry_get_title (entry), model ? model : "",
                          dot_history_entry_get_model (entry), NULL);
  row->words = g_utf8_casefold (words, -1);
  fill (row, facts);
  set_accessible (row, facts);
  return GTK_WIDGET (row);
}

/**
 * dot_history_row_matches:
 * @text: what a person looks for, some words
 *
 * Returns: whether the row has all of them, in what it is called or its model is
 */
gboolean
dot_history_row_matches (DotHistoryRow *row, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words    = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; words[i]; i++)
    if (! strstr (row->words, words[i]))
      return FALSE;
  return TRUE;
}

/**
 * dot_history_row_is_starred:
 *
 * Returns: whether the run has a star
 */
gboolean
dot_history_row_is_starred (DotHistoryRow *row)
{
  return has_star (row);
}

/**
 * dot_history_row_get_entry:
 *
 * Returns: (transfer none): the run that it shows
 */
DotHistoryEntry *
dot_history_row_get_entry (DotHistoryRow *row)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ROW (row), NULL);

  return row->entry;
}
