/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files and folders as wholes: read, written, compared and removed. */

#define _GNU_SOURCE /* O_TMPFILE */
#include "whole-file.h"

#include "intl.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the files are that this process has open. */
#define DESCRIPTORS "/proc/self/fd"

/* Of what mkstemp() makes a name unique by. */
#define UNIQUE_LENGTH 6

/**
 * dot_whole_file_open_unnamed:
 * @path: what it will be called
 *
 * A process that is killed leaves nothing of a file that has no name yet.
 *
 * Returns: a file to write into, for dot_whole_file_give_name(); −1 where the
 *   file system has no such files, or @path can't be written at all
 */
int
dot_whole_file_open_unnamed (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_access (DESCRIPTORS, X_OK) != 0)
    return -1;
  return g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
}

/* A link takes no other's place, but a new name does. */
static gboolean
replace (const char *from, const char *path)
{
  g_autofree char *beside = g_strdup_printf ("%s.%06X", path, g_random_int () & 0xffffff);
  int              code;

  if (linkat (AT_FDCWD, from, AT_FDCWD, beside, AT_SYMLINK_FOLLOW) != 0)
    return FALSE;
  if (g_rename (beside, path) == 0)
    return TRUE;
  code = errno;
  g_unlink (beside);
  errno = code;
  return FALSE;
}

/**
 * dot_whole_file_give_name:
 * @fd: of dot_whole_file_open_unnamed(), all written
 *
 * Calls the file @path, in the place of one that is there.
 *
 * Returns: %FALSE with errno set
 */
gboolean
dot_whole_file_give_name (int fd, const char *path)
{
  g_autofree char *from = g_strdup_printf (DESCRIPTORS "/%d", fd);

  if (linkat (AT_FDCWD, from, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;
  /* What was there is lost with the power only where the new one isn't. */
  return errno == EEXIST && fsync (fd) == 0 && replace (from, path);
}

static gboolean
write_all (int fd, const char *bytes, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      size -= n;
    }
  return TRUE;
}

static gboolean
save_unnamed (int fd, const char *path, gconstpointer bytes, gsize size)
{
  gboolean saved = write_all (fd, bytes, size) && dot_whole_file_give_name (fd, path);
  int      code  = errno;

  close (fd);
  errno = code;
  return saved;
}

/**
 * dot_whole_file_save:
 *
 * Writes a file that gets its name at the end, so that neither a full disk nor
 * a killed process leaves half of it.
 */
gboolean
dot_whole_file_save (const char *path, gconstpointer bytes, gsize size, GError **error)
{
  g_autoptr (GError) reason = NULL;
  int fd                    = dot_whole_file_open_unnamed (path);

  if (fd >= 0 ? save_unnamed (fd, path, bytes, size)
              : g_file_set_contents (path, bytes, size, &reason))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another folder or free some space."), path,
               reason ? reason->message : g_strerror (errno));
  return FALSE;
}

/* "log.csv.1zK9aC": what a program writes beside a file of ours before it has
 * its name.  "log.csv.backup" is a person's. */
static gboolean
is_left_over (const char *name)
{
  static const char *const ends[] = { "csv", "ini", "json",        "npy",
                                      "npz", "png", "safetensors", "tsv" };
  gsize                    n      = strlen (name);
  const char              *unique = name + n - MIN (n, UNIQUE_LENGTH + 1);
  gboolean                 random = FALSE;

  if (*unique != '.')
    return FALSE;
  for (const char *at = unique + 1; *at; at++)
    {
      if (! g_ascii_isalnum (*at))
        return FALSE;
      random = random || ! g_ascii_islower (*at);
    }
  for (gsize i = 0; random && i < G_N_ELEMENTS (ends); i++)
    {
      gsize length = strlen (ends[i]);

      if ((gsize) (unique - name) > length && unique[-1 - (gssize) length] == '.' &&
          strncmp (unique - length, ends[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * dot_whole_file_remove_left_overs_of:
 * @folder: one that only this program writes into
 * @is_mine: (nullable): told what a file would be called once it is finished:
 *   whether nobody else writes it; %NULL where the whole folder is locked
 *
 * Removes files that dead processes hadn't finished.
 */
void
dot_whole_file_remove_left_overs_of (const char          *folder,
                                     DotWholeFileNameFunc is_mine,
                                     gpointer             user_data)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (is_left_over (name))
      {
        g_autofree char *whole = g_strndup (name, strlen (name) - UNIQUE_LENGTH - 1);
        g_autofree char *path  = g_build_filename (folder, name, NULL);

        if (! is_mine || is_mine (whole, user_data))
          g_unlink (path);
      }
}

/**
 * dot_whole_file_remove_left_overs:
 * @folder: one that only this program writes into, and which is locked
 *
 * Removes files that dead processes hadn't finished.
 */
void
dot_whole_file_remove_left_overs (const char *folder)
{
  dot_whole_file_remove_left_overs_of (folder, NULL, NULL);
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
 * dot_whole_file_fail_open:
 * @code: an errno
 *
 * Says why a file can't be opened.
 *
 * Returns: %FALSE
 */
gboolean
dot_whole_file_fail_open (const char *path, int code, GError **error)
{
  if (code == EMFILE || code == ENFILE)
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("%s can't be opened, for too many files are: close other programs, or allow "
                    "more open files with “ulimit -n”."),
                 path);
  else if (code == ENOMEM)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                 _ ("There is not enough memory to open %s: close other programs, or allow more "
                    "with “ulimit -v”."),
                 path);
  else if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("%s is not there: check the path, or install again what it belongs to."), path);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("%s can't be opened (%s): check the path and its permissions."), path,
                 g_strerror (code));
  return FALSE;
}

/* A device or a pipe has no size, and opening one may wait. */
static int
open_regular (const char *path, GError **error)
{
  int         fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  int         code;
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    code = errno;
  else
    code = S_ISREG (info.st_mode) ? 0 : S_ISDIR (info.st_mode) ? EISDIR : EINVAL;
  if (code == 0)
    return fd;

  dot_whole_file_fail_open (path, code, error);
  if (fd >= 0)
    close (fd);
  return -1;
}

/**
 * dot_whole_file_map:
 *
 * Returns: (transfer full): a file in memory
 */
GMappedFile *
dot_whole_file_map (const char *path, GError **error)
{
  int          fd   = open_regular (path, error);
  GMappedFile *file = NULL;

  if (fd < 0)
    return NULL;
  file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  close (fd);
  if (! file)
    dot_whole_file_fail_open (path, ENOMEM, error);
  return file;
}

/**
 * dot_whole_file_get_checksum:
 *
 * Returns: (transfer full): the file's sha256 in lower case
 */
char *
dot_whole_file_get_checksum (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (path, error);

  if (! file)
    return NULL;

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
