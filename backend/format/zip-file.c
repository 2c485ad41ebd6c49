/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A new file that libzip writes and that has no name before all of it is there:
 * who is killed while it is written leaves nothing. */

#include "zip-file.h"

#include "base/whole-file.h"

#include <errno.h>
#include <unistd.h>

typedef struct
{
  char       *path;
  int         fd;
  zip_error_t error;
} File;

static zip_int64_t
fail (File *file, int what)
{
  zip_error_set (&file->error, what, errno);
  return -1;
}

static void
close_file (File *file)
{
  if (file->fd >= 0)
    close (file->fd);
  file->fd = -1;
}

static zip_int64_t
begin (File *file)
{
  close_file (file);
  file->fd = dot_whole_file_open_unnamed (file->path);
  return file->fd >= 0 ? 0 : fail (file, ZIP_ER_TMPOPEN);
}

static zip_int64_t
put (File *file, const char *bytes, zip_uint64_t size)
{
  gssize n;

  do
    n = write (file->fd, bytes, size);
  while (n < 0 && errno == EINTR);
  return n >= 0 ? n : fail (file, ZIP_ER_WRITE);
}

static zip_int64_t
seek (File *file, void *data, zip_uint64_t size)
{
  zip_source_args_seek_t *place = ZIP_SOURCE_GET_ARGS (zip_source_args_seek_t, data, size,
                                                       &file->error);

  if (! place)
    return -1;
  return lseek (file->fd, place->offset, place->whence) >= 0 ? 0 : fail (file, ZIP_ER_SEEK);
}

static zip_int64_t
tell (File *file)
{
  off_t at = lseek (file->fd, 0, SEEK_CUR);

  return at >= 0 ? at : fail (file, ZIP_ER_TELL);
}

static zip_int64_t
commit (File *file)
{
  if (! dot_whole_file_give_name (file->fd, file->path))
    return fail (file, ZIP_ER_RENAME);
  close_file (file);
  return 0;
}

static zip_int64_t
release (File *file)
{
  close_file (file);
  zip_error_fini (&file->error);
  g_free (file->path);
  g_free (file);
  return 0;
}

/* Of the file that is written nothing is read. */
static zip_int64_t
do_command (void *user_data, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
  File *file = user_data;

  switch (command)
    {
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap (ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                             ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                             ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                             ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_WRITE,
                                             ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE,
                                             ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE,
                                             ZIP_SOURCE_REMOVE, -1);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data (&file->error, data, size);
    case ZIP_SOURCE_FREE:
      return release (file);
    case ZIP_SOURCE_BEGIN_WRITE:
      return begin (file);
    case ZIP_SOURCE_WRITE:
      return put (file, data, size);
    case ZIP_SOURCE_SEEK_WRITE:
      return seek (file, data, size);
    case ZIP_SOURCE_TELL_WRITE:
      return tell (file);
    case ZIP_SOURCE_COMMIT_WRITE:
      return commit (file);
    case ZIP_SOURCE_ROLLBACK_WRITE:
      close_file (file);
      return 0;
    case ZIP_SOURCE_REMOVE:
      return unlink (file->path) == 0 || errno == ENOENT ? 0 : fail (file, ZIP_ER_REMOVE);
    default:
      errno = ENOENT;
      return fail (file, ZIP_ER_READ);
    }
}

/**
 * dot_zip_file_new:
 *
 * Returns: (transfer full) (nullable): what zip_open_from_source() writes an
 *   archive called @path into; %NULL where the file system has no files without
 *   a name, or none can be written there
 */
zip_source_t *
dot_zip_file_new (const char *path)
{
  int           fd     = dot_whole_file_open_unnamed (path);
  File         *file   = NULL;
  zip_source_t *source = NULL;

  if (fd < 0 || g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  file       = g_new0 (File, 1);
  file->path = g_strdup (path);
  file->fd   = fd;
  zip_error_init (&file->error);
  source = zip_source_function_create (do_command, file, NULL);
  if (! source)
    release (file);
  return source;
}
