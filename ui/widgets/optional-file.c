/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "optional-file.h"

#include <glib/gi18n-lib.h>

/**
 * DotOptionalFile:
 *
 * A button that chooses a file or a folder, and one that takes the choice
 * back.
 */

enum
{
  PROP_0,
  PROP_FILE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

struct _DotOptionalFile
{
  GtkBox parent_instance;

  GtkWidget *chooser;
  GtkWidget *clear;
  GFile     *file;
};

G_DEFINE_FINAL_TYPE (DotOptionalFile, dot_optional_file, GTK_TYPE_BOX)

/* @chosen: (transfer full) (nullable) */
static void
take_file (DotOptionalFile *file, GFile *chosen)
{
  g_clear_object (&file->file);
  file->file = chosen;
  gtk_widget_set_sensitive (file->clear, chosen != NULL);
  g_object_notify_by_pspec (G_OBJECT (file), props[PROP_FILE]);
}

static void
file_set (DotOptionalFile *file)
{
  take_file (file, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (file->chooser)));
}

static void
set_file (DotOptionalFile *file, GFile *chosen)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (file->chooser);

  if (chosen == file->file || (chosen && file->file && g_file_equal (chosen, file->file)))
    return;

  if (chosen)
    gtk_file_chooser_set_file (chooser, chosen, NULL);
  else
    gtk_file_chooser_unselect_all (chooser);
  take_file (file, chosen ? g_object_ref (chosen) : NULL);
}

static void
clear_clicked (DotOptionalFile *file)
{
  set_file (file, NULL);
  gtk_widget_grab_focus (file->chooser);
}

/* A label's letter is for the chooser. */
static gboolean
dot_optional_file_mnemonic_activate (GtkWidget *widget, gboolean group_cycling)
{
  return gtk_widget_mnemonic_activate (DOT_OPTIONAL_FILE (widget)->chooser, group_cycling);
}

static void
dot_optional_file_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  set_file (DOT_OPTIONAL_FILE (object), g_value_get_object (value));
}

static void
dot_optional_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_object (value, DOT_OPTIONAL_FILE (object)->file);
}

static void
dot_optional_file_finalize (GObject *object)
{
  g_clear_object (&DOT_OPTIONAL_FILE (object)->file);

  G_OBJECT_CLASS (dot_optional_file_parent_class)->finalize (object);
}

static void
dot_optional_file_class_init (DotOptionalFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property                  = dot_optional_file_set_property;
  object_class->get_property                  = dot_optional_file_get_property;
  object_class->finalize                      = dot_optional_file_finalize;
  GTK_WIDGET_CLASS (klass)->mnemonic_activate = dot_optional_file_mnemonic_activate;

  props[PROP_FILE] = g_param_spec_object ("file", "File", "What is chosen, or nothing", G_TYPE_FILE,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                            G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dot_optional_file_init (DotOptionalFile *file)
{
  gtk_box_set_spacing (GTK_BOX (file), 6);

  file->clear = gtk_button_new_from_icon_name ("edit-clear", GTK_ICON_SIZE_BUTTON);
  gtk_widget_set_tooltip_text (file->clear, _ ("Choose nothing"));
  gtk_widget_set_sensitive (file->clear, FALSE);
  atk_object_set_name (gtk_widget_get_accessible (file->clear), _ ("Clear"));
  g_signal_connect_swapped (file->clear, "clicked", G_CALLBACK (clear_clicked), file);
  gtk_box_pack_end (GTK_BOX (file), file->clear, FALSE, FALSE, 0);
}

/**
 * dot_optional_file_new:
 * @title: what the window that chooses the file is called
 * @action: to open a file or to select a folder
 *
 * Returns: a choice that isn't made yet
 */
GtkWidget *
dot_optional_file_new (const char *title, GtkFileChooserAction action)
{
  DotOptionalFile *file = g_object_new (DOT_TYPE_OPTIONAL_FILE, NULL);

  file->chooser = gtk_file_chooser_button_new (title, action);
  g_signal_connect_swapped (file->chooser, "file-set", G_CALLBACK (file_set), file);
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
