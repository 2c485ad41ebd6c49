/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "staging.h"

#include "base/paths.h"
#include "base/whole-file.h"

#include "base/intl.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_ID 100
#define SUFFIX ".importing"

/* Letters and digits of ASCII, and between them what a file name takes. */
static gboolean
is_id (const char *id)
{
  if (! g_ascii_isalnum (*id) || strlen (id) > MAX_ID)
    return FALSE;
  for (; *id; id++)
    if (! g_ascii_isalnum (*id) && ! strchr ("._-", *id))
      return FALSE;
  return TRUE;
}

static gboolean
choose_id (DotStaging *place, const DotImportOptions *options, GError **error)
{
  place->id = options->id ? g_strdup (options->id) : dot_import_guess_id (options->generator);
  if (is_id (place->id))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("“%s” can't be a model's id: take up to 100 of the letters "
                  "a to z, digits, dots, hyphens and underscores."),
               place->id);
  return FALSE;
}

/* Among all models that are found, where the new one would be among them. */
static gboolean
is_taken (DotStaging *place, gboolean among_models)
{
  g_autoptr (GPtrArray) models = among_models ? dot_model_list () : NULL;

  for (guint i = 0; models && i < models->len; i++)
    if (strcmp (dot_model_get_id (models->pdata[i]), place->id) == 0 &&
        dot_model_get_bytes (models->pdata[i]) > 0)
      return TRUE;
  return g_file_test (place->target, G_FILE_TEST_EXISTS);
}

static gboolean
fail (const char *folder, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another place or free some space."), folder,
               g_strerror (errno));
  return FALSE;
}

/* What imports into @folder left that were killed. */
static void
remove_left_overs (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_auto (DotLock) lock = DOT_LOCK_NONE;

      if (*name == '.' && g_str_has_suffix (name, SUFFIX) &&
          ! g_file_test (path, G_FILE_TEST_IS_SYMLINK) && dot_lock_try (&lock, path) &&
          lock != DOT_LOCK_NONE)
        dot_whole_file_remove_folder (path);
    }
}

static gboolean
fail_taken (const DotStaging *place, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ (
                 "“%s” is being imported already, in %s: wait until that ends, or choose another id "
                 "(on the command line with --id)."),
               place->id, place->temporary);
  return FALSE;
}

/* The temporary folder's name is the id's own, so that one import makes a model
 * at a time. */
static gboolean
take_temporary (DotStaging *place, GError **error)
{
  int code = g_mkdir (place->temporary, 0777) == 0 ? 0 : errno;

  if (code == 0 && dot_lock_try (&place->lock, place->temporary))
    return TRUE;

  if (code == 0 || code == EEXIST)
    fail_taken (place, error);
  else
    fail (place->temporary, error);

  g_clear_pointer (&place->temporary, g_free);
  return FALSE;
}

/* Which model it will be, if its id is free. */
static gboolean
choose_target (DotStaging             *place,
               const char             *folder,
               const DotImportOptions *options,
               GError                **error)
{
  if (! choose_id (place, options, error))
    return FALSE;

  place->target = g_build_filename (folder, place->id, NULL);
  if (options->replace || ! is_taken (place, options->folder == NULL))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("There is a model “%s” already: choose another id, or "
                  "remove that model first."),
               place->id);
  return FALSE;
}

static char *
choose_folder (const DotImportOptions *options)
{
  return options->folder ? g_strdup (options->folder) : dot_paths_get_user_models ();
}

/**
 * dot_staging_check:
 *
 * Returns: whether the model that @options describe could be made as far as its
 *   id goes
 */
gboolean
dot_staging_check (const DotImportOptions *options, GError **error)
{
  g_auto (DotStaging) place = { .lock = DOT_LOCK_NONE };
  g_autofree char *folder   = choose_folder (options);

  return choose_target (&place, folder, options, error);
}

/**
 * dot_staging_open:
 * @place: (out):
 *
 * Makes a temporary folder for the model that @options describe, if its id is
 * free.
 */
gboolean
dot_staging_open (DotStaging *place, const DotImportOptions *options, GError **error)
{
  g_autofree char *folder = choose_folder (options);
  g_autofree char *name   = NULL;

  if (! choose_target (place, folder, options, error))
    return FALSE;

  remove_left_overs (folder);
  name             = g_strdup_printf (".%s" SUFFIX, place->id);
  place->temporary = g_build_filename (folder, name, NULL);
  return dot_whole_file_make_folder (folder, error) && take_temporary (place, error);
}

/* A folder doesn't take another one's place by itself. */
static gboolean
move_away (DotStaging *place, char **old, GError **error)
{
  if (! g_file_test (place->target, G_FILE_TEST_EXISTS))
    return TRUE;

  *old = g_strconcat (place->temporary, SUFFIX, NULL);
  dot_whole_file_remove_folder (*old);
  return g_rename (place->target, *old) == 0 || fail (place->target, error);
}

/**
 * dot_staging_finish:
 *
 * Gives the temporary folder the model's name, in place of what has it.
 */
gboolean
dot_staging_finish (DotStaging *place, GError **error)
{
  g_autofree char *old = NULL;

  if (! move_away (place, &old, error))
    return FALSE;
  if (g_rename (place->temporary, place->target) != 0)
    {
      fail (place->target, error);
      if (old)
        g_rename (old, place->target);
      return FALSE;
    }

  if (old)
    dot_whole_file_remove_folder (old);
  g_clear_pointer (&place->temporary, g_free);
  dot_lock_release (&place->lock);
  return TRUE;
}

/**
 * dot_staging_close:
 *
 * Removes what wasn't finished.
 */
void
dot_staging_close (DotStaging *place)
{
  if (place->temporary)
    dot_whole_file_remove_folder (place->temporary);
  dot_lock_release (&place->lock);
  g_free (place->temporary);
  g_free (place->target);
  g_free (place->id);
}
