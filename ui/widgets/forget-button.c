/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "forget-button.h"

#include <glib/gi18n-lib.h>

/**
 * DotForgetButton:
 *
 * A menu of the folders that were added; the chosen one is to be forgotten.
 */

struct _DotForgetButton
{
  GtkMenuButton parent_instance;
};

G_DEFINE_FINAL_TYPE (DotForgetButton, dot_forget_button, GTK_TYPE_MENU_BUTTON)

enum
{
  FORGET,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define FOLDER_KEY "dot-folder"

static void
item_activated (GtkWidget *item, DotForgetButton *button)
{
  g_autofree char *folder = g_strdup (g_object_get_data (G_OBJECT (item), FOLDER_KEY));

  g_signal_emit (button, signals[FORGET], 0, folder);
}

static void
add_item (DotForgetButton *button, GtkMenuShell *menu, const char *folder)
{
  g_autofree char *shown = g_filename_display_name (folder);
  GtkWidget       *item  = gtk_menu_item_new_with_label (shown);

  g_object_set_data_full (G_OBJECT (item), FOLDER_KEY, g_strdup (folder), g_free);
  g_signal_connect_object (item, "activate", G_CALLBACK (item_activated), button, 0);
  gtk_widget_show (item);
  gtk_menu_shell_append (menu, item);
}

static void
dot_forget_button_class_init (DotForgetButtonClass *klass)
{
  /**
   * DotForgetButton::forget:
   * @folder: (type filename): one of the folders
   *
   * The person chose a folder.
   */
  signals[FORGET] = g_signal_new ("forget", DOT_TYPE_FORGET_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dot_forget_button_init (DotForgetButton *button)
{
}

/**
 * dot_forget_button_new:
 *
 * Returns: a button without folders
 */
GtkWidget *
dot_forget_button_new (void)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic", GTK_ICON_SIZE_BUTTON);

  return g_object_new (DOT_TYPE_FORGET_BUTTON, "label", _ ("_Forget Folder"), "use-underline", TRUE,
                       "image", arrow, "image-position", GTK_POS_RIGHT, "always-show-image", TRUE,
                       NULL);
}

/**
 * dot_forget_button_set_folders:
 * @folders: what there is to choose from, ended by %NULL
 *
 * Without any the button can't be pressed, and says why.
 */
void
dot_forget_button_set_folders (DotForgetButton *button, const char *const *folders)
{
  GtkWidget *menu = gtk_menu_new ();

  g_return_if_fail (DOT_IS_FORGET_BUTTON (button));

  for (guint i = 0; folders[i]; i++)
    add_item (button, GTK_MENU_SHELL (menu), folders[i]);

  /* it attaches the menu, and destroys the one before */
  gtk_menu_button_set_popup (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_sensitive (GTK_WIDGET (button), folders[0] != NULL);
  gtk_widget_set_tooltip_text (
    GTK_WIDGET (button),
    folders[0] ? _ ("Look for models in one of the added folders no longer; what is in it stays")
               : _ ("No folder was added"));
}
