/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files that are there as a whole or not at all, and what is left of others. */

#include "base/whole-file.h"
#include "helpers.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void
assert_holds (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = helper_read (path);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
test_save (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dot_whole_file_save (fixture->path, "new", 3, &error));
  assert_holds (fixture->path, "new");
  g_assert_true (dot_whole_file_save (fixture->path, "newer", 5, &error));
  assert_holds (fixture->path, "newer");
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 1);
}

static void
test_unwritable (HelperFile *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "x", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_false (dot_whole_file_save (nowhere, "x", 1, &error));
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, nowhere);
  g_assert_false (dot_whole_file_save (fixture->folder, "x", 1, &other));
  assert_sentence (other, DOT_ERROR_FAILED);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
}

/* What is written has no name, so that nothing is left of it. */
static void
test_unnamed (HelperFile *fixture, gconstpointer data)
{
  int fd = dot_whole_file_open_unnamed (fixture->path);

  if (fd < 0)
    {
      g_test_skip ("the file system has no files without a name");
      return;
    }
  g_assert_cmpint (write (fd, "text", 4), ==, 4);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
  g_assert_true (dot_whole_file_give_name (fd, fixture->path));
  close (fd);
  assert_holds (fixture->path, "text");
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 1);
}

static void
assert_open_fault (const char *path, int code, DotError expected, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dot_whole_file_fail_open (path, code, &error));
  assert_sentence (error, expected);
  assert_mentions (error, path);
  assert_mentions (error, mentions);
}

/* What keeps a file from being opened isn't always that it isn't there. */
static void
test_cannot_open (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) folder = NULL;

  assert_open_fault ("x", EMFILE, DOT_ERROR_FAILED, "ulimit -n");
  assert_open_fault ("x", ENOMEM, DOT_ERROR_NO_MEMORY, "memory");
  assert_open_fault ("x", EACCES, DOT_ERROR_NOT_FOUND, "permissions");
  assert_open_fault ("x", ENOENT, DOT_ERROR_NOT_FOUND, "is not there");

  g_assert_null (dot_whole_file_map (fixture->path, &absent));
  assert_mentions (absent, "is not there");
  g_assert_null (dot_whole_file_map (fixture->folder, &folder));
  assert_sentence (folder, DOT_ERROR_NOT_FOUND);
  assert_mentions (folder, fixture->folder);
}

static void
test_left_overs (HelperFile *fixture, gconstpointer data)
{
  static const char *const gone[] = { "log.csv.aB3xY9", "g.npz.ABCDEF", "c.safetensors.000000",
                                      "work.json.1zK9aC" };
  static const char *const stay[] = { "log.csv",        "log.csv.backup", "log.csv.old",
                                      "a.txt.aB3xY9",   "csv.aB3xY9",     "csv",
                                      "log.csv.aB3xY9Z" };

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, gone[i], NULL);

      helper_write (path, "", 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (stay); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, stay[i], NULL);

      helper_write (path, "", 0);
    }

  dot_whole_file_remove_left_overs (fixture->folder);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, G_N_ELEMENTS (stay));
  for (guint i = 0; i < G_N_ELEMENTS (stay); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, stay[i], NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
add (const char *path, void (*test) (HelperFile *fixture, gconstpointer data))
{
  g_test_add (path, HelperFile, "x", helper_file_set_up, test, helper_file_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/whole-file/save", test_save);
  add ("/whole-file/unwritable", test_unwritable);
  add ("/whole-file/unnamed", test_unnamed);
  add ("/whole-file/cannot-open", test_cannot_open);
  add ("/whole-file/left-overs", test_left_overs);
  return g_test_run ();
}
