/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What the workbench keeps: runs, which can be had back, and settings under
 * a name. */

#include "config.h"

#include "workbench-private.h"

#include <glib/gi18n-lib.h>

#include "pages/history-view.h"
#include "pages/preset-menu.h"

/*  history  */

/* Where the run ended can be seen at once, and gone on from. */
static void
show_states (DotWorkbench *workbench, GStrv states)
{
  g_autoptr (DotRefineOptions) options = NULL;

  options          = dot_settings_get_options (workbench->settings);
  options->states  = states;
  options->count   = g_strv_length (states);
  options->updates = 0;
  g_clear_pointer (&options->latents, g_free);
  dot_workbench_start (workbench, options, DOT_RUN_RESTORE);
}

static void
copy_member (JsonObject *from, const char *name, JsonNode *node, gpointer to)
{
  static const char *const places[] = { "live-layers", "scale", "lock-seed", "export-folder",
                                        NULL };

  if (! g_strv_contains (places, name))
    json_object_set_member (to, name, json_node_copy (node));
}

/* What made the pictures comes back; where they go is as it is now. */
static void
apply_settings (DotWorkbench *workbench, JsonObject *settings)
{
  g_autoptr (JsonObject) chosen = json_object_new ();

  if (settings)
    json_object_foreach_member (settings, copy_member, chosen);
  dot_settings_apply_json (workbench->settings, chosen);
}

static void
restore (DotWorkbench *workbench, DotHistoryEntry *entry)
{
  g_autoptr (GError) error = NULL;
  GStrv states             = NULL;

  states = dot_history_entry_get_states (entry, DOT_HISTORY_LAST, &error);
  if (states)
    {
      g_set_object (&workbench->restored, entry);
      apply_settings (workbench, dot_history_entry_get_settings (entry));
      show_states (workbench, states);
    }
  else
    dot_session_set_problem (workbench->session, error);
}

/**
 * dot_workbench_make_history:
 *
 * Returns: the page of the runs so far
 */
GtkWidget *
dot_workbench_make_history (DotWorkbench *workbench)
{
  GtkWidget *view = dot_history_view_new (workbench->history);

  g_signal_connect_object (view, "restore", G_CALLBACK (restore), workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench->recorder, "recorded", G_CALLBACK (dot_history_view_reload),
                           view, G_CONNECT_SWAPPED);
  return view;
}

/*  presets  */

static void
report (DotWorkbench *workbench, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (DOT_ERROR, DOT_ERROR_FAILED, message);

  dot_session_set_problem (workbench->session, error);
}

/**
 * dot_workbench_make_presets:
 *
 * Returns: the menu of settings under a name
 */
GtkWidget *
dot_workbench_make_presets (DotWorkbench *workbench)
{
  g_autoptr (DotPresets) presets = dot_presets_new (NULL);
  GtkWidget *menu                = dot_preset_menu_new (presets);

  g_signal_connect_object (menu, "apply", G_CALLBACK (dot_settings_apply_json), workbench->settings,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "get-settings", G_CALLBACK (dot_settings_to_json),
                           workbench->settings, G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "problem", G_CALLBACK (report), workbench, G_CONNECT_SWAPPED);
  return menu;
}
