/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What makes widgets smaller than their texts, for small screens and large
 * letters: they are as large as they were where there is room. */

#include "config.h"

#include "shrink.h"

/* Of a combo box's text at least so many letters can be read. */
#define LETTERS 12

/* Of a question's text that many are in a line; GTK takes 60. */
#define MESSAGE_LETTERS 48

/**
 * dot_shrink_combo:
 *
 * Lets a combo box be smaller than its longest text.
 */
void
dot_shrink_combo (GtkComboBox *combo)
{
  GList *cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (combo));

  for (GList *cell = cells; cell; cell = cell->next)
    if (GTK_IS_CELL_RENDERER_TEXT (cell->data))
      g_object_set (cell->data, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", LETTERS, NULL);
  g_list_free (cells);
}

static void
shorten (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ENTRY (widget))
    gtk_entry_set_width_chars (GTK_ENTRY (widget), LETTERS);
  if (GTK_IS_PANED (widget))
    gtk_container_child_set (GTK_CONTAINER (widget), gtk_paned_get_child1 (GTK_PANED (widget)),
                             "shrink", TRUE, NULL);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), shorten, data);
}

/**
 * dot_shrink_chooser:
 *
 * Lets GTK's entries for names and searches, and its list of places, be smaller
 * than they like.
 */
void
dot_shrink_chooser (GtkFileChooser *chooser)
{
  shorten (GTK_WIDGET (chooser), NULL);
}

static void
narrow (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_max_width_chars (GTK_LABEL (widget), MESSAGE_LETTERS);
}

/**
 * dot_shrink_message:
 *
 * Has a question, whose window is as wide as its sentences, be less wide than
 * a small screen, also where letters are as wide as they are high.
 */
void
dot_shrink_message (GtkMessageDialog *dialog)
{
  GtkWidget *area = gtk_message_dialog_get_message_area (dialog);

  gtk_container_forall (GTK_CONTAINER (area), narrow, NULL);
}

static void
wrap (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_line_wrap (GTK_LABEL (widget), TRUE);
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), wrap, data);
}

/**
 * dot_shrink_label:
 *
 * Lets a button have its text in more than one line.
 */
void
dot_shrink_label (GtkWidget *button)
{
  wrap (button, NULL);
}

static void
shrink_button (GtkWidget *button, gpointer box)
{
  gtk_button_box_set_child_non_homogeneous (GTK_BUTTON_BOX (box), button, TRUE);
}

/**
 * dot_shrink_buttons:
 *
 * Lets each button of a dialog be as wide as it needs: the widest says no
 * longer what all are.
 */
void
dot_shrink_buttons (GtkDialog *dialog)
{
  GtkWidget *box = gtk_widget_get_parent (
    gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_OK));

  if (GTK_IS_BUTTON_BOX (box))
    gtk_container_foreach (GTK_CONTAINER (box), shrink_button, box);
}

/**
 * dot_shrink_height:
 * @content: what is shown
 * @least: how high its window is at least
 *
 * Returns: a window that @content can be scrolled in where it is higher
 */
GtkWidget *
dot_shrink_height (GtkWidget *content, int least)
{
  GtkWidget         *window   = gtk_scrolled_window_new (NULL, NULL);
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (window);

  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (scrolled, TRUE);
  gtk_scrolled_window_set_propagate_natural_height (scrolled, TRUE);
  gtk_scrolled_window_set_min_content_height (scrolled, least);
  gtk_container_add (GTK_CONTAINER (window), content);
  return window;
}
