/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How a model goes from the disk. */

#include "model.h"

#include "base/whole-file.h"
#include "base/paths.h"
#include "base/whole-file.h"

#include "base/intl.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

/* Only folders that are the person's: the one for models, and those that the
 * person added. */
static gboolean
is_managed (const char *folder)
{
  g_autofree char *own  = dot_paths_get_user_models ();
  g_auto (GStrv) chosen = dot_model_folders_list ();
  gboolean found        = dot_whole_file_is_same (folder, own);

  for (guint i = 0; chosen[i] && ! found; i++)
    found = dot_whole_file_is_same (folder, chosen[i]);
  return found && ! dot_paths_is_installation (folder);
}

/**
 * dot_model_remove_check:
 *
 * Returns: whether the model is in a folder of the person's, who may write
 *   there; @error says why it can't go
 */
gboolean
dot_model_remove_check (DotModel *model, GError **error)
{
  const char      *folder = dot_model_get_folder (model);
  const char      *id     = dot_model_get_id (model);
  g_autofree char *parent = folder ? g_path_get_dirname (folder) : NULL;

  if (! folder || dot_model_get_bytes (model) == 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("The model “%s” has no files that could be removed: "
                    "take one that is installed."),
                 id);
  else if (! is_managed (parent))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The model “%s” is not among your own but in %s: remove it "
                    "as it was installed, or add that folder to your own."),
                 id, parent);
  else if (g_access (parent, W_OK) != 0 || g_access (folder, W_OK) != 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("The model “%s” can't be removed from %s: make that folder writable."), id, parent);
  else
    return TRUE;
  return FALSE;
}

/* Unlinks what is the model's, and the folder if nothing else is in it.
 * Of a link the link goes, not what it leads to. */
static gboolean
delete_files (DotModel *model, GError **error)
{
  const char *folder   = dot_model_get_folder (model);
  g_auto (GStrv) files = dot_model_get_files (model);

  if (g_file_test (folder, G_FILE_TEST_IS_SYMLINK) && g_unlink (folder) == 0)
    return TRUE;

  for (guint i = 0; files[i]; i++)
    if (g_unlink (files[i]) != 0 && errno != ENOENT)
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                     _ ("%s can't be deleted: make its folder writable."), files[i]);
        return FALSE;
      }

  g_rmdir (folder);
  return TRUE;
}

/**
 * dot_model_remove:
 * @model: one that dot_model_remove_check()
 *
 * Moves the model's folder to the trash.  Where there is none, its files are
 * deleted; files that aren't the model's stay.
 */
gboolean
dot_model_remove (DotModel *model, GError **error)
{
  g_autoptr (GFile) folder = NULL;

  if (! dot_model_remove_check (model, error))
    return FALSE;

  folder = g_file_new_for_path (dot_model_get_folder (model));
  return g_file_trash (folder, NULL, NULL) || delete_files (model, error);
}
