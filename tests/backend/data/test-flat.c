/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A folder of pictures without class folders, in a tar or not: one label. */

#include "helpers.h"
#include "small-datasets.h"

static const char *const mine[]   = { "mine", NULL };
static const char *const others[] = { "others", NULL };

static void
choose_mine (DotDatasetOptions *options)
{
  sample_small (options);
  options->classes = mine;
}

static void
choose_others (DotDatasetOptions *options)
{
  sample_small (options);
  options->classes = others;
}

static void
write_picture (const char *folder, const char *name, guint picture)
{
  sample_write (folder, name, sample_png (picture, SAMPLE_SIZE, SAMPLE_SIZE));
}

/* Pictures 0, 1, … of one label. */
static void
check (const char *path, SampleChange change, const char *kind, const char *label, guint n)
{
  g_autoptr (DotDataset) dataset = sample_open (path, change);

  g_assert_cmpstr (dot_dataset_get_kind (dataset), ==, kind);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 1);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 0), ==, label);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, n);
  for (guint item = 0; item < n; item++)
    {
      g_assert_cmpuint (dot_dataset_get_label (dataset, item), ==, 0);
      sample_check (dataset, item, item);
    }
}

static void
test_folder (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "mine", NULL);
  g_autofree char *slash          = g_strconcat (path, "//", NULL);
  g_autofree char *dot            = g_strconcat (path, "/.", NULL);
  g_autoptr (GError) error        = NULL;

  write_picture (path, "b.PNG", 1);
  write_picture (path, "a.png", 0);
  sample_write (path, ".hidden.png", g_bytes_new_static ("x", 1));
  sample_write (path, "notes/list.txt", g_bytes_new_static ("x", 1));
  check (path, sample_small, "folder", "mine", 2);
  check (slash, sample_small, "folder", "mine", 2);
  check (dot, sample_small, "folder", "mine", 2);
  check (path, choose_mine, "folder", "mine", 2);
  error = sample_open_badly (path, choose_others);
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, "others");

  /* A class folder, and those outside are passed over. */
  write_picture (path, "cats/1.png", 0);
  check (path, sample_small, "folder", "cats", 1);
}

static void
test_tar (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  const char *const names[]       = { "my.pictures.tar", "my.pictures.tar.gz", "my.pictures.tgz" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      SampleTar       *tar  = sample_tar_new (path);

      sample_tar_add_picture (tar, "./b.png", 1);
      sample_tar_add_picture (tar, "a.png", 0);
      sample_tar_finish (tar);
      check (path, sample_small, "tar", "my.pictures", 2);
    }
}

static void
test_folder_in_tar (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "1.tar", NULL);
  g_autofree char *inside         = g_strconcat (path, ":set/mine/", NULL);
  SampleTar       *tar            = sample_tar_new (path);

  sample_tar_add_picture (tar, "set/mine/b.png", 1);
  sample_tar_add_picture (tar, "set/mine/a.png", 0);
  sample_tar_add_picture (tar, "set/theirs/c.png", 2);
  sample_tar_add_picture (tar, "d.png", 3);
  sample_tar_finish (tar);
  check (inside, sample_small, "tar", "mine", 2);
}

/* What lies beside the one folder doesn't hide it. */
static void
test_beside_root (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "1.tar", NULL);
  SampleTar       *tar            = sample_tar_new (path);

  sample_tar_add_picture (tar, "overview.png", 7);
  sample_tar_add_picture (tar, "set/mine/b.png", 1);
  sample_tar_add_picture (tar, "set/mine/a.png", 0);
  sample_tar_finish (tar);
  check (path, sample_small, "tar", "mine", 2);
}

/* As after "tar -r": what was appended counts. */
static void
test_twice (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "mine.tar", NULL);
  SampleTar       *tar            = sample_tar_new (path);

  sample_tar_add_picture (tar, "1.png", 5);
  sample_tar_add_picture (tar, "0.png", 7);
  sample_tar_add_picture (tar, "0.png", 9);
  sample_tar_add_picture (tar, "./0.png", 0);
  sample_tar_add_picture (tar, "1.png", 1);
  sample_tar_finish (tar);
  check (path, sample_small, "tar", "mine", 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flat/folder", test_folder);
  g_test_add_func ("/flat/tar", test_tar);
  g_test_add_func ("/flat/folder-in-tar", test_folder_in_tar);
  g_test_add_func ("/flat/beside-root", test_beside_root);
  g_test_add_func ("/flat/twice", test_twice);
  return g_test_run ();
}
