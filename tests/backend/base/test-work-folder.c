/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Parts that several processes make in one folder. */

#include "base/work-folder.h"

#include "base/whole-file.h"
#include "helpers.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PARTS     10
#define PROCESSES 8

static char *
name_part (gsize part, gpointer user_data)
{
  return g_strdup_printf ("%s-%zu.json", (const char *) user_data, part);
}

static const DotWork work = { "seed 0", "ten numbers", DOT_SHARD_NONE, PARTS, name_part, "part" };

static DotWorkFolder *
try_open (const char *path, guint index, guint count, GError **error)
{
  DotWork share = work;

  share.shard = (DotShard) { index, count };
  return dot_work_folder_open (path, &share, error);
}

static DotWorkFolder *
open_well (const char *path, guint index, guint count)
{
  g_autoptr (GError) error = NULL;
  DotWorkFolder *folder    = try_open (path, index, count, &error);

  g_assert_no_error (error);
  g_assert_nonnull (folder);
  return folder;
}

static void
assert_refused (const char *path, guint index, guint count, DotError code, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_open (path, index, count, &error));
  assert_sentence (error, code);
  assert_mentions (error, path);
  assert_mentions (error, mentions);
}

/* At most @most of those that are this process's and not there. */
static guint
make (DotWorkFolder *folder, guint most)
{
  guint made = 0;

  for (gsize part = 0; part < PARTS && made < most; part++)
    if (dot_work_folder_is_mine (folder, part) && ! dot_work_folder_has (folder, part))
      {
        g_autofree char *path = dot_work_folder_get_path (folder, part);

        g_assert_true (dot_whole_file_save (path, path, 1, NULL));
        made++;
      }
  return made;
}

static guint
count_parts (DotWorkFolder *folder)
{
  guint n = 0;

  for (gsize part = 0; part < PARTS; part++)
    n += dot_work_folder_has (folder, part);
  return n;
}

/* What isn't cut just goes on. */
static void
test_whole (HelperFile *fixture, gconstpointer data)
{
  DotWorkFolder *folder = open_well (fixture->path, 0, 0);

  g_assert_cmpuint (make (folder, 3), ==, 3);
  dot_work_folder_close (folder);
  folder = open_well (fixture->path, 0, 0);
  g_assert_cmpuint (make (folder, PARTS), ==, PARTS - 3);
  dot_work_folder_close (folder);
  folder = open_well (fixture->path, 0, 0);
  g_assert_cmpuint (make (folder, PARTS), ==, 0);
  dot_work_folder_remove (folder);
  dot_work_folder_close (folder);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
}

static void
test_shards (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (DotWorkFolder) first  = open_well (fixture->path, 1, 3);
  g_autoptr (DotWorkFolder) second = open_well (fixture->path, 2, 3);
  g_autoptr (DotWorkFolder) third  = open_well (fixture->path, 3, 3);
  g_autoptr (DotWorkFolder) all    = NULL;

  g_assert_cmpuint (make (first, PARTS), ==, 4);
  g_assert_cmpuint (make (third, PARTS), ==, 3);
  g_assert_cmpuint (make (second, PARTS), ==, 3);
  all = open_well (fixture->path, 0, 0);
  g_assert_cmpuint (count_parts (all), ==, PARTS);
}

/* Shards are named that are missing, begun or still at work, and what is there stays. */
static void
test_missing (HelperFile *fixture, gconstpointer data)
{
  DotWorkFolder *first = open_well (fixture->path, 1, 4);
  DotWorkFolder *third = open_well (fixture->path, 3, 4);
  DotWorkFolder *rest;

  make (first, PARTS);
  make (third, 1);
  assert_refused (fixture->path, 0, 0, DOT_ERROR_FAILED, "Shards 2/4, 3/4, 4/4 are missing");
  dot_work_folder_close (first);
  dot_work_folder_close (third);
  rest = open_well (fixture->path, 4, 4);
  make (rest, PARTS);
  dot_work_folder_close (rest);
  rest = open_well (fixture->path, 3, 4);
  g_assert_cmpuint (make (rest, PARTS), ==, 1);
  dot_work_folder_close (rest);
  assert_refused (fixture->path, 0, 0, DOT_ERROR_FAILED, "Shard 2/4 is missing");
  rest = open_well (fixture->path, 1, 1);
  g_assert_cmpuint (make (rest, PARTS), ==, 3);
  dot_work_folder_close (rest);
  dot_work_folder_close (open_well (fixture->path, 0, 0));
}

/* Of a thousand missing ones a line has room for some. */
static void
test_many_missing (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (DotWorkFolder) folder = NULL;
  g_autoptr (GError) error         = NULL;
  DotWork many                     = work;

  many.n_parts = 1000;
  many.shard   = (DotShard) { 1, 1000 };
  folder       = dot_work_folder_open (fixture->path, &many, &error);
  g_assert_no_error (error);
  many.shard = DOT_SHARD_NONE;
  g_assert_null (dot_work_folder_open (fixture->path, &many, &error));
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, "1/1000, 2/1000");
  assert_mentions (error, "12/1000, …");
}

static void
test_other_options (HelperFile *fixture, gconstpointer data)
{
  DotWork other = work;

  dot_work_folder_close (open_well (fixture->path, 1, 4));
  assert_refused (fixture->path, 1, 3, DOT_ERROR_INVALID_ARGUMENT, "4 shards");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      other.identity = i ? work.identity : "seed 1";
      other.n_parts  = PARTS + i;
      g_assert_null (dot_work_folder_open (fixture->path, &other, &error));
      assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
      assert_mentions (error, fixture->path);
      assert_mentions (error, work.description);
      assert_mentions (error, "--work");
    }
}

/* What wasn't cut may be from now on. */
static void
test_cut_later (HelperFile *fixture, gconstpointer data)
{
  DotWorkFolder *folder = open_well (fixture->path, 0, 0);

  make (folder, 3);
  assert_refused (fixture->path, 1, 2, DOT_ERROR_FAILED, "1/2");
  dot_work_folder_close (folder);
  folder = open_well (fixture->path, 1, 2);
  g_assert_cmpuint (make (folder, PARTS), ==, 3);
  dot_work_folder_close (folder);
  assert_refused (fixture->path, 0, 0, DOT_ERROR_FAILED, "2/2");
  folder = open_well (fixture->path, 2, 2);
  g_assert_cmpuint (make (folder, PARTS), ==, 4);
  dot_work_folder_close (folder);
  dot_work_folder_close (open_well (fixture->path, 0, 0));
}

static void
test_twice (HelperFile *fixture, gconstpointer data)
{
  DotWorkFolder *folder = open_well (fixture->path, 2, 4);

  assert_refused (fixture->path, 2, 4, DOT_ERROR_FAILED, "2/4");
  assert_refused (fixture->path, 1, 1, DOT_ERROR_FAILED, "wait");
  dot_work_folder_close (open_well (fixture->path, 3, 4));
  dot_work_folder_close (folder);
  dot_work_folder_close (open_well (fixture->path, 2, 4));
}

static void
write_in (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  helper_write (path, text, strlen (text));
}

static gboolean
is_in (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What another shard hasn't finished yet stays, for it may still be at work. */
static void
test_left_overs (HelperFile *fixture, gconstpointer data)
{
  static const char *const mine[]   = { "part-1.json.aB3xY9", "part-9.json.000000",
                                        "work.json.aB3xY9" };
  static const char *const others[] = { "part-0.json.aB3xY9", "part-11.json.aB3xY9",
                                        "notes.json.aB3xY9" };

  dot_work_folder_close (open_well (fixture->path, 1, 2));
  for (guint i = 0; i < G_N_ELEMENTS (mine); i++)
    {
      write_in (fixture->path, mine[i], "half");
      write_in (fixture->path, others[i], "half");
    }
  dot_work_folder_close (open_well (fixture->path, 2, 2));
  for (guint i = 0; i < G_N_ELEMENTS (mine); i++)
    {
      g_assert_false (is_in (fixture->path, mine[i]));
      g_assert_true (is_in (fixture->path, others[i]));
    }
}

static void
test_damaged (HelperFile *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "nonsense",
    "{}",
    "{\"format\": \"dot-refine-work\", \"version\": 1}",
    "{\"format\": \"dot-refine-work\", \"version\": 2, \"identity\": \"x\"}",
    "{\"format\": \"dot-refine-work\", \"version\": 1, \"identity\": \"x\", \"description\": \"\", "
    "\"shards\": -1, \"parts\": 10}",
    "{\"format\": \"dot-refine-work\", \"version\": 1, \"identity\": \"x\", "
    "\"description\": \"a\\nb\", \"shards\": 1, \"parts\": 10}",
    "{\"format\": \"dot-refine-work\", \"version\": 1, \"identity\": 7, \"description\": \"\", "
    "\"shards\": 1, \"parts\": 1e300}",
  };

  dot_work_folder_close (open_well (fixture->path, 0, 0));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_in (fixture->path, "work.json", texts[i]);
      assert_refused (fixture->path, 0, 0, DOT_ERROR_INVALID_FILE, "work.json");
    }
}

static void
test_no_folder (HelperFile *fixture, gconstpointer data)
{
  helper_write (fixture->path, "x", 1);
  assert_refused (fixture->path, 0, 0, DOT_ERROR_FAILED, "another one");
}

/* Who makes some parts, tells that by a pipe, and never ends. */
static pid_t
start_shard (const char *path, guint index, guint count, guint parts)
{
  int   ends[2];
  pid_t process;
  char  byte;

  g_assert_cmpint (pipe (ends), ==, 0);
  process = fork ();
  if (process == 0)
    {
      make (open_well (path, index, count), parts);
      g_assert_cmpint (write (ends[1], "", 1), ==, 1);
      while (TRUE)
        pause ();
    }
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  close (ends[0]);
  close (ends[1]);
  return process;
}

static void
test_killed (HelperFile *fixture, gconstpointer data)
{
  pid_t          process = start_shard (fixture->path, 1, 2, 2);
  DotWorkFolder *folder;

  assert_refused (fixture->path, 1, 2, DOT_ERROR_FAILED, "1/2");
  kill (process, SIGKILL);
  waitpid (process, NULL, 0);
  assert_refused (fixture->path, 0, 0, DOT_ERROR_FAILED, "1/2, 2/2");
  folder = open_well (fixture->path, 1, 2);
  g_assert_cmpuint (make (folder, PARTS), ==, PARTS / 2 - 2);
  dot_work_folder_close (folder);
}

/* Begin at the same moment: one makes the folder, and all say the same of it. */
static void
test_at_once (HelperFile *fixture, gconstpointer data)
{
  for (guint process = 1; process <= PROCESSES; process++)
    if (fork () == 0)
      {
        make (open_well (fixture->path, process, PROCESSES), PARTS);
        _exit (0);
      }
  for (guint process = 1; process <= PROCESSES; process++)
    {
      int status;

      wait (&status);
      g_assert_cmpint (status, ==, 0);
    }
  dot_work_folder_close (open_well (fixture->path, 0, 0));
  g_assert_cmpuint (helper_count_names (fixture->path), ==, PARTS + 2);
}

/* 0: made and removed; 1: refused, for another was at it */
static int
make_and_remove (const char *path)
{
  g_autoptr (GError) error         = NULL;
  g_autoptr (DotWorkFolder) folder = try_open (path, 0, 0, &error);

  if (! folder)
    {
      assert_sentence (error, DOT_ERROR_FAILED);
      assert_mentions (error, "Another process");
      return 1;
    }
  g_assert_cmpuint (make (folder, PARTS), ==, PARTS);
  g_assert_cmpuint (count_parts (folder), ==, PARTS);
  dot_work_folder_remove (folder);
  return 0;
}

/* Who ends takes nothing of one who begins away. */
static void
test_removed_at_once (HelperFile *fixture, gconstpointer data)
{
  guint done = 0;

  for (guint process = 0; process < PROCESSES; process++)
    if (fork () == 0)
      {
        int refused = 0;

        for (guint i = 0; i < 50; i++)
          refused += make_and_remove (fixture->path);
        _exit (refused == 50);
      }
  for (guint process = 0; process < PROCESSES; process++)
    {
      int status;

      wait (&status);
      g_assert_true (WIFEXITED (status));
      done += WEXITSTATUS (status) == 0;
    }
  g_assert_cmpuint (done, >=, 1);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
}

static void
add (const char *path, void (*test) (HelperFile *fixture, gconstpointer data))
{
  g_test_add (path, HelperFile, "work", helper_file_set_up, test, helper_file_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/work-folder/whole", test_whole);
  add ("/work-folder/shards", test_shards);
  add ("/work-folder/missing", test_missing);
  add ("/work-folder/many-missing", test_many_missing);
  add ("/work-folder/other-options", test_other_options);
  add ("/work-folder/cut-later", test_cut_later);
  add ("/work-folder/twice", test_twice);
  add ("/work-folder/left-overs", test_left_overs);
  add ("/work-folder/damaged", test_damaged);
  add ("/work-folder/no-folder", test_no_folder);
  add ("/work-folder/killed", test_killed);
  add ("/work-folder/at-once", test_at_once);
  add ("/work-folder/removed-at-once", test_removed_at_once);
  return g_test_run ();
}
