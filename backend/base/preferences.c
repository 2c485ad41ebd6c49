/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What the person chose once for all programs: settings.ini in the folder
 * dot-refine of the person's configuration. */

#include "preferences.h"

#include "paths.h"

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
 * dot_settings_get_folders:
 *
 * Returns: (transfer full): the folders of models that the person chose;
 *   none where the settings can't be read
 */
GStrv
dot_settings_get_folders (void)
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
               _ ("The settings in %s can't be read: correct or delete the "
                  "file."),
               path);
  return NULL;
}

/**
 * dot_settings_set_folders:
 * @folders: of models
 *
 * Remembers them; other settings stay as they are.
 */
gboolean
dot_settings_set_folders (const char *const *folders, GError **error)
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
               _ ("The settings can't be written to %s: make that folder "
                  "writable."),
               parent);
  return FALSE;
}

/*  the public side: the folders that the person chose  */

/**
 * dot_model_folders_list:
 *
 * Returns: (transfer full): the folders that the person added, to be
 *   searched for models
 */
GStrv
dot_model_folders_list (void)
{
  return dot_settings_get_folders ();
}

static gboolean
check_folder (const char *folder, const char *shown, GError **error)
{
  g_autofree char *manifest = g_build_filename (folder, "model.json", NULL);

  if (! g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("%s is no folder: choose the one that your models are in."), shown);
  else if (g_file_test (manifest, G_FILE_TEST_EXISTS))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s is a model itself: choose the folder that it lies in."), shown);
  else if (! g_utf8_validate (folder, -1, NULL))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The name of the folder %s is not UTF-8: rename it."), shown);
  else
    return TRUE;
  return FALSE;
}

/**
 * dot_model_folders_add:
 * @folder: a folder that has models in it, a folder each
 *
 * Has the folder searched from now on, by all of the person's programs.
 */
gboolean
dot_model_folders_add (const char *folder, GError **error)
{
  g_autofree char *path            = g_canonicalize_filename (folder, NULL);
  g_autofree char *shown           = g_filename_display_name (path);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) before            = dot_settings_get_folders ();
  g_auto (GStrv) after             = NULL;

  if (! check_folder (path, shown, error))
    return FALSE;
  for (guint i = 0; before[i]; i++)
    if (dot_paths_are_same (before[i], path))
      return TRUE;

  g_strv_builder_addv (builder, (const char **) before);
  g_strv_builder_add (builder, path);
  after = g_strv_builder_end (builder);
  return dot_settings_set_folders ((const char *const *) after, error);
}

/**
 * dot_model_folders_forget:
 * @folder: one that was added
 *
 * Has the folder searched no longer; what is in it stays.
 */
gboolean
dot_model_folders_forget (const char *folder, GError **error)
{
  g_autofree char *path            = g_canonicalize_filename (folder, NULL);
  g_autofree char *shown           = g_filename_display_name (path);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) before            = dot_settings_get_folders ();
  g_auto (GStrv) after             = NULL;

  for (guint i = 0; before[i]; i++)
    if (! dot_paths_are_same (before[i], path))
      g_strv_builder_add (builder, before[i]);
  after = g_strv_builder_end (builder);

  if (g_strv_length (after) < g_strv_length (before))
    return dot_settings_set_folders ((const char *const *) after, error);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("The folder %s was never added: there is nothing to "
                  "forget."),
               shown);
  return FALSE;
}
