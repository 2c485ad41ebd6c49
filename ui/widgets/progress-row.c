/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "progress-row.h"

#include <glib/gi18n-lib.h>

/**
 * DotProgressRow:
 *
 * What is being done, how much of it is done, how long the rest takes, and a
 * Cancel button.
 */

enum
{
  CANCEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotProgressRow
{
  GtkBox parent_instance;

  GtkWidget *message;
  GtkWidget *time_left;
  GtkWidget *bar;
  GtkWidget *line;
};

G_DEFINE_FINAL_TYPE (DotProgressRow, dot_progress_row, GTK_TYPE_BOX)

static void
cancel_clicked (DotProgressRow *row)
{
  g_signal_emit (row, signals[CANCEL], 0);
}

static GtkWidget *
make_message (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
make_time_left (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_style_context_add_class (gtk_widget_get_style_context (label), GTK_STYLE_CLASS_DIM_LABEL);
  return label;
}

static GtkWidget *
make_bar (void)
{
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (bar, TRUE);
  atk_object_set_name (gtk_widget_get_accessible (bar), _ ("Progress"));
  return bar;
}

static GtkWidget *
make_cancel (DotProgressRow *row, const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, _ ("Stop, and keep what is finished"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (cancel_clicked), row);
  return button;
}

static void
dot_progress_row_class_init (DotProgressRowClass *klass)
{
  /**
   * DotProgressRow::cancel:
   *
   * The button that stops it was pressed.
   */
  signals[CANCEL] = g_signal_new ("cancel", DOT_TYPE_PROGRESS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
dot_progress_row_init (DotProgressRow *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (row), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (row), 6);

  row->message   = make_message ();
  row->time_left = make_time_left ();
  row->bar       = make_bar ();
  gtk_box_pack_start (GTK_BOX (texts), row->message, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (texts), row->time_left, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (row), texts);
  row->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_container_add (GTK_CONTAINER (row), row->line);
  gtk_container_add (GTK_CONTAINER (row->line), row->bar);
}

/**
 * dot_progress_row_new:
 * @stop: what the button that stops it is called
 *
 * Returns: an empty row
 */
GtkWidget *
dot_progress_row_new (const char *stop)
{
  DotProgressRow *row = g_object_new (DOT_TYPE_PROGRESS_ROW, NULL);

  gtk_container_add (GTK_CONTAINER (row->line), make_cancel (row, stop));
  return GTK_WIDGET (row);
}

/**
 * dot_progress_row_set:
 * @message: what is being done
 * @fraction: how much of it is done, 0 … 1
 */
void
dot_progress_row_set (DotProgressRow *row, const char *message, double fraction)
{
  g_return_if_fail (DOT_IS_PROGRESS_ROW (row));

  gtk_label_set_text (GTK_LABEL (row->message), message);
  gtk_widget_set_tooltip_text (row->message, message);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (row->bar), CLAMP (fraction, 0.0, 1.0));
}

/**
 * dot_progress_row_set_stopping:
 *
 * It was stopped, and ends soon.
 */
void
dot_progress_row_set_stopping (DotProgressRow *row)
{
  g_return_if_fail (DOT_IS_PROGRESS_ROW (row));

  gtk_label_set_text (GTK_LABEL (row->message), _ ("Stopping…"));
  dot_progress_row_set_time_left (row, NULL);
}

/**
 * dot_progress_row_set_time_left:
 * @text: (nullable): dot_time_left_get_text(), or %NULL while that isn't known
 */
void
dot_progress_row_set_time_left (DotProgressRow *row, const char *text)
{
  g_return_if_fail (DOT_IS_PROGRESS_ROW (row));

  gtk_label_set_text (GTK_LABEL (row->time_left), text ? text : "");
}
