/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The folders that the person added, to be searched for models. */

#include "dot.h"

#include "base/whole-file.h"
#include "base/paths.h"
#include "base/preferences.h"

#include "base/intl.h"

/**
 * dot_model_folders_list:
 *
 * Returns: (transfer full): the folders that the person added, to be
 *   searched for models
 */
GStrv
dot_model_folders_list (void)
{
  return dot_preferences_get_folders ();
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
  g_auto (DotLock) lock            = DOT_LOCK_NONE;
  g_auto (GStrv) before            = NULL;
  g_auto (GStrv) after             = NULL;

  if (! check_folder (path, shown, error))
    return FALSE;
  dot_preferences_lock (&lock);
  before = dot_preferences_get_folders ();
  for (guint i = 0; before[i]; i++)
    if (dot_whole_file_is_same (before[i], path))
      return TRUE;

  g_strv_builder_addv (builder, (const char **) before);
  g_strv_builder_add (builder, path);
  after = g_strv_builder_end (builder);
  return dot_preferences_set_folders ((const char *const *) after, error);
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
  g_auto (DotLock) lock            = DOT_LOCK_NONE;
  g_auto (GStrv) before            = NULL;
  g_auto (GStrv) after             = NULL;

  dot_preferences_lock (&lock);
  before = dot_preferences_get_folders ();
  for (guint i = 0; before[i]; i++)
    if (! dot_whole_file_is_same (before[i], path))
      g_strv_builder_add (builder, before[i]);
  after = g_strv_builder_end (builder);

  if (g_strv_length (after) < g_strv_length (before))
    return dot_preferences_set_folders ((const char *const *) after, error);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("The folder %s was never added: there is nothing to forget."), shown);
  return FALSE;
}
