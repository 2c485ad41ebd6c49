/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The label of a row, for the eye and for who can't see it.  GTK tells the
 * latter whose label it is, except for what a file chooser's button is made
 * of, which takes the focus and says "(None)" only. */

#include "config.h"

#include "row-label.h"

static void
label_control (GtkWidget *control, gpointer label)
{
  if (GTK_IS_BUTTON (control) || GTK_IS_COMBO_BOX (control))
    atk_object_add_relationship (gtk_widget_get_accessible (control), ATK_RELATION_LABELLED_BY,
                                 gtk_widget_get_accessible (label));
}

static void
label_choosers (GtkWidget *widget, gpointer label)
{
  if (GTK_IS_FILE_CHOOSER_BUTTON (widget))
    gtk_container_forall (GTK_CONTAINER (widget), label_control, label);
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), label_choosers, label);
}

/**
 * dot_row_label_new:
 * @text: with a mnemonic
 * @widget: what is in the row
 *
 * Returns: the row's label
 */
GtkWidget *
dot_row_label_new (const char *text, GtkWidget *widget)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  label_choosers (widget, label);
  return label;
}
