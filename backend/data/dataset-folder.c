/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A folder of class folders, or of pictures, at any depth.  Each folder and each
 * file counts once, whatever names lead to it; so links may lead in a circle. */

#include "identity.h"
#include "decode.h"
#include "pictures.h"

#include "base/intl.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  guint64 device;
  guint64 inode;
} Place;

/* @seen: (element-type Place): folders and files that count already
 * @links: (element-type filename): which wait until all that is no link has
 *   been seen, so that a name that is none comes first, whatever it is called */
typedef struct
{
  DotPictures             *pictures;
  const DotDatasetOptions *options;
  GHashTable              *seen;
  GPtrArray               *links;
} Walk;

static guint
hash_place (gconstpointer key)
{
  const Place *place = key;

  return g_int64_hash (&place->device) * 31 + g_int64_hash (&place->inode);
}

static gboolean
is_same_place (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Place)) == 0;
}

static void
walk_init (Walk *walk, DotPictures *pictures, const DotDatasetOptions *options)
{
  walk->pictures = pictures;
  walk->options  = options;
  walk->seen     = g_hash_table_new_full (hash_place, is_same_place, g_free, NULL);
  walk->links    = g_ptr_array_new_with_free_func (g_free);
}

static void
walk_clear (Walk *walk)
{
  g_hash_table_unref (walk->seen);
  g_ptr_array_unref (walk->links);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("%s can't be read: check the path and its permissions."), path);
  return FALSE;
}

/* FALSE where it was seen before, which is said. */
static gboolean
walk_see (Walk *walk, const char *path, const GStatBuf *status)
{
  const Place place = { status->st_dev, status->st_ino };

  if (g_hash_table_add (walk->seen, g_memdup2 (&place, sizeof (place))))
    return TRUE;
  dot_pictures_leave_out (walk->pictures, DOT_LEFT_OUT_TWICE, path);
  return FALSE;
}

static gboolean
add_file (Walk *walk, const char *path, const GStatBuf *status, GError **error)
{
  if (! S_ISREG (status->st_mode) || ! dot_decode_has_suffix (path))
    {
      dot_pictures_leave_out (walk->pictures, DOT_LEFT_OUT_OTHER, path);
      return TRUE;
    }
  if (! walk_see (walk, path, status))
    return TRUE;
  if ((guint64) status->st_size > DOT_DECODE_MAX_BYTES)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is larger than 64 MB: make it smaller or remove it."), path);
      return FALSE;
    }
  dot_pictures_add (walk->pictures, path, NULL, (guint64) status->st_size,
                    dot_identity_get_time (status));
  return TRUE;
}

static gboolean add_folder (Walk *walk, const char *folder, GError **error);

static gboolean
add_path (Walk *walk, const char *path, GError **error)
{
  GStatBuf status;

  if (g_cancellable_set_error_if_cancelled (walk->options->cancellable, error))
    return FALSE;
  if (g_lstat (path, &status) != 0)
    return fail (path, error);
  if (S_ISLNK (status.st_mode))
    {
      g_ptr_array_add (walk->links, g_strdup (path));
      return TRUE;
    }
  if (! S_ISDIR (status.st_mode))
    return add_file (walk, path, &status, error);
  return ! walk_see (walk, path, &status) || add_folder (walk, path, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What is hidden is no picture: other systems leave such files behind.  In an
 * order that isn't the disk's.
 *
 * Returns: (transfer full) (nullable) */
static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *names    = dir ? g_ptr_array_new_with_free_func (g_free) : NULL;
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  if (names)
    g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
add_folder (Walk *walk, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  if (! names)
    return fail (folder, error);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      if (! add_path (walk, path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_link (Walk *walk, const char *path, GError **error)
{
  GStatBuf status;

  if (g_stat (path, &status) == 0)
    {
      if (! S_ISDIR (status.st_mode))
        return add_file (walk, path, &status, error);
      return ! walk_see (walk, path, &status) || add_folder (walk, path, error);
    }
  if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
    return fail (path, error);
  dot_pictures_leave_out (walk->pictures, DOT_LEFT_OUT_NOWHERE, path);
  return TRUE;
}

/* What links lead to may have more of them in it. */
static gboolean
walk_all (Walk *walk, const char *root, GError **error)
{
  GStatBuf status;

  if (g_stat (root, &status) != 0)
    return fail (root, error);
  walk_see (walk, root, &status);
  if (! add_folder (walk, root, error))
    return FALSE;
  for (guint i = 0; i < walk->links->len; i++)
    if (! add_link (walk, walk->links->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
open_folder (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  g_autoptr (DotPictures) pictures = dot_pictures_new (NULL);
  g_autofree char *root            = NULL;
  g_autofree char *whole           = NULL;
  g_autofree char *base            = NULL;
  g_auto (Walk) walk               = {
    NULL,
  };

  walk_init (&walk, pictures, options);
  if (! options->path)
    return fail ("", error);
  /* With one "/" at its end, as all paths below have. */
  root = g_build_filename (options->path, G_DIR_SEPARATOR_S, NULL);
  if (! walk_all (&walk, root, error))
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
