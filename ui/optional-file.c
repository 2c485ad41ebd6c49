/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "optional-file.h"

#include <glib/gi18n-lib.h>

/**
 * DotOptionalFile:
 *
 * A button that chooses a file, and one that takes the choice back.
 */

struct _DotOptionalFile
{
  GtkBox     parent_instance;

  GtkWidget *chooser;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (DotOptionalFile, dot_optional_file, GTK_TYPE_BOX)

static void
update_clear (DotOptionalFile *file)
{
  g_autofree char *path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (file->chooser));

  gtk_widget_set_sensitive (file->clear, path != NULL);
}

static void
clear_clicked (DotOptionalFile *file)
{
  gtk_file_chooser_unselect_all (GTK_FILE_CHOOSER (file->chooser));
  update_clear (file);
  gtk_widget_grab_focus (file->chooser);
}

/*  A label's letter is for the chooser.  */
static gboolean
dot_optional_file_mnemonic_activate (GtkWidget *widget,
                                     gboolean   group_cycling)
{
  return gtk_widget_mnemonic_activate (DOT_OPTIONAL_FILE (widget)->chooser,
                                       group_cycling);
}

static void
dot_optional_file_class_init (DotOptionalFileClass *klass)
{
  GTK_WIDGET_CLASS (klass)->mnemonic_activate = dot_optional_file_mnemonic_activate;
}

static void
dot_optional_file_init (DotOptionalFile *file)
{
  gtk_box_set_spacing (GTK_BOX (file), 6);

  file->clear = gtk_button_new_from_icon_name ("edit-clear", GTK_ICON_SIZE_BUTTON);
  gtk_widget_set_tooltip_text (file->clear, _("Take no file"));
  gtk_widget_set_sensitive (file->clear, FALSE);
  atk_object_set_name (gtk_widget_get_accessible (file->clear), _("Clear"));
  g_signal_connect_swapped (file->clear, "clicked", G_CALLBACK (clear_clicked),
                            file);
  gtk_box_pack_end (GTK_BOX (file), file->clear, FALSE, FALSE, 0);
}

/**
 * dot_optional_file_new:
 * @title: what the window that chooses the file is called
 *
 * Returns: a choice that isn't made yet
 */
GtkWidget *
dot_optional_file_new (const char *title)
{
  DotOptionalFile *file = g_object_new (DOT_TYPE_OPTIONAL_FILE, NULL);

  file->chooser = gtk_file_chooser_button_new (title, GTK_FILE_CHOOSER_ACTION_OPEN);
  g_signal_connect_swapped (file->chooser, "file-set", G_CALLBACK (update_clear),
                            file);
  gtk_box_pack_start (GTK_BOX (file), file->chooser, TRUE, TRUE, 0);

  return GTK_WIDGET (file);
}

/**
 * dot_optional_file_get_chooser:
 *
 * Returns: (transfer none): what knows the file
 */
GtkFileChooser *
dot_optional_file_get_chooser (DotOptionalFile *file)
{
  g_return_val_if_fail (DOT_IS_OPTIONAL_FILE (file), NULL);

  return GTK_FILE_CHOOSER (file->chooser);
}
