/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "whole-file.h"

#include "intl.h"

#include <errno.h>
#include <glib/gstdio.h>

/**
 * dot_save_bytes:
 *
 * Writes a file beside @path and renames it, so that a full disk leaves no
 * half one.
 */
gboolean
dot_save_bytes (const char *path, gconstpointer bytes, gsize size, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (g_file_set_contents (path, bytes, size, &reason))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another folder or free some "
                  "space."),
               path, reason->message);
  return FALSE;
}

/**
 * dot_save_folder:
 *
 * Makes @folder, with its parents, where it isn't there.
 */
gboolean
dot_save_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The folder %s can't be made (%s): choose another one."), folder, g_strerror (errno));
  return FALSE;
}
