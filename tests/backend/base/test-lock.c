/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Who has a folder, and who hasn't. */

#include "base/lock.h"
#include "helpers.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_one_at_a_time (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  DotLock first;
  DotLock second;

  g_assert_true (dot_lock_try (&first, folder));
  g_assert_false (dot_lock_try (&second, folder));
  g_assert_cmpint (second, ==, DOT_LOCK_NONE);
  dot_lock_release (&first);
  g_assert_true (dot_lock_try (&second, folder));
  dot_lock_release (&second);
  g_assert_cmpuint (helper_count_names (folder), ==, 0);
}

static void
test_nothing_there (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *none           = g_build_filename (folder, "none", NULL);
  DotLock          lock;

  g_assert_true (dot_lock_try (&lock, none));
  g_assert_cmpint (lock, ==, DOT_LOCK_NONE);
}

/* It goes with the process, however that ends. */
static void
test_killed (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  DotLock lock;
  pid_t   process;
  int     ends[2];
  char    byte;

  g_assert_cmpint (pipe (ends), ==, 0);
  process = fork ();
  if (process == 0)
    {
      dot_lock_wait (&lock, folder);
      g_assert_cmpint (write (ends[1], "", 1), ==, 1);
      while (TRUE)
        pause ();
    }
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  g_assert_false (dot_lock_try (&lock, folder));
  kill (process, SIGKILL);
  waitpid (process, NULL, 0);
  g_assert_true (dot_lock_try (&lock, folder));
  dot_lock_release (&lock);
  close (ends[0]);
  close (ends[1]);
}

/* Each byte is another's, and all of them one's. */
static void
test_bytes (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *file           = g_build_filename (folder, "lock", NULL);
  DotLock          first;
  DotLock          second;
  DotLock          other;

  g_assert_true (dot_lock_try_bytes (&first, file, 1, 1));
  g_assert_true (dot_lock_try_bytes (&second, file, 2, 1));
  g_assert_false (dot_lock_try_bytes (&other, file, 2, 1));
  g_assert_cmpint (other, ==, DOT_LOCK_NONE);
  g_assert_false (dot_lock_try_bytes (&other, file, 1, 0));
  dot_lock_release (&first);
  g_assert_false (dot_lock_try_bytes (&other, file, 1, 0));
  dot_lock_release (&second);
  g_assert_true (dot_lock_try_bytes (&other, file, 1, 0));
  g_assert_false (dot_lock_try_bytes (&first, file, 1000000, 1));
  dot_lock_wait_bytes (&first, file, 0, 1);
  g_assert_cmpint (first, !=, DOT_LOCK_NONE);
  dot_lock_release (&first);
  dot_lock_release (&other);
}

/* What has been removed meanwhile holds nobody. */
static void
test_bytes_of_another_file (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *file           = g_build_filename (folder, "lock", NULL);
  g_autofree char *nowhere        = g_build_filename (folder, "none", "lock", NULL);
  DotLock          removed;
  DotLock new;
  DotLock none;

  g_assert_true (dot_lock_try_bytes (&removed, file, 1, 1));
  g_assert_cmpint (unlink (file), ==, 0);
  g_assert_true (dot_lock_try_bytes (&new, file, 1, 1));
  g_assert_cmpint (new, !=, DOT_LOCK_NONE);
  g_assert_true (dot_lock_try_bytes (&none, nowhere, 1, 1));
  g_assert_cmpint (none, ==, DOT_LOCK_NONE);
  dot_lock_release (&removed);
  dot_lock_release (&new);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lock/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/lock/nothing-there", test_nothing_there);
  g_test_add_func ("/lock/killed", test_killed);
  g_test_add_func ("/lock/bytes", test_bytes);
  g_test_add_func ("/lock/bytes-of-another-file", test_bytes_of_another_file);
  return g_test_run ();
}
