/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files and folders as wholes: read, written, compared and removed. */

#include "whole-file.h"

#include "intl.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * dot_whole_file_save:
 *
 * Writes a file beside @path and renames it, so that a full disk leaves no
 * half one.
 */
gboolean
dot_whole_file_save (const char *path, gconstpointer bytes, gsize size, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (g_file_set_contents (path, bytes, size, &reason))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another folder or free some space."), path,
               reason->message);
  return FALSE;
}

/**
 * dot_whole_file_make_folder:
 *
 * Makes @folder, with its parents, where it isn't there.
 */
gboolean
dot_whole_file_make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The folder %s can't be made (%s): choose another one."), folder, g_strerror (errno));
  return FALSE;
}

/**
 * dot_whole_file_remove_folder:
 * @folder: one of files
 *
 * Removes it with what is in it.  Of a link the link goes; a folder in it,
 * which is none of ours, stays.
 */
void
dot_whole_file_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/**
 * dot_whole_file_is_same:
 *
 * Returns: whether both paths lead to one folder, links followed
 */
gboolean
dot_whole_file_is_same (const char *one, const char *other)
{
  char    *real_one   = realpath (one, NULL);
  char    *real_other = realpath (other, NULL);
  gboolean same;

  same = real_one && real_other ? strcmp (real_one, real_other) == 0 : strcmp (one, other) == 0;
  free (real_one);
  free (real_other);
  return same;
}

/**
 * dot_whole_file_get_checksum:
 *
 * Returns: (transfer full): the file's sha256 in lower case
 */
char *
dot_whole_file_get_checksum (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  if (! file)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                   _ ("%s is not there: check the path, or install the model again."), path);
      return NULL;
    }

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      (const guchar *) g_mapped_file_get_contents (file),
                                      g_mapped_file_get_length (file));
}

/*  small files that the program keeps for itself; errors are reasons, "it is too large"  */

static gboolean
fail (GIOErrorEnum code, const char *reason, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, code, reason);

  return FALSE;
}

static gboolean
fail_errno (int number, GError **error)
{
  return fail (g_io_error_from_errno (number), g_strerror (number), error);
}

/* A device or a pipe has no size, and reading one may never end. */
static gboolean
check_size (int fd, gsize largest, gsize *size, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return fail_errno (errno, error);
  if (! S_ISREG (info.st_mode))
    return fail (G_IO_ERROR_NOT_REGULAR_FILE, _ ("it is no file"), error);
  if ((guint64) info.st_size > largest)
    return fail (G_IO_ERROR_INVALID_DATA, _ ("it is too large"), error);

  *size = info.st_size;
  return TRUE;
}

/* What it has, and not more than it had when its size was looked at. */
static GBytes *
read_all (int fd, gsize size, GError **error)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize              have = 0;

  while (have < size)
    {
      gssize n = read (fd, data + have, size - have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail_errno (errno, error);
          return NULL;
        }
      if (n == 0)
        break;
      have += n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), have);
}

/**
 * dot_whole_file_read:
 * @largest: how many bytes it may have
 * @follow: whether @path may be a symbolic link
 * @error: a #GIOErrorEnum and a reason that is no sentence:
 *   %G_IO_ERROR_NOT_FOUND, %G_IO_ERROR_INVALID_DATA where it is too large
 *
 * Returns: (transfer full): what is in a file
 */
GBytes *
dot_whole_file_read (const char *path, gsize largest, gboolean follow, GError **error)
{
  int     flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
  int     fd    = g_open (path, flags, 0);
  GBytes *bytes = NULL;
  gsize   size;

  if (fd < 0)
    {
      fail_errno (errno, error);
      return NULL;
    }

  if (check_size (fd, largest, &size, error))
    bytes = read_all (fd, size, error);
  g_close (fd, NULL);
  return bytes;
}
