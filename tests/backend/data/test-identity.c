/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Data's identity: the same while they are, another when they are others. */

#include "helpers.h"
#include "small-datasets.h"

#include <glib/gstdio.h>
#include <utime.h>

#define N_CLASSES 10
#define RECORD    (1 + 3 * 32 * 32)

static const char *const one[] = { "a", NULL };
static const char *const two[] = { "b", "a", NULL };

static void
take_one (DotDatasetOptions *options)
{
  options->classes = one;
}

static void
turn_round (DotDatasetOptions *options)
{
  options->classes = two;
}

static void
look_later (DotDatasetOptions *options)
{
  options->lazy = TRUE;
  options->size = 16;
  options->flip = TRUE;
}

static char *
identify (const char *path, SampleChange change)
{
  g_autoptr (DotDataset) dataset = sample_open (path, change);

  return dot_dataset_get_identity (dataset);
}

/* @seen: all earlier ones */
static void
expect_other (GHashTable *seen, const char *path, SampleChange change)
{
  char *identity = identify (path, change);

  g_assert_cmpuint (strlen (identity), >, 64);
  g_assert_null (strchr (identity, '\n'));
  g_assert_true (g_hash_table_add (seen, identity));
}

static void
set_time (const char *folder, const char *name, time_t time)
{
  g_autofree char *path  = g_build_filename (folder, name, NULL);
  struct utimbuf   times = { time, time };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static void
test_folder (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GHashTable) seen     = NULL;
  g_autofree char *last           = NULL;
  g_autofree char *same           = NULL;
  g_autofree char *slash          = g_strconcat (folder, "/", NULL);
  g_autofree char *from           = g_build_filename (folder, "a/1.png", NULL);
  g_autofree char *to             = g_build_filename (folder, "a/2.png", NULL);

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sample_write (folder, "a/1.png", sample_png (1, 8, 8));
  sample_write (folder, "b/1.png", sample_png (2, 8, 8));
  sample_write (folder, "c.png", sample_png (2, 8, 8));
  expect_other (seen, folder, NULL);
  expect_other (seen, folder, take_one);
  expect_other (seen, folder, turn_round);
  set_time (folder, "a/1.png", 1000000);
  expect_other (seen, folder, NULL);
  sample_write (folder, "a/1.png", sample_png (1, 9, 9));
  set_time (folder, "a/1.png", 1000000);
  expect_other (seen, folder, NULL);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  expect_other (seen, folder, NULL);
  sample_write (folder, "b/2.png", sample_png (2, 8, 8));
  expect_other (seen, folder, NULL);

  last = identify (folder, NULL);
  sample_write (folder, "c.png", sample_png (2, 9, 9));
  same = identify (slash, look_later);
  g_assert_cmpstr (last, ==, same);
}

static char *
write_tar (const char *folder, const char *name)
{
  char      *path = g_build_filename (folder, name, NULL);
  SampleTar *tar  = sample_tar_new (path);

  sample_tar_add (tar, "set/a/1.png", sample_png (1, 8, 8));
  sample_tar_add (tar, "set/b/1.png", sample_png (1, 8, 8));
  sample_tar_add (tar, "val/a/1.png", sample_png (1, 8, 8));
  sample_tar_finish (tar);
  return path;
}

static void
test_tar (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = write_tar (folder, "1.tar");
  g_autofree char *other          = write_tar (folder, "2.tar");
  g_autofree char *set            = g_strconcat (path, ":set", NULL);
  g_autofree char *val            = g_strconcat (path, ":val", NULL);
  g_autofree char *slash          = g_strconcat (path, ":/set/", NULL);
  g_autoptr (GHashTable) seen     = NULL;
  g_autofree char *last           = NULL;
  g_autofree char *same           = NULL;

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  set_time (folder, "1.tar", 1000000);
  set_time (folder, "2.tar", 1000000);
  expect_other (seen, path, NULL);
  expect_other (seen, other, NULL);
  expect_other (seen, set, NULL);
  expect_other (seen, val, NULL);
  expect_other (seen, set, take_one);
  set_time (folder, "1.tar", 2000000);
  expect_other (seen, set, NULL);
  last = identify (set, NULL);
  same = identify (slash, look_later);
  g_assert_cmpstr (last, ==, same);
}

/* A picture of each class. */
static void
write_records (const char *folder, const char *name)
{
  guint8 *bytes = g_malloc0 (N_CLASSES * RECORD);

  for (guint i = 0; i < N_CLASSES; i++)
    bytes[i * RECORD] = (guint8) i;
  sample_write (folder, name, g_bytes_new_take (bytes, N_CLASSES * RECORD));
  set_time (folder, name, 1000000);
}

static void
test_records (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GHashTable) seen     = NULL;
  g_autofree char *last           = NULL;
  g_autofree char *same           = NULL;

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("data_batch_%u.bin", i);

      write_records (folder, name);
    }
  write_records (folder, "test_batch.bin");
  expect_other (seen, folder, NULL);
  expect_other (seen, folder, sample_take_test);
  set_time (folder, "data_batch_3.bin", 2000000);
  expect_other (seen, folder, NULL);
  last = identify (folder, NULL);
  set_time (folder, "test_batch.bin", 2000000);
  same = identify (folder, NULL);
  g_assert_cmpstr (last, ==, same);
}

static void
test_points (void)
{
  g_autofree char *roll      = identify ("swiss-roll", NULL);
  g_autofree char *gaussians = identify ("gaussians-25", NULL);

  g_assert_cmpstr (roll, ==, "swiss-roll");
  g_assert_cmpstr (gaussians, ==, "gaussians-25");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/folder", test_folder);
  g_test_add_func ("/identity/tar", test_tar);
  g_test_add_func ("/identity/records", test_records);
  g_test_add_func ("/identity/points", test_points);
  return g_test_run ();
}
