/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* CIFAR-10's and STL-10's own files, small ones of the same format. */

#include "helpers.h"
#include "small-datasets.h"

#include <glib/gstdio.h>

#define CIFAR_SIDE 32
#define STL_SIDE   96

static const char *const subset[] = { "truck", "airplane", NULL };

static void
small_stl (DotDatasetOptions *options)
{
  options->size = STL_SIDE;
}

static void
take_all (DotDatasetOptions *options)
{
  options->part = "all";
}

static void
take_unlabeled (DotDatasetOptions *options)
{
  options->part = "unlabeled";
}

static void
take_subset (DotDatasetOptions *options)
{
  options->classes = subset;
}

/* Two pictures, of classes @klass and @klass + 1. */
static GBytes *
make_cifar (guint klass)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = klass; i < klass + 2; i++)
    {
      guint8 label = (guint8) i;

      g_byte_array_append (bytes, &label, 1);
      for (guint j = 0; j < 3 * CIFAR_SIDE * CIFAR_SIDE; j++)
        {
          guint8 level = sample_level (i, j / 1024, j / 32 % 32, j % 32);

          g_byte_array_append (bytes, &level, 1);
        }
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* @n pictures, in columns. */
static GBytes *
make_stl (guint n)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < 3 * STL_SIDE * STL_SIDE; j++)
      {
        guint8 level = sample_level (i, j / (STL_SIDE * STL_SIDE), j % STL_SIDE,
                                     j / STL_SIDE % STL_SIDE);

        g_byte_array_append (bytes, &level, 1);
      }
  return g_byte_array_free_to_bytes (bytes);
}

static void
write_cifar (const char *folder, const char *prefix)
{
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%sdata_batch_%u.bin", prefix, i);

      sample_write (folder, name, make_cifar (2 * (i - 1)));
    }
  {
    g_autofree char *name = g_strconcat (prefix, "test_batch.bin", NULL);

    sample_write (folder, name, make_cifar (3));
  }
}

static char *
write_cifar_tar (const char *folder)
{
  char      *path = g_build_filename (folder, "cifar-10-binary.tar.gz", NULL);
  SampleTar *tar  = sample_tar_new (path);

  for (guint i = 5; i >= 1; i--)
    {
      g_autofree char *name = NULL;

      name = g_strdup_printf ("cifar-10-batches-bin/data_batch_%u.bin", i);
      sample_tar_add (tar, name, make_cifar (2 * (i - 1)));
    }
  sample_tar_finish (tar);
  return path;
}

static void
check_cifar (DotDataset *dataset)
{
  g_autofree guint8 *pixels = g_malloc (3 * 32 * 32);

  g_assert_cmpstr (dot_dataset_get_kind (dataset), ==, "cifar-10");
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 10);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 10);
  g_assert_cmpuint (dot_dataset_get_height (dataset), ==, 32);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 1), ==, "automobile");
  for (guint item = 0; item < 10; item++)
    {
      g_assert_cmpuint (dot_dataset_get_label (dataset, item), ==, item);
      sample_read (dataset, item, pixels);
      for (guint j = 0; j < 3 * 32 * 32; j++)
        g_assert_cmpuint (pixels[j], ==, sample_level (item, j / 1024, j / 32 % 32, j % 32));
    }
}

static void
test_cifar (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (HelperFolder) above  = helper_folder_new ();
  g_autofree char *path           = write_cifar_tar (above);
  g_autoptr (DotDataset) plain    = NULL;
  g_autoptr (DotDataset) nested   = NULL;
  g_autoptr (DotDataset) packed   = NULL;

  write_cifar (folder, "");
  write_cifar (above, "cifar-10-batches-bin/");
  check_cifar (plain = sample_open (folder, NULL));
  check_cifar (nested = sample_open (above, NULL));
  check_cifar (packed = sample_open (path, NULL));
}

static void
test_cifar_parts (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) all      = NULL;
  g_autoptr (DotDataset) some     = NULL;
  g_autoptr (GError) error        = NULL;
  g_autoptr (GError) few          = NULL;

  write_cifar (folder, "");
  all = sample_open (folder, take_all);
  g_assert_cmpuint (dot_dataset_get_n_items (all), ==, 12);
  some = sample_open (folder, take_subset);
  g_assert_cmpuint (dot_dataset_get_n_items (some), ==, 2);
  g_assert_cmpuint (dot_dataset_get_label (some, 0), ==, 1);
  g_assert_cmpuint (dot_dataset_get_label (some, 1), ==, 0);
  error = sample_open_badly (folder, take_unlabeled);
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, "unlabeled");
  /* Two classes are not all ten. */
  few = sample_open_badly (folder, sample_take_test);
  assert_sentence (few, DOT_ERROR_NOT_FOUND);
  assert_mentions (few, "airplane");
}

static void
assert_refused (const char *folder, DotError code, const char *name)
{
  g_autoptr (GError) error = sample_open_badly (folder, NULL);

  assert_sentence (error, code);
  assert_mentions (error, name);
}

static void
test_cifar_damaged (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *third          = NULL;

  third = g_build_filename (folder, "data_batch_3.bin", NULL);
  write_cifar (folder, "");
  sample_write (folder, "data_batch_3.bin", g_bytes_new_static ("", 0));
  assert_refused (folder, DOT_ERROR_INVALID_FILE, "data_batch_3.bin");
  sample_write (folder, "data_batch_3.bin", g_bytes_new_take (g_malloc0 (3072), 3072));
  assert_refused (folder, DOT_ERROR_INVALID_FILE, "data_batch_3.bin");
  sample_write (folder, "data_batch_3.bin", make_cifar (9));
  assert_refused (folder, DOT_ERROR_INVALID_FILE, "class 10");
  g_assert_cmpint (g_remove (third), ==, 0);
  assert_refused (folder, DOT_ERROR_NOT_FOUND, "data_batch_3.bin");
}

static void
write_stl (const char *folder)
{
  sample_write (folder, "train_X.bin", make_stl (10));
  sample_write (folder, "train_y.bin", g_bytes_new_static ("\1\2\3\4\5\6\7\10\11\12", 10));
  sample_write (folder, "unlabeled_X.bin", make_stl (3));
}

static void
test_stl (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) dataset  = NULL;
  g_autoptr (DotDataset) half     = NULL;
  g_autoptr (DotDataset) none     = NULL;
  g_autofree guint8 *pixels       = g_malloc (3 * 96 * 96);

  write_stl (folder);
  dataset = sample_open (folder, small_stl);
  g_assert_cmpstr (dot_dataset_get_kind (dataset), ==, "stl-10");
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 10);
  g_assert_cmpuint (dot_dataset_get_label (dataset, 9), ==, 9);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 7), ==, "monkey");
  sample_read (dataset, 4, pixels);
  for (guint j = 0; j < 3 * 96 * 96; j++)
    g_assert_cmpuint (pixels[j], ==, sample_level (4, j / 9216, j / 96 % 96, j % 96));

  /* Four pixels become one. */
  half = sample_open (folder, NULL);
  g_assert_cmpuint (dot_dataset_get_width (half), ==, 48);
  sample_read (half, 4, pixels);
  for (guint j = 0; j < 3 * 48 * 48; j++)
    {
      guint c = j / 2304, y = j / 48 % 48 * 2, x = j % 48 * 2;
      guint sum = sample_level (4, c, y, x) + sample_level (4, c, y, x + 1) +
                  sample_level (4, c, y + 1, x) + sample_level (4, c, y + 1, x + 1);

      g_assert_cmpuint (pixels[j], >=, sum / 4);
      g_assert_cmpuint (pixels[j], <=, (sum + 3) / 4);
    }

  none = sample_open (folder, take_unlabeled);
  g_assert_cmpuint (dot_dataset_get_n_items (none), ==, 3);
  g_assert_cmpuint (dot_dataset_get_n_labels (none), ==, 1);
}

static void
test_stl_damaged (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();

  write_stl (folder);
  sample_write (folder, "train_y.bin", g_bytes_new_static ("\1\2\3", 3));
  assert_refused (folder, DOT_ERROR_INVALID_FILE, "train_y.bin");
  sample_write (folder, "train_y.bin", g_bytes_new_static ("\1\2\3\4\5\6\7\0\11\12", 10));
  assert_refused (folder, DOT_ERROR_INVALID_FILE, "class 0");
  sample_write (folder, "train_X.bin", g_bytes_new_static ("123", 3));
  assert_refused (folder, DOT_ERROR_INVALID_FILE, "train_X.bin");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/cifar", test_cifar);
  g_test_add_func ("/records/cifar-parts", test_cifar_parts);
  g_test_add_func ("/records/cifar-damaged", test_cifar_damaged);
  g_test_add_func ("/records/stl", test_stl);
  g_test_add_func ("/records/stl-damaged", test_stl_damaged);
  return g_test_run ();
}
