/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The folder that gets each layer as a file, too. */

#include "config.h"

#include "export-folder.h"

#include <libgimp/gimp.h>

#include <glib/gi18n-lib.h>

/**
 * dot_export_folder_make:
 * @folder: (out) (nullable) (transfer full): its path, or %NULL where no files
 *   are wanted
 *
 * Returns: %FALSE where it can't be made
 */
gboolean
dot_export_folder_make (DotSettings *settings, char **folder, GError **error)
{
  g_autoptr (GFile) file = NULL;

  *folder = NULL;
  g_object_get (settings, "export-folder", &file, NULL);
  if (! file)
    return TRUE;

  *folder = g_file_get_path (file);
  if (*folder && g_mkdir_with_parents (*folder, 0777) == 0)
    return TRUE;

  g_clear_pointer (folder, g_free);
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The export folder %s can't be made: choose one that is writable."),
               gimp_file_get_utf8_name (file));
  return FALSE;
}

/**
 * dot_export_folder_save:
 * @folder: made again where it was deleted meanwhile
 * @frames: (element-type DotFrame): get a file each
 *
 * Returns: %FALSE where a file can't be written
 */
gboolean
dot_export_folder_save (const char *folder, GPtrArray *frames, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < frames->len; i++)
    ok = dot_frame_save_png (frames->pdata[i], folder, NULL, error);
  return ok;
}
