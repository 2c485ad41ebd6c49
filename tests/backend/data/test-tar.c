/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Tars of class folders, those that mean harm too. */

#include "helpers.h"
#include "small-datasets.h"
#include "data/batches.h"
#include "data/tar.h"

static void
on_the_fly (DotDatasetOptions *options)
{
  sample_small (options);
  /* Enough for the names. */
  options->memory_limit = 1100;
}

static char *
write_tar (const char *folder, const char *name)
{
  char      *path = g_build_filename (folder, name, NULL);
  SampleTar *tar  = sample_tar_new (path);

  sample_tar_add_picture (tar, "./set/train/b/2.png", 2);
  sample_tar_add_picture (tar, "./set/train/a/1.png", 1);
  sample_tar_add_picture (tar, "./set/train/a/0.png", 0);
  sample_tar_add_picture (tar, "./set/val/a/3.png", 3);
  sample_tar_add (tar, "./set/train/notes.txt", g_bytes_new_static ("x", 1));
  sample_tar_add (tar, "./set/train/a/._0.png", g_bytes_new_static ("x", 1));
  sample_tar_add (tar, "./set.png", g_bytes_new_static ("x", 1));
  sample_tar_finish (tar);
  return path;
}

static void
check_train (const char *path, SampleChange change)
{
  const char *const inside[] = { ":set/train", ":set/train/", ":./set/train", ":/set/train//" };

  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    {
      g_autofree char *place         = g_strconcat (path, inside[i], NULL);
      g_autoptr (DotDataset) dataset = sample_open (place, change);

      g_assert_cmpstr (dot_dataset_get_kind (dataset), ==, "tar");
      g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 3);
      g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 2);
      g_assert_cmpstr (dot_dataset_get_label_name (dataset, 1), ==, "b");
      for (guint item = 0; item < 3; item++)
        sample_check (dataset, item, item);
    }
}

static void
test_folder_inside (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *plain          = write_tar (folder, "a.tar");
  g_autofree char *odd            = write_tar (folder, "a:b.tar");
  g_autofree char *packed         = write_tar (folder, "a.tar.gz");

  check_train (plain, sample_small);
  check_train (odd, sample_small);
  check_train (packed, sample_small);
}

/* Nothing of a tar that isn't compressed is kept; of others all must be. */
static void
test_memory (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *plain          = write_tar (folder, "a.tar");
  g_autofree char *packed         = write_tar (folder, "a.tar.gz");
  g_autofree char *place          = g_strconcat (plain, ":set/train", NULL);
  g_autoptr (GError) error        = sample_open_badly (packed, on_the_fly);
  g_autoptr (DotTar) tar          = dot_tar_open (plain, 1100, NULL);
  g_autoptr (DotDataset) dataset  = NULL;
  const char *name;

  assert_sentence (error, DOT_ERROR_NO_MEMORY);
  assert_mentions (error, packed);

  while (dot_tar_next (tar, &name, NULL))
    {
      g_autoptr (GBytes) bytes = dot_tar_read (tar, 1000, NULL);

      g_assert_nonnull (bytes);
    }
  dataset = sample_open (place, on_the_fly);
  sample_check (dataset, 2, 2);
}

/* Without a folder, one that has everything in it is looked into. */
static void
test_root (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "pets.tar", NULL);
  SampleTar       *tar            = sample_tar_new (path);
  g_autoptr (DotDataset) dataset  = NULL;
  g_autoptr (DotDataset) single   = NULL;
  g_autoptr (GError) error        = NULL;
  g_autofree char *wrong          = g_strconcat (path, ":dogs", NULL);
  g_autofree char *right          = g_strconcat (path, ":pets/all/", NULL);

  sample_tar_add_picture (tar, "pets/all/dog/1.png", 1);
  sample_tar_add_picture (tar, "pets/all/cat/0.png", 0);
  sample_tar_add_picture (tar, "pets/all/doe/2.png", 2);
  sample_tar_finish (tar);
  dataset = sample_open (path, sample_small);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 3);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 0), ==, "cat");
  single = sample_open (right, sample_small);
  g_assert_cmpuint (dot_dataset_get_n_labels (single), ==, 3);
  error = sample_open_badly (wrong, sample_small);
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, ":dogs");
}

static void
test_one_class (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "1.tar", NULL);
  SampleTar       *tar            = sample_tar_new (path);
  g_autoptr (DotDataset) dataset  = NULL;

  sample_tar_add_picture (tar, "pets/cat/1.png", 1);
  sample_tar_add_picture (tar, "pets/cat/0.png", 0);
  sample_tar_finish (tar);
  dataset = sample_open (path, sample_small);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 1);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 0), ==, "cat");
}

/* Names lead nowhere, and links are passed over. */
static void
test_hostile_names (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "1.tar", NULL);
  g_autofree char *target         = g_build_filename (folder, "x.png", NULL);
  SampleTar       *tar            = sample_tar_new (path);
  g_autoptr (DotDataset) dataset  = NULL;

  sample_write (folder, "x.png", sample_png (9, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_tar_add_picture (tar, "/etc/0.png", 0);
  sample_tar_add_picture (tar, "../../b/1.png", 1);
  sample_tar_add_link (tar, "etc/2.png", target, FALSE);
  sample_tar_add_link (tar, "etc/3.png", target, TRUE);
  sample_tar_finish (tar);
  dataset = sample_open (path, sample_small);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 2);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 0), ==, "..");
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 1), ==, "etc");
  sample_check (dataset, 1, 0);
}

static void
assert_damaged (const char *path)
{
  g_autoptr (GError) error = sample_open_badly (path, sample_small);

  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, path);
}

/* A tar cut off anywhere is one sentence, or has fewer files. */
static void
test_cut (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  const char *const names[]       = { "a.tar", "a.tar.gz" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path    = write_tar (folder, names[i]);
      g_autofree char *other   = g_strconcat (path, ".cut", NULL);
      g_autoptr (GBytes) bytes = helper_read (path);
      gsize size               = g_bytes_get_size (bytes);

      for (gsize end = 0; end < size; end += MAX (size / 61, 1))
        {
          g_autoptr (DotDataset) dataset = NULL;
          g_autoptr (GError) error       = NULL;
          DotDatasetOptions options;

          helper_write (other, g_bytes_get_data (bytes, NULL), end);
          dot_dataset_options_init (&options);
          options.path = other;
          options.kind = "tar";
          dataset      = dot_dataset_open (&options, &error);
          g_assert_true (! dataset == (error != NULL));
          if (error)
            g_assert_cmpstr (helper_sentence_fault (error->message), ==, NULL);
        }
    }
}

/* A member that claims 8 GB. */
static void
test_claims (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = write_tar (folder, "a.tar");
  g_autoptr (GBytes) bytes        = helper_read (path);
  gsize            size           = g_bytes_get_size (bytes);
  g_autofree char *copy           = NULL;
  guint            sum            = 0;

  copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  memcpy (copy + 124, "77777777777", 11);
  memset (copy + 148, ' ', 8);
  for (guint i = 0; i < 512; i++)
    sum += (guint8) copy[i];
  g_snprintf (copy + 148, 8, "%06o", sum);
  helper_write (path, copy, size);
  assert_damaged (path);
}

static void
test_no_tar (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "a.tar", NULL);

  helper_write (path, "", 0);
  assert_damaged (path);
  helper_write (path, "this is no tar at all", 21);
  assert_damaged (path);
}

static void
test_damaged_picture (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "1.tar", NULL);
  g_autofree char *place          = g_strconcat (path, ":c/1.png", NULL);
  SampleTar       *tar            = sample_tar_new (path);
  g_autoptr (GError) error        = NULL;

  sample_tar_add_picture (tar, "c/0.png", 0);
  sample_tar_add (tar, "c/1.png", g_bytes_new_static ("no picture", 10));
  sample_tar_finish (tar);
  error = sample_open_badly (path, sample_small);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, place);
}

static const char *const two[] = { "n01443537", "n09428293", NULL };

static void
two_classes (DotDatasetOptions *options)
{
  options->classes = two;
}

static void
test_tiny_imagenet (void)
{
  const char      *path          = SHARED_DIR "/data/tiny-imagenet-40.tar";
  g_autofree char *place         = g_strconcat (path, ":tiny-imagenet-40/val", NULL);
  g_autoptr (DotDataset) dataset = NULL;
  g_autofree guint8 *pixels      = g_malloc (3 * 64 * 64);

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no tiny-imagenet-40.tar");
      return;
    }
  dataset = sample_open (place, two_classes);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 100);
  g_assert_cmpuint (dot_dataset_get_label (dataset, 49), ==, 0);
  g_assert_cmpuint (dot_dataset_get_label (dataset, 50), ==, 1);
  sample_read (dataset, 99, pixels);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tar/folder-inside", test_folder_inside);
  g_test_add_func ("/tar/memory", test_memory);
  g_test_add_func ("/tar/root", test_root);
  g_test_add_func ("/tar/one-class", test_one_class);
  g_test_add_func ("/tar/hostile-names", test_hostile_names);
  g_test_add_func ("/tar/cut", test_cut);
  g_test_add_func ("/tar/claims", test_claims);
  g_test_add_func ("/tar/no-tar", test_no_tar);
  g_test_add_func ("/tar/damaged-picture", test_damaged_picture);
  g_test_add_func ("/tar/tiny-imagenet", test_tiny_imagenet);
  return g_test_run ();
}
