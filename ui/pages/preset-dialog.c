/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "preset-dialog.h"

#include <glib/gi18n-lib.h>

#include "widgets/message-bar.h"

/**
 * DotPresetDialog:
 *
 * Asks for the name of a preset.  Its button says where one is replaced.
 */

struct _DotPresetDialog
{
  GtkDialog parent_instance;

  DotPresets *presets;
  GtkWidget  *name;
  GtkWidget  *message;
};

G_DEFINE_FINAL_TYPE (DotPresetDialog, dot_preset_dialog, GTK_TYPE_DIALOG)

/* Returns: (transfer full): what is typed, as the presets take it */
static char *
get_name (DotPresetDialog *dialog)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (dialog->name))));
}

static void
name_changed (DotPresetDialog *dialog)
{
  g_autofree char *name = get_name (dialog);
  GtkWidget *accept = gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);

  gtk_widget_set_sensitive (accept, *name != '\0');
  gtk_button_set_label (GTK_BUTTON (accept),
                        dot_presets_is_own (dialog->presets, name) ? _ ("_Replace") : _ ("_Save"));
  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), NULL);
}

static GtkWidget *
make_line (DotPresetDialog *dialog)
{
  GtkWidget *line  = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Name"));

  dialog->name = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (dialog->name), TRUE);
  gtk_entry_set_width_chars (GTK_ENTRY (dialog->name), 30);
  gtk_widget_set_hexpand (dialog->name, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), dialog->name);
  g_signal_connect_object (dialog->name, "changed", G_CALLBACK (name_changed), dialog,
                           G_CONNECT_SWAPPED);
  gtk_container_add (GTK_CONTAINER (line), label);
  gtk_container_add (GTK_CONTAINER (line), dialog->name);
  return line;
}

static void
fill (DotPresetDialog *dialog)
{
  GtkWidget *area = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  GtkWidget *box  = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  dialog->message = dot_message_bar_new ();
  gtk_container_set_border_width (GTK_CONTAINER (box), 12);
  gtk_container_add (GTK_CONTAINER (box), make_line (dialog));
  gtk_container_add (GTK_CONTAINER (box), dialog->message);
  gtk_container_add (GTK_CONTAINER (area), box);
  gtk_widget_show_all (box);

  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Save"),
                          GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  name_changed (dialog);
}

static void
dot_preset_dialog_dispose (GObject *object)
{
  g_clear_object (&DOT_PRESET_DIALOG (object)->presets);

  G_OBJECT_CLASS (dot_preset_dialog_parent_class)->dispose (object);
}

static void
dot_preset_dialog_class_init (DotPresetDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_preset_dialog_dispose;
}

static void
dot_preset_dialog_init (DotPresetDialog *dialog)
{
}

/* What goes wrong is said in the dialog, where another name can be tried. */
static gboolean
save (DotPresetDialog *dialog, JsonObject *settings)
{
  g_autofree char *name    = get_name (dialog);
  g_autoptr (GError) error = NULL;

  if (dot_presets_save (dialog->presets, name, settings, &error))
    return TRUE;

  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), error->message);
  return FALSE;
}

/**
 * dot_preset_dialog_run:
 * @asker: in the window that the dialog belongs to
 * @settings: what is saved under the name that the person gives, if any
 */
void
dot_preset_dialog_run (GtkWidget *asker, DotPresets *presets, JsonObject *settings)
{
  GtkWidget       *top = gtk_widget_get_toplevel (asker);
  DotPresetDialog *dialog;

  dialog          = g_object_new (DOT_TYPE_PRESET_DIALOG, "title", _ ("Save Preset"), "transient-for",
                         GTK_IS_WINDOW (top) ? top : NULL, "modal", TRUE, NULL);
  dialog->presets = g_object_ref (presets);
  fill (dialog);

  while (gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT && ! save (dialog, settings))
    ;
  gtk_widget_destroy (GTK_WIDGET (dialog));
}
