/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A folder of class folders, or of pictures. */

#include "identity.h"
#include "decode.h"
#include "pictures.h"

#include "base/intl.h"

#include <sys/stat.h>

/* Links may lead in a circle. */
#define MAX_DEPTH 8

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("%s can't be read: check the path and its permissions."), path);
  return FALSE;
}

static gboolean add_folder (DotPictures             *pictures,
                            const char              *folder,
                            guint                    depth,
                            const DotDatasetOptions *options,
                            GError                 **error);

static gboolean
add_path (DotPictures             *pictures,
          const char              *path,
          guint                    depth,
          const DotDatasetOptions *options,
          GError                 **error)
{
  GStatBuf status;

  if (g_stat (path, &status) < 0)
    return TRUE;
  if (S_ISDIR (status.st_mode))
    return depth >= MAX_DEPTH || add_folder (pictures, path, depth + 1, options, error);
  if (! S_ISREG (status.st_mode) || ! dot_decode_has_suffix (path))
    return TRUE;
  if ((guint64) status.st_size > DOT_DECODE_MAX_BYTES)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is larger than 64 MB: make it smaller or remove it."), path);
      return FALSE;
    }
  dot_pictures_add (pictures, path, NULL, (guint64) status.st_size,
                    dot_identity_get_time (&status));
  return TRUE;
}

/* What is hidden is no picture: other systems leave such files behind. */
static gboolean
add_folder (DotPictures             *pictures,
            const char              *folder,
            guint                    depth,
            const DotDatasetOptions *options,
            GError                 **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (! dir)
    return fail (folder, error);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_cancellable_set_error_if_cancelled (options->cancellable, error))
        return FALSE;
      if (*name != '.' && ! add_path (pictures, path, depth, options, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_folder (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  g_autoptr (DotPictures) pictures = dot_pictures_new (NULL);
  g_autofree char *root            = NULL;
  g_autofree char *whole           = NULL;
  g_autofree char *base            = NULL;

  if (! options->path)
    return fail ("", error);
  /* With one "/" at its end, as all paths below have. */
  root = g_build_filename (options->path, G_DIR_SEPARATOR_S, NULL);
  if (! add_folder (pictures, root, 0, options, error))
    return FALSE;
  /* "." has a name, too. */
  whole = g_canonicalize_filename (options->path, NULL);
  base  = g_path_get_basename (whole);
  return dot_pictures_finish (g_steal_pointer (&pictures), strlen (root), base, dataset, options,
                              error);
}

const DotDatasetKind dot_dataset_folder = {
  .name  = "folder",
  .open  = open_folder,
  .read  = dot_pictures_read,
  .close = dot_pictures_free,
};
