/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the person chose once for all programs: settings.ini in the folder
 * dot-refine of the person's configuration. */

#include "preferences.h"

#include "intl.h"

#include <string.h>

#define GROUP   "models"
#define FOLDERS "folders"

static char *
settings_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "dot-refine", "settings.ini", NULL);
}

/**
 * dot_preferences_get_folders:
 *
 * Returns: (transfer full): the folders of models that the person chose;
 *   none where the settings can't be read
 */
GStrv
dot_preferences_get_folders (void)
{
  g_autofree char *path     = settings_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GStrv folders             = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    folders = g_key_file_get_string_list (file, GROUP, FOLDERS, NULL, NULL);
  return folders ? folders : g_new0 (char *, 1);
}

/* The settings as they are, to be changed; none is as good as empty ones. */
static GKeyFile *
load_settings (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause  = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &cause) ||
      g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("The settings in %s can't be read: correct or delete the file."), path);
  return NULL;
}

/**
 * dot_preferences_lock:
 * @lock: (out): for dot_lock_release()
 *
 * Others wait meanwhile, so that nothing gets lost of what is read, changed and
 * set.
 */
void
dot_preferences_lock (DotLock *lock)
{
  g_autofree char *path   = settings_path ();
  g_autofree char *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0700);
  dot_lock_wait (lock, parent);
}

/**
 * dot_preferences_set_folders:
 * @folders: of models
 *
 * Remembers them; other settings stay as they are.
 */
gboolean
dot_preferences_set_folders (const char *const *folders, GError **error)
{
  g_autofree char *path     = settings_path ();
  g_autofree char *parent   = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = load_settings (path, error);

  if (! file)
    return FALSE;

  g_key_file_set_string_list (file, GROUP, FOLDERS, folders, g_strv_length ((GStrv) folders));
  if (g_mkdir_with_parents (parent, 0700) == 0 && g_key_file_save_to_file (file, path, NULL))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The settings can't be written to %s: make that folder writable."), parent);
  return FALSE;
}
