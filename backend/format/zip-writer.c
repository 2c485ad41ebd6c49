/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "zip-writer.h"

#include "zip-file.h"

#include "base/intl.h"

#include <stdlib.h>
#include <zip.h>

/* 1980-01-01, the format's first day: the same members make the same bytes. */
#define FIRST_DAY 0x21

struct _DotZipWriter
{
  char  *path;
  zip_t *zip;
};

static gboolean
writer_fail (DotZipWriter *writer, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another place or free some space."), writer->path,
               reason);
  return FALSE;
}

static zip_t *
open_zip (const char *path, zip_error_t *reason)
{
  const int     flags  = ZIP_CREATE | ZIP_TRUNCATE;
  zip_source_t *source = dot_zip_file_new (path);
  zip_t        *zip;
  int           code;

  if (source)
    {
      zip = zip_open_from_source (source, flags, reason);
      if (! zip)
        zip_source_free (source);
      return zip;
    }
  zip = zip_open (path, flags, &code);
  if (! zip)
    zip_error_init_with_code (reason, code);
  return zip;
}

/**
 * dot_zip_writer_new:
 *
 * Returns: (transfer full): a writer for @path, which appears, whole, with
 *   dot_zip_writer_close()
 */
DotZipWriter *
dot_zip_writer_new (const char *path, GError **error)
{
  g_autoptr (DotZipWriter) writer = g_new0 (DotZipWriter, 1);
  zip_error_t reason;

  zip_error_init (&reason);
  writer->path = g_strdup (path);
  writer->zip  = open_zip (path, &reason);
  if (! writer->zip)
    writer_fail (writer, zip_error_strerror (&reason), error);
  zip_error_fini (&reason);
  return writer->zip ? g_steal_pointer (&writer) : NULL;
}

/**
 * dot_zip_writer_add:
 * @member: its name in the archive
 * @bytes: (transfer full): of malloc()
 * @stored: whether it is left as it is, not deflated
 */
gboolean
dot_zip_writer_add (DotZipWriter *writer,
                    const char   *member,
                    guint8       *bytes,
                    gsize         size,
                    gboolean      stored,
                    GError      **error)
{
  zip_source_t *source = bytes ? zip_source_buffer (writer->zip, bytes, size, 1) : NULL;
  zip_int64_t   index;

  if (! source)
    {
      free (bytes);
      return writer_fail (writer, _ ("no memory"), error);
    }

  index = zip_file_add (writer->zip, member, source, ZIP_FL_OVERWRITE);
  if (index < 0)
    {
      zip_source_free (source);
      return writer_fail (writer, zip_strerror (writer->zip), error);
    }
  if (stored)
    zip_set_file_compression (writer->zip, index, ZIP_CM_STORE, 0);
  zip_file_set_dostime (writer->zip, index, 0, FIRST_DAY, 0);
  return TRUE;
}

/*  watching the writing  */

typedef struct
{
  DotProgressFunc progress;
  char           *message;
  gpointer        user_data;
  GCancellable   *cancellable;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_free (watch->message);
  g_clear_object (&watch->cancellable);
  g_free (watch);
}

static void
on_written (zip_t *zip, double fraction, gpointer data)
{
  Watch *watch = data;

  if (watch->progress)
    watch->progress (watch->message, fraction, watch->user_data);
}

static int
is_cancelled (zip_t *zip, gpointer data)
{
  return g_cancellable_is_cancelled (((Watch *) data)->cancellable);
}

/**
 * dot_zip_writer_watch:
 * @message: what is being written, translated
 * @progress: (nullable) (scope notified): told how much of the file is written
 * @cancellable: (nullable): ends the writing
 *
 * For large files: dot_zip_writer_close() will say how far it is, and can be
 * cancelled.
 */
void
dot_zip_writer_watch (DotZipWriter   *writer,
                      const char     *message,
                      DotProgressFunc progress,
                      gpointer        user_data,
                      GCancellable   *cancellable)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->progress  = progress;
  watch->message   = g_strdup (message);
  watch->user_data = user_data;
  g_set_object (&watch->cancellable, cancellable);
  zip_register_progress_callback_with_state (writer->zip, 0.01, on_written, watch_free, watch);
  zip_register_cancel_callback_with_state (writer->zip, is_cancelled, NULL, watch);
}

/**
 * dot_zip_writer_close:
 *
 * Writes the file, which gets its name at the end, so that a full disk leaves
 * nothing half done.
 */
gboolean
dot_zip_writer_close (DotZipWriter *writer, GError **error)
{
  if (zip_close (writer->zip) != 0)
    {
      if (zip_error_code_zip (zip_get_error (writer->zip)) == ZIP_ER_CANCELLED)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
      else
        writer_fail (writer, zip_strerror (writer->zip), error);
      return FALSE;
    }

  writer->zip = NULL;
  return TRUE;
}

void
dot_zip_writer_free (DotZipWriter *writer)
{
  if (writer)
    {
      if (writer->zip)
        zip_discard (writer->zip);
      g_free (writer->path);
      g_free (writer);
    }
}
