/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Work that hangs, and the signals that a person sends it. */

#include "cli/cli-job.h"
#include "cli/cli.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A hang that isn't ended ends here. */
#define TOO_LONG 60

static void
say (int fd, char what)
{
  g_assert_cmpint (write (fd, &what, 1), ==, 1);
}

static char
hear (int fd)
{
  char what = 0;

  g_assert_cmpint (read (fd, &what, 1), ==, 1);
  return what;
}

static void
on_cancelled (GCancellable *cancellable, gpointer fd)
{
  say (GPOINTER_TO_INT (fd), 'c');
}

static gboolean
hang (gpointer fd, GCancellable *cancellable, GError **error)
{
  g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), fd, NULL);
  say (GPOINTER_TO_INT (fd), 'b');
  while (TRUE)
    pause ();
  return TRUE;
}

/* In a process of its own: begun, told of the first signal, ended by the
 * second. */
static void
test_hang (gconstpointer data)
{
  const int *numbers = data;
  int        ends[2];
  int        status;
  pid_t      process;

  g_assert_cmpint (pipe (ends), ==, 0);
  process = fork ();
  if (process == 0)
    {
      alarm (TOO_LONG);
      cli_job_run (hang, GINT_TO_POINTER (ends[1]), NULL, NULL);
      _exit (CLI_EXIT_FAILED);
    }
  close (ends[1]);
  g_assert_cmpint (hear (ends[0]), ==, 'b');
  kill (process, numbers[0]);
  g_assert_cmpint (hear (ends[0]), ==, 'c');
  kill (process, numbers[1]);
  g_assert_cmpint (waitpid (process, &status, 0), ==, process);
  close (ends[0]);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, CLI_EXIT_CANCELLED);
}

int
main (int argc, char **argv)
{
  static const int twice[]     = { SIGINT, SIGINT };
  static const int terminate[] = { SIGTERM, SIGTERM };
  static const int both[]      = { SIGINT, SIGTERM };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/job/hang/interrupt", twice, test_hang);
  g_test_add_data_func ("/job/hang/terminate", terminate, test_hang);
  g_test_add_data_func ("/job/hang/interrupt-terminate", both, test_hang);
  return g_test_run ();
}
