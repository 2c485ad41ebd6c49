/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Small pictures that can be told apart, in folders and tars. */

#include "small-datasets.h"

#include "data/dataset-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

struct _SampleTar
{
  struct archive *archive;
};

/**
 * sample_level:
 *
 * What a sample picture has where, in 8 bits.
 */
guint8
sample_level (guint picture, guint c, guint y, guint x)
{
  return (guint8) (picture * 37 + c * 101 + y * 13 + x * 7);
}

/**
 * sample_png:
 *
 * Returns: (transfer full): one as PNG
 */
GBytes *
sample_png (guint picture, guint width, guint height)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  char *bytes;
  gsize size;

  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint c = 0; c < 3; c++)
        gdk_pixbuf_get_pixels (
          pixbuf)[y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x + c] = sample_level (picture, c, y,
                                                                                     x);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "png", NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

/**
 * sample_write:
 * @name: may have folders in it
 * @bytes: (transfer full):
 */
void
sample_write (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path   = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  g_bytes_unref (bytes);
}

/**
 * sample_tar_new:
 * @path: compressed where it ends with ".gz"
 */
SampleTar *
sample_tar_new (const char *path)
{
  SampleTar *tar = g_new (SampleTar, 1);

  tar->archive = archive_write_new ();
  if (g_str_has_suffix (path, ".gz"))
    archive_write_add_filter_gzip (tar->archive);
  archive_write_set_format_gnutar (tar->archive);
  g_assert_cmpint (archive_write_open_filename (tar->archive, path), ==, ARCHIVE_OK);
  return tar;
}

/**
 * sample_tar_add:
 * @bytes: (transfer full):
 */
void
sample_tar_add (SampleTar *tar, const char *name, GBytes *bytes)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize                 size;
  gconstpointer         data = g_bytes_get_data (bytes, &size);

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  g_assert_cmpint (archive_write_header (tar->archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (tar->archive, data, size), ==, (gssize) size);
  archive_entry_free (entry);
  g_bytes_unref (bytes);
}

/**
 * sample_tar_add_picture:
 */
void
sample_tar_add_picture (SampleTar *tar, const char *name, guint picture)
{
  sample_tar_add (tar, name, sample_png (picture, SAMPLE_SIZE, SAMPLE_SIZE));
}

/**
 * sample_tar_add_link:
 */
void
sample_tar_add_link (SampleTar *tar, const char *name, const char *target, gboolean hard)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, hard ? AE_IFREG : AE_IFLNK);
  if (hard)
    archive_entry_set_hardlink (entry, target);
  else
    archive_entry_set_symlink (entry, target);
  g_assert_cmpint (archive_write_header (tar->archive, entry), ==, ARCHIVE_OK);
  archive_entry_free (entry);
}

/**
 * sample_tar_finish:
 */
void
sample_tar_finish (SampleTar *tar)
{
  g_assert_cmpint (archive_write_close (tar->archive), ==, ARCHIVE_OK);
  archive_write_free (tar->archive);
  g_free (tar);
}

void
sample_small (DotDatasetOptions *options)
{
  options->size = SAMPLE_SIZE;
}

void
sample_take_test (DotDatasetOptions *options)
{
  options->part = "test";
}

/**
 * sample_open:
 * @change: (nullable): the defaults
 */
DotDataset *
sample_open (const char *path, SampleChange change)
{
  g_autoptr (GError) error = NULL;
  DotDatasetOptions options;
  DotDataset       *dataset;

  dot_dataset_options_init (&options);
  options.path = path;
  if (change)
    change (&options);
  dataset = dot_dataset_open (&options, &error);
  g_assert_no_error (error);
  return dataset;
}

/**
 * sample_open_badly:
 *
 * Returns: (transfer full): why it isn't opened
 */
GError *
sample_open_badly (const char *path, SampleChange change)
{
  GError           *error = NULL;
  DotDatasetOptions options;

  dot_dataset_options_init (&options);
  options.path = path;
  if (change)
    change (&options);
  g_assert_null (dot_dataset_open (&options, &error));
  g_assert_nonnull (error);
  return error;
}

/**
 * sample_read:
 * @pixels: (out): the item, (channels, height, width)
 */
void
sample_read (DotDataset *dataset, guint64 item, guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  const guint8 *found      = dot_dataset_peek (dataset, item, pixels, &error);

  g_assert_no_error (error);
  if (found != pixels)
    memcpy (pixels, found, dot_dataset_get_item_size (dataset));
}

/**
 * sample_check:
 *
 * Asserts that @item is the sample @picture.
 */
void
sample_check (DotDataset *dataset, guint64 item, guint picture)
{
  guint8 pixels[SAMPLE_ITEM];

  sample_read (dataset, item, pixels);
  for (guint i = 0; i < SAMPLE_ITEM; i++)
    g_assert_cmpuint (pixels[i], ==, sample_level (picture, i / 64, i / 8 % 8, i % 8));
}
