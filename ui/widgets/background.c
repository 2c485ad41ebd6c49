/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What takes from seconds to hours runs in a thread of its own, while the
 * main loop draws how far it is. */

#include "config.h"

#include "background.h"

#include "core/time-left.h"

typedef struct
{
  DotBackgroundFunc func;
  gpointer          data;
  DotProgressRow   *row;
  GCancellable     *cancellable;
  DotTimeLeft      *time_left;
  char             *message;
  GMainLoop        *loop;
  gboolean          ok;
  GError           *error;
} Work;

typedef struct
{
  DotProgressRow *row;
  GCancellable   *cancellable;
  char           *message;
  char           *left;
  double          fraction;
} Progress;

/*  the thread  */

static void
progress_free (gpointer user_data)
{
  Progress *progress = user_data;

  g_object_unref (progress->row);
  g_clear_object (&progress->cancellable);
  g_free (progress->message);
  g_free (progress->left);
  g_free (progress);
}

static gboolean
show_progress (gpointer user_data)
{
  Progress *progress = user_data;

  if (g_cancellable_is_cancelled (progress->cancellable))
    return G_SOURCE_REMOVE;

  dot_progress_row_set (progress->row, progress->message, progress->fraction);
  dot_progress_row_set_time_left (progress->row, progress->left);
  return G_SOURCE_REMOVE;
}

/* (nullable) (transfer full): of what is being done now */
static char *
guess_time_left (Work *work, const char *message, double fraction)
{
  gint64 now = g_get_monotonic_time ();

  if (g_strcmp0 (work->message, message) != 0)
    {
      dot_time_left_reset (work->time_left);
      g_free (work->message);
      work->message = g_strdup (message);
    }
  dot_time_left_set (work->time_left, fraction, now);
  return dot_time_left_get_text (work->time_left, now);
}

static void
post_progress (const char *message, double fraction, gpointer user_data)
{
  Work     *work     = user_data;
  Progress *progress = g_new0 (Progress, 1);

  progress->row         = g_object_ref (work->row);
  progress->cancellable = g_object_ref (work->cancellable);
  progress->message     = g_strdup (message);
  progress->left        = guess_time_left (work, message, fraction);
  progress->fraction    = fraction;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_progress, progress, progress_free);
}

static void
run (GTask *task, gpointer source, gpointer user_data, GCancellable *cancellable)
{
  Work *work = user_data;

  work->ok = work->func (work->data, post_progress, work, cancellable, &work->error);
  g_task_return_boolean (task, work->ok);
}

/*  the main thread  */

static void
done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = user_data;

  g_main_loop_quit (work->loop);
}

/**
 * dot_background_run:
 * @func: what to do
 * @data: for @func
 * @row: shows how far it is
 * @cancellable: stops it
 *
 * Does it in another thread, and runs the main loop until it is done.
 *
 * Returns: what @func returned
 */
gboolean
dot_background_run (DotBackgroundFunc func,
                    gpointer          data,
                    DotProgressRow   *row,
                    GCancellable     *cancellable,
                    GError          **error)
{
  Work work              = { .func = func, .data = data, .row = row, .cancellable = cancellable };
  g_autoptr (GTask) task = NULL;

  work.time_left = dot_time_left_new ();
  work.loop      = g_main_loop_new (NULL, FALSE);
  task           = g_task_new (NULL, cancellable, done, &work);
  g_task_set_task_data (task, &work, NULL);
  g_task_run_in_thread (task, run);
  g_main_loop_run (work.loop);
  g_main_loop_unref (work.loop);
  dot_time_left_free (work.time_left);
  g_free (work.message);

  if (work.error)
    g_propagate_error (error, work.error);
  return work.ok;
}
