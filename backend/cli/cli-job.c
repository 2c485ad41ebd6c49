/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Long work that Ctrl+C can end.
 *
 * The work runs in a thread; the main thread waits for its end and for
 * signals, and so can cancel it at any time. */

#include "config.h"

#include <signal.h>

#include <glib-unix.h>

#include "cli-job.h"
#include "cli-progress.h"

typedef struct
{
  CliJobFunc    func;
  gpointer      data;
  GMainLoop    *loop;
  GAsyncResult *result;
} Job;

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

/* Once only: the next signal finds its default action, and ends at once. */
static gboolean
on_signal (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static GSource *
watch_signal (int signum, GCancellable *cancellable)
{
  GSource *source = g_unix_signal_source_new (signum);

  g_source_set_callback (source, on_signal, cancellable, NULL);
  g_source_attach (source, NULL);
  return source;
}

static void
unwatch_signal (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
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
 * cli_job_run:
 * @func: the work
 * @data: passed to @func
 * @cancelled: (nullable): what is said where that ended it, translated
 * @error: where it says why it failed
 *
 * Runs @func, waits for it, and takes its progress from the terminal.  SIGINT
 * or SIGTERM cancels it; a second one ends the program.
 *
 * Returns: what @func returned.
 */
gboolean
cli_job_run (CliJobFunc func, gpointer data, const char *cancelled, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop           = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) cause             = NULL;
  Job      job                         = { func, data, loop, NULL };
  GSource *interrupt                   = watch_signal (SIGINT, cancellable);
  GSource *terminate                   = watch_signal (SIGTERM, cancellable);
  gboolean success;

  start (&job, cancellable);
  g_main_loop_run (loop);

  unwatch_signal (interrupt);
  unwatch_signal (terminate);

  success = g_task_propagate_boolean (G_TASK (job.result), &cause);
  g_object_unref (job.result);
  cli_progress_clear ();
  if (cancelled && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, cancelled);
  else if (cause)
    g_propagate_error (error, g_steal_pointer (&cause));
  return success;
}
