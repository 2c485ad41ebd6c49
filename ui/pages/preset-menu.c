/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "preset-menu.h"

#include <glib/gi18n-lib.h>

#include "preset-dialog.h"
#include "widgets/question.h"

/**
 * DotPresetMenu:
 *
 * A menu of presets: one is applied, the settings as they are are saved as
 * another one, and one of the person's own is removed.
 */

#define NAME_KEY "dot-preset"

struct _DotPresetMenu
{
  GtkMenuButton parent_instance;

  DotPresets *presets;
};

G_DEFINE_FINAL_TYPE (DotPresetMenu, dot_preset_menu, GTK_TYPE_MENU_BUTTON)

enum
{
  APPLY,
  GET_SETTINGS,
  PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_name (GtkWidget *item)
{
  return g_object_get_data (G_OBJECT (item), NAME_KEY);
}

/*  what the items do  */

static void
apply_activated (GtkWidget *item, DotPresetMenu *menu)
{
  g_autoptr (JsonObject) settings = dot_presets_find (menu->presets, get_name (item));

  if (settings)
    g_signal_emit (menu, signals[APPLY], 0, settings);
}

static void
save_activated (GtkWidget *item, DotPresetMenu *menu)
{
  g_autoptr (JsonObject) settings = NULL;

  g_signal_emit (menu, signals[GET_SETTINGS], 0, &settings);
  if (settings)
    dot_preset_dialog_run (GTK_WIDGET (menu), menu->presets, settings);
}

/* The item goes with the preset, and its name with it. */
static void
remove_activated (GtkWidget *item, DotPresetMenu *menu)
{
  g_autofree char *name     = g_strdup (get_name (item));
  g_autofree char *question = g_strdup_printf (_ ("Remove the preset “%s”?"), name);
  g_autoptr (GError) error  = NULL;

  if (dot_question_ask (GTK_WIDGET (menu), question,
                        _ (
                          "It can't be brought back. The settings in the dialog stay as they are."),
                        _ ("_Remove")) &&
      ! dot_presets_remove (menu->presets, name, &error))
    g_signal_emit (menu, signals[PROBLEM], 0, error->message);
}

/*  the menu  */

static void
add_item (DotPresetMenu *menu, GtkWidget *shell, const char *name, GCallback activated)
{
  GtkWidget *item  = gtk_menu_item_new_with_label (name);
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (item));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  g_object_set_data_full (G_OBJECT (item), NAME_KEY, g_strdup (name), g_free);
  g_signal_connect_object (item, "activate", activated, menu, 0);
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), item);
}

static void
add_separator (GtkWidget *shell)
{
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), gtk_separator_menu_item_new ());
}

/* The program's, a line, and the person's own. */
static void
add_presets (DotPresetMenu *menu, GtkWidget *shell, const char *const *names)
{
  for (guint i = 0; names[i]; i++)
    {
      if (i > 0 && dot_presets_is_own (menu->presets, names[i]) &&
          ! dot_presets_is_own (menu->presets, names[i - 1]))
        add_separator (shell);
      add_item (menu, shell, names[i], G_CALLBACK (apply_activated));
    }
}

static GtkWidget *
make_remove (DotPresetMenu *menu, const char *const *names)
{
  GtkWidget *item  = gtk_menu_item_new_with_mnemonic (_ ("_Remove"));
  GtkWidget *shell = gtk_menu_new ();
  gboolean   any   = FALSE;

  for (guint i = 0; names[i]; i++)
    if (dot_presets_is_own (menu->presets, names[i]))
      {
        add_item (menu, shell, names[i], G_CALLBACK (remove_activated));
        any = TRUE;
      }
  gtk_menu_item_set_submenu (GTK_MENU_ITEM (item), shell);
  gtk_widget_set_sensitive (item, any);

  return item;
}

static GtkWidget *
make_save (DotPresetMenu *menu)
{
  GtkWidget *item = gtk_menu_item_new_with_mnemonic (_ ("_Save As…"));

  g_signal_connect_object (item, "activate", G_CALLBACK (save_activated), menu, 0);
  return item;
}

static void
fill (DotPresetMenu *menu)
{
  GtkWidget *shell     = gtk_menu_new ();
  g_auto (GStrv) names = dot_presets_list (menu->presets);

  add_presets (menu, shell, (const char *const *) names);
  add_separator (shell);
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), make_save (menu));
  gtk_menu_shell_append (GTK_MENU_SHELL (shell), make_remove (menu, (const char *const *) names));
  gtk_widget_show_all (shell);

  /* it attaches the menu, and destroys the one before */
  gtk_menu_button_set_popup (GTK_MENU_BUTTON (menu), shell);
}

/*  the class  */

static void
dot_preset_menu_dispose (GObject *object)
{
  g_clear_object (&DOT_PRESET_MENU (object)->presets);

  G_OBJECT_CLASS (dot_preset_menu_parent_class)->dispose (object);
}

static void
dot_preset_menu_class_init (DotPresetMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_preset_menu_dispose;

  /**
   * DotPresetMenu::apply:
   * @settings: a #JsonObject of the procedure's arguments
   *
   * The person chose a preset.
   */
  signals[APPLY] = g_signal_new ("apply", DOT_TYPE_PRESET_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);

  /**
   * DotPresetMenu::get-settings:
   *
   * Asks for the settings as they are, to save them.
   *
   * Returns: (transfer full) (nullable): a #JsonObject
   */
  signals[GET_SETTINGS] = g_signal_new ("get-settings", DOT_TYPE_PRESET_MENU, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, JSON_TYPE_OBJECT, 0);

  /**
   * DotPresetMenu::problem:
   * @message: one sentence
   *
   * Something went wrong.
   */
  signals[PROBLEM] = g_signal_new ("problem", DOT_TYPE_PRESET_MENU, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dot_preset_menu_init (DotPresetMenu *menu)
{
}

/**
 * dot_preset_menu_new:
 *
 * Returns: a button whose menu follows what changes in @presets
 */
GtkWidget *
dot_preset_menu_new (DotPresets *presets)
{
  GtkWidget     *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic", GTK_ICON_SIZE_BUTTON);
  DotPresetMenu *menu;

  menu          = g_object_new (DOT_TYPE_PRESET_MENU, "label",
                       _ ("Presets"), "image", arrow, "image-position",
                                GTK_POS_RIGHT, "always-show-image", TRUE, "tooltip-text",
                       _ ("Apply settings that have a name, or give these one"), NULL);
  menu->presets = g_object_ref (presets);
  g_signal_connect_object (presets, "changed", G_CALLBACK (fill), menu, G_CONNECT_SWAPPED);
  fill (menu);
  return GTK_WIDGET (menu);
}
