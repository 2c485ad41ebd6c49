/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The part of a file that has come: bytes as they came, and beside them what
 * is needed to go on with them. */

#include "download-part.h"

#include "download-problem.h"
#include "http.h"

#include "base/json.h"
#include "base/whole-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "dot-refine-download"

/* What a header may be that is sent back. */
#define MAX_VALIDATOR 256
#define MAX_FACTS     4096

#define BLOCK (1024 * 1024)

/*  what is kept about it  */

/* What a server has said, or somebody has written into the file, goes into
 * a request as it is. */
static gboolean
is_header (const char *text)
{
  gsize n = text ? strlen (text) : 0;

  for (gsize i = 0; i < n; i++)
    if (! g_ascii_isprint (text[i]))
      return FALSE;
  return n > 0 && n <= MAX_VALIDATOR;
}

static void
read_facts (DotDownloadPart *part)
{
  g_autoptr (JsonObject)
    object                 = dot_json_read_format (part->facts, MAX_FACTS, FALSE, FORMAT, NULL);
  g_autoptr (DotJson) json = dot_json_new (object, NULL, NULL, NULL);
  const char *validator    = dot_json_get_string (json, "validator", NULL);

  part->length = dot_json_get_number (json, "length", DOT_HTTP_UNKNOWN, 0, G_MAXINT64 / 2);
  if (is_header (validator))
    part->validator = g_strdup (validator);
}

static gboolean
write_facts (const DotDownloadPart *part, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root       = NULL;
  g_autofree char *text           = NULL;

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "format", FORMAT);
  dot_json_write_int (builder, "version", 1);
  dot_json_write_string (builder, "validator", part->validator);
  if (part->length != DOT_HTTP_UNKNOWN)
    dot_json_write_int (builder, "length", part->length);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return dot_whole_file_save (part->facts, text, strlen (text), error);
}

/*  the bytes  */

static gboolean
fail (const DotDownloadPart *part, GError **error)
{
  return dot_download_problem_write (part->path, errno, error);
}

static gboolean
empty (DotDownloadPart *part, GError **error)
{
  g_clear_pointer (&part->validator, g_free);
  part->length = DOT_HTTP_UNKNOWN;
  part->size   = 0;
  g_checksum_reset (part->sum);
  if (ftruncate (part->fd, 0) != 0 || lseek (part->fd, 0, SEEK_SET) != 0)
    return fail (part, error);
  return TRUE;
}

/* Afterwards the file's place is behind all that was there. */
static gboolean
add_up (DotDownloadPart *part, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize             n     = 1;

  while (n > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      do
        n = read (part->fd, block, BLOCK);
      while (n < 0 && errno == EINTR);
      if (n > 0)
        g_checksum_update (part->sum, block, n);
      part->size += MAX (n, 0);
    }
  return n == 0 || fail (part, error);
}

/**
 * dot_download_part_open:
 * @part: (out): for dot_download_part_close()
 * @folder: that is there and locked
 * @name: of the file
 *
 * Finds what has come before.  What nothing is known about is of no use.
 */
gboolean
dot_download_part_open (DotDownloadPart *part,
                        const char      *folder,
                        const char      *name,
                        GCancellable    *cancellable,
                        GError         **error)
{
  part->whole = g_build_filename (folder, name, NULL);
  part->path  = g_strconcat (part->whole, ".part", NULL);
  part->facts = g_strconcat (part->path, ".json", NULL);
  part->sum   = g_checksum_new (G_CHECKSUM_SHA256);
  part->fd    = g_open (part->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (part->fd < 0)
    return fail (part, error);

  read_facts (part);
  return part->validator ? add_up (part, cancellable, error) : empty (part, error);
}

/**
 * dot_download_part_begin:
 * @validator: (nullable): what the server says by which its file is known
 * @length: how long it says that is, or %DOT_HTTP_UNKNOWN
 *
 * What comes now is the file's beginning.
 */
gboolean
dot_download_part_begin (DotDownloadPart *part,
                         const char      *validator,
                         gint64           length,
                         GError         **error)
{
  if (! dot_download_part_forget (part, error))
    return FALSE;

  part->length = length;
  if (! is_header (validator))
    return TRUE;
  part->validator = g_strdup (validator);
  return write_facts (part, error);
}

/**
 * dot_download_part_append:
 *
 * Writes what has come next.
 */
gboolean
dot_download_part_append (DotDownloadPart *part, gconstpointer bytes, gsize size, GError **error)
{
  const guint8 *at = bytes;

  while (size > 0)
    {
      gssize n = write (part->fd, at, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (part, error);
      g_checksum_update (part->sum, at, n);
      part->size += n;
      at += n;
      size -= n;
    }
  return TRUE;
}

/**
 * dot_download_part_forget:
 *
 * Nothing has come.
 */
gboolean
dot_download_part_forget (DotDownloadPart *part, GError **error)
{
  g_unlink (part->facts);
  return empty (part, error);
}

/**
 * dot_download_part_get_sum:
 *
 * Returns: (transfer full): the sha256 of what has come, in lower case
 */
char *
dot_download_part_get_sum (const DotDownloadPart *part)
{
  g_autoptr (GChecksum) copy = g_checksum_copy (part->sum);

  return g_strdup (g_checksum_get_string (copy));
}

/**
 * dot_download_part_finish:
 *
 * All of it is there: it gets the file's name.
 */
gboolean
dot_download_part_finish (DotDownloadPart *part, GError **error)
{
  if (fsync (part->fd) != 0 || g_rename (part->path, part->whole) != 0)
    return fail (part, error);
  g_unlink (part->facts);
  return TRUE;
}

/**
 * dot_download_part_close:
 *
 * Keeps what there is, if that can be gone on with.
 */
void
dot_download_part_close (DotDownloadPart *part)
{
  if (part->fd >= 0 && (part->size == 0 || ! part->validator))
    {
      g_unlink (part->path);
      g_unlink (part->facts);
    }
  if (part->fd >= 0)
    close (part->fd);
  g_free (part->path);
  g_free (part->facts);
  g_free (part->whole);
  g_free (part->validator);
  g_clear_pointer (&part->sum, g_checksum_free);
}
