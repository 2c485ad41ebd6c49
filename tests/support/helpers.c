/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "helpers.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <zip.h>

/**
 * helper_sentence_fault:
 *
 * Returns: (nullable): what keeps @message from being one sentence
 */
const char *
helper_sentence_fault (const char *message)
{
  if (! g_utf8_validate (message, -1, NULL))
    return "not UTF-8";
  if (! *message || ! g_str_has_suffix (message, "."))
    return "no end";
  if (strchr (message, '\n'))
    return "several lines";
  if (strstr (message, "(null)"))
    return "a missing word";
  if (g_regex_match_simple ("[a-z)”]\\. [A-Z]", message, 0, 0))
    return "several sentences";
  if (g_regex_match_simple ("(?<![\\d.,−-])1 (?!is\\b|has\\b|was\\b|as\\b)[a-z]+s\\b", message, 0,
                            0))
    return "a plural of one";
  return NULL;
}

char *
helper_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder             = g_dir_make_tmp ("dot-refine-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* Of a link the link only. */
static void
remove_tree (const char *path)
{
  gboolean link        = g_file_test (path, G_FILE_TEST_IS_SYMLINK);
  g_autoptr (GDir) dir = link ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
helper_folder_remove (char *folder)
{
  if (folder)
    remove_tree (folder);
  g_free (folder);
}

/**
 * helper_count_names:
 *
 * Returns: how many names are in @folder, also those that aren't shown
 */
guint
helper_count_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n              = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

void
helper_write (const char *path, const void *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
}

GBytes *
helper_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/**
 * helper_npy:
 * @shape: as Python prints it, right or not
 *
 * Returns: (transfer full): an .npy, version 1, made without our own writer
 */
GBytes *
helper_npy (const char *descr, const char *shape, const void *items, gsize size)
{
  g_autofree char *header = NULL;
  GByteArray      *bytes  = g_byte_array_new ();
  guint            length;

  header = g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n", descr,
                            shape);
  length = strlen (header);
  g_byte_array_append (bytes, (const guint8 *) "\x93NUMPY\x01\x00", 8);
  g_byte_array_append (bytes, (guint8[]) { length & 0xff, length >> 8 }, 2);
  g_byte_array_append (bytes, (const guint8 *) header, length);
  if (size > 0)
    g_byte_array_append (bytes, items, size);
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * helper_write_zip:
 *
 * Writes a zip with one member, made with libzip alone.
 */
void
helper_write_zip (const char *path, const char *member, GBytes *data, gboolean deflate)
{
  zip_t        *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  zip_source_t *source;
  zip_int64_t   index;

  g_assert_nonnull (zip);
  source = zip_source_buffer (zip, g_bytes_get_data (data, NULL), g_bytes_get_size (data), 0);
  index  = zip_file_add (zip, member, source, 0);
  g_assert_cmpint (index, >=, 0);
  zip_set_file_compression (zip, index, deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
  g_assert_cmpint (zip_close (zip), ==, 0);
}

void
helper_file_set_up (HelperFile *file, gconstpointer name)
{
  file->folder = helper_folder_new ();
  file->path   = g_build_filename (file->folder, name, NULL);
}

void
helper_file_tear_down (HelperFile *file, gconstpointer name)
{
  g_free (file->path);
  helper_folder_remove (file->folder);
}

/**
 * helper_relative_norm:
 *
 * Returns: how far @found is from @expected, measured by the latter's length
 */
double
helper_relative_norm (const double *found, const double *expected, gsize n)
{
  double difference = 0.0, norm = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      difference += (found[i] - expected[i]) * (found[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
  return sqrt (difference / norm);
}

int
helper_compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/**
 * helper_load_shipped:
 *
 * Returns: (transfer full): the smaller pair that ships
 */
DotPair *
helper_load_shipped (DotEngine engine, DotDevice device, DotPrecision precision)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", &error);
  DotPair *pair;

  g_assert_no_error (error);
  pair = dot_pair_load (model, engine, device, precision, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return pair;
}
