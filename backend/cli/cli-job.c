/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Long work that Ctrl+C can end.
 *
 * The work runs in a thread; the main thread waits for its end and for
 * signals, and so can cancel it at any time. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "dot.h"
#include "cli-job.h"
#include "cli-progress.h"
#include "cli.h"

typedef struct
{
  CliJobFunc    func;
  gpointer      data;
  GMainLoop    *loop;
  GAsyncResult *result;
} Job;

/* What a signal's handler may touch: how many came, and what wakes the main
 * thread. */
static volatile sig_atomic_t n_signals = 0;
static int                   wakeup[2] = { -1, -1 };

/*  private functions  */

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job   = data;
  GError *error = NULL;

  if (job->func (job->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;

  job->result = g_object_ref (result);
  g_main_loop_quit (job->loop);
}

/* The second ends the program wherever it is: a library that hangs may hold any
 * lock, so that no other thread is waited for. */
static void
on_signal (int number)
{
  int code = errno;

  if (n_signals++ > 0)
    _exit (CLI_EXIT_CANCELLED);
  if (write (wakeup[1], "", 1) < 0)
    _exit (CLI_EXIT_CANCELLED);
  errno = code;
}

static gboolean
on_wakeup (int fd, GIOCondition condition, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
watch_signals (GError **error)
{
  const struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  g_autoptr (GError) cause      = NULL;

  if (wakeup[0] < 0 && ! g_unix_open_pipe (wakeup, O_CLOEXEC, &cause))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                   _ ("The work can't be begun (%s): close other programs, or allow more "
                      "open files with “ulimit -n”."),
                   cause->message);
      return FALSE;
    }
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  return TRUE;
}

/* After a first one they stay as they are: libraries may hang in their end,
 * too. */
static void
unwatch_signals (void)
{
  if (n_signals > 0)
    return;
  signal (SIGINT, SIG_DFL);
  signal (SIGTERM, SIG_DFL);
}

static void
start (Job *job, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_done, job);

  /* Work that ends well although it was cancelled has still ended well. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, run_in_thread);
}

/*  public functions  */

/**
 * cli_job_keep_memory:
 *
 * Called before cli_job_run() by what asks for the same large pieces of memory
 * again and again, as libtorch does: kept, they needn't be mapped and cleared
 * each time.  In one arena, because those of threads can't hold large pieces.
 */
void
cli_job_keep_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 1);
  mallopt (M_MMAP_MAX, 0);
  mallopt (M_TRIM_THRESHOLD, G_MAXINT);
#endif
}

/**
 * cli_job_run:
 * @func: the work
 * @data: passed to @func
 * @cancelled: (nullable): what is said where that ended it, translated
 * @error: where it says why it failed
 *
 * Runs @func, waits for it, and takes its progress from the terminal.  SIGINT
 * or SIGTERM cancels it; a second one of either ends the program at once, with
 * %CLI_EXIT_CANCELLED.
 *
 * Returns: what @func returned.
 */
gboolean
cli_job_run (CliJobFunc func, gpointer data, const char *cancelled, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop           = NULL;
  g_autoptr (GError) cause             = NULL;
  Job      job                         = { func, data, NULL, NULL };
  guint    source;
  gboolean success;

  if (! watch_signals (error))
    return FALSE;

  job.loop = loop = g_main_loop_new (NULL, FALSE);
  source          = g_unix_fd_add (wakeup[0], G_IO_IN, on_wakeup, cancellable);
  start (&job, cancellable);
  g_main_loop_run (loop);
  unwatch_signals ();
  if (! g_cancellable_is_cancelled (cancellable))
    g_source_remove (source);

  success = g_task_propagate_boolean (G_TASK (job.result), &cause);
  g_object_unref (job.result);
  cli_progress_clear ();
  if (cancelled && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, cancelled);
  else if (cause)
    g_propagate_error (error, g_steal_pointer (&cause));
  return success;
}
