/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Writing safetensors: float32, sorted by name, one array in memory at a
 * time. */

#include "safetensors.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char    *key;
  DotShape shape;
} Entry;

struct _DotSafetensorsWriter
{
  char   *path;
  GArray *entries;
  FILE   *file;
};

static void
entry_clear (gpointer entry)
{
  g_free (((Entry *) entry)->key);
}

/**
 * dot_safetensors_writer_new:
 *
 * Returns: (transfer full): a writer for @path, which appears, whole, with
 *   dot_safetensors_writer_write()
 */
DotSafetensorsWriter *
dot_safetensors_writer_new (const char *path)
{
  DotSafetensorsWriter *writer = g_new0 (DotSafetensorsWriter, 1);

  writer->path    = g_strdup (path);
  writer->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (writer->entries, entry_clear);
  return writer;
}

void
dot_safetensors_writer_free (DotSafetensorsWriter *writer)
{
  if (writer)
    {
      g_free (writer->path);
      g_array_unref (writer->entries);
      g_free (writer);
    }
}

/**
 * dot_safetensors_writer_declare:
 *
 * Says that there will be an array @key, each key once.
 */
void
dot_safetensors_writer_declare (DotSafetensorsWriter *writer,
                                const char           *key,
                                const DotShape       *shape)
{
  Entry entry = { .key = g_strdup (key), .shape = *shape };

  g_array_append_val (writer->entries, entry);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->key, ((const Entry *) b)->key);
}

/*  the header  */

static void
append_string (GString *header, const char *text)
{
  g_string_append_c (header, '"');
  for (; *text; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (header, '\\');
      g_string_append_c (header, *text);
    }
  g_string_append_c (header, '"');
}

static void
append_entry (GString *header, const Entry *entry, guint64 *offset)
{
  guint64 n_items = 1;

  append_string (header, entry->key);
  g_string_append (header, ":{\"dtype\":\"F32\",\"shape\":[");
  for (guint i = 0; i < entry->shape.n_dims; i++)
    {
      n_items *= entry->shape.axes[i];
      g_string_append_printf (header, "%s%" G_GSIZE_FORMAT, i ? "," : "", entry->shape.axes[i]);
    }
  g_string_append_printf (header,
                          "],\"data_offsets\":[%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT "]}",
                          *offset, *offset + n_items * sizeof (float));
  *offset += n_items * sizeof (float);
}

/* Spaces fill it up, so that the numbers begin at a multiple of eight. */
static GString *
new_header (DotSafetensorsWriter *writer)
{
  GString *header = g_string_new ("{\"__metadata__\":{\"format\":\"dot-refine\"}");
  guint64  offset = 0;

  g_array_sort (writer->entries, compare_entries);
  for (guint i = 0; i < writer->entries->len; i++)
    {
      g_string_append_c (header, ',');
      append_entry (header, &g_array_index (writer->entries, Entry, i), &offset);
    }
  g_string_append_c (header, '}');
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');
  return header;
}

/*  the file  */

static gboolean
fail (DotSafetensorsWriter *writer, int code, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another place or free some space."), writer->path,
               g_strerror (code));
  return FALSE;
}

static gboolean
put (DotSafetensorsWriter *writer, const void *bytes, gsize size, GError **error)
{
  return size == 0 || fwrite (bytes, 1, size, writer->file) == size || fail (writer, errno, error);
}

static gboolean
put_array (DotSafetensorsWriter *writer, const DotArray *array, GError **error)
{
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return put (writer, array->data, array->n_items * sizeof (float), error);

  for (gsize i = 0; i < array->n_items; i++)
    {
      guint32 bits;

      memcpy (&bits, &array->data[i], sizeof (bits));
      bits = GUINT32_TO_LE (bits);
      if (! put (writer, &bits, sizeof (bits), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_all (DotSafetensorsWriter *writer, DotSafetensorsFunc get, gpointer user_data, GError **error)
{
  g_autoptr (GString) header = NULL;
  guint64 length;

  header = new_header (writer);
  length = GUINT64_TO_LE ((guint64) header->len);
  if (! put (writer, &length, sizeof (length), error) ||
      ! put (writer, header->str, header->len, error))
    return FALSE;

  for (guint i = 0; i < writer->entries->len; i++)
    {
      const Entry *entry         = &g_array_index (writer->entries, Entry, i);
      g_autoptr (DotArray) array = get (entry->key, user_data, error);

      if (! array || ! put_array (writer, array, error))
        return FALSE;
    }
  return TRUE;
}

/* A file without a name, or where there is none a temporary one beside the one
 * that is meant. */
static gboolean
open_file (DotSafetensorsWriter *writer, char **temporary, GError **error)
{
  int fd = dot_whole_file_open_unnamed (writer->path);

  if (fd < 0)
    {
      *temporary = g_strconcat (writer->path, ".XXXXXX", NULL);
      fd         = g_mkstemp_full (*temporary, O_RDWR | O_CLOEXEC, 0666);
    }
  writer->file = fd >= 0 ? fdopen (fd, "wb") : NULL;
  if (writer->file)
    return TRUE;

  fail (writer, errno, error);
  if (fd >= 0)
    close (fd);
  if (fd >= 0 && *temporary)
    g_unlink (*temporary);
  return FALSE;
}

static gboolean
give_name (DotSafetensorsWriter *writer, const char *temporary)
{
  return temporary ? g_rename (temporary, writer->path) == 0
                   : dot_whole_file_give_name (fileno (writer->file), writer->path);
}

/* It closes the file. */
static gboolean
finish (DotSafetensorsWriter *writer, const char *temporary, GError **error)
{
  gboolean done = fflush (writer->file) == 0 && fsync (fileno (writer->file)) == 0 &&
                  give_name (writer, temporary);
  int code = errno;

  fclose (writer->file);
  return done || fail (writer, code, error);
}

/**
 * dot_safetensors_writer_write:
 * @get: (scope call): told each key, in the order of the file
 *
 * Writes the file, which gets its name at the end, so that neither a full disk
 * nor a killed process leaves half of it.
 */
gboolean
dot_safetensors_writer_write (DotSafetensorsWriter *writer,
                              DotSafetensorsFunc    get,
                              gpointer              user_data,
                              GError              **error)
{
  g_autofree char *temporary = NULL;

  if (! open_file (writer, &temporary, error))
    return FALSE;
  if (! put_all (writer, get, user_data, error))
    fclose (writer->file);
  else if (finish (writer, temporary, error))
    return TRUE;

  if (temporary)
    g_unlink (temporary);
  return FALSE;
}
