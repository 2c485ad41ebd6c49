/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* libgimp has one connection to GIMP, and each question waits for GIMP's
 * answer: while GIMP draws a large image, for a tenth of a second and more.
 * The dialog must not wait with it.  So everything that is asked while the
 * dialog is open goes through one thread, in order; the main thread uses
 * libgimp before the first task and after dot_gimp_thread_wait() only. */

#include "config.h"

#include "gimp-thread.h"

struct _DotGimpThread
{
  GThreadPool *pool;
  guint        n_pending;
};

typedef struct
{
  DotGimpThread    *thread;
  DotGimpThreadFunc task;
  DotGimpThreadFunc done;
  gpointer          user_data;
} Task;

/* in the main thread */
static gboolean
end_task (gpointer data)
{
  Task *task = data;

  if (task->done)
    task->done (task->user_data);
  task->thread->n_pending--;
  g_free (task);
  return G_SOURCE_REMOVE;
}

static void
do_task (gpointer data, gpointer user_data)
{
  Task *task = data;

  task->task (task->user_data);
  g_idle_add_full (G_PRIORITY_DEFAULT, end_task, task, NULL);
}

/**
 * dot_gimp_thread_new:
 *
 * Returns: (transfer full): a thread that talks with GIMP
 */
DotGimpThread *
dot_gimp_thread_new (void)
{
  DotGimpThread *thread = g_new0 (DotGimpThread, 1);

  thread->pool = g_thread_pool_new (do_task, NULL, 1, TRUE, NULL);
  return thread;
}

/**
 * dot_gimp_thread_push:
 * @task: uses libgimp, and nothing that the main thread may use at the time
 * @done: (nullable): called in the main thread when @task has returned
 * @user_data: for both
 *
 * Has @task done after those that were pushed before.
 */
void
dot_gimp_thread_push (DotGimpThread    *thread,
                      DotGimpThreadFunc task,
                      DotGimpThreadFunc done,
                      gpointer          user_data)
{
  Task *item = g_new (Task, 1);

  *item = (Task) { thread, task, done, user_data };
  thread->n_pending++;
  g_thread_pool_push (thread->pool, item, NULL);
}

/**
 * dot_gimp_thread_wait:
 *
 * Returns when everything is done.  Meanwhile the main loop goes on.
 */
void
dot_gimp_thread_wait (DotGimpThread *thread)
{
  while (thread->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * dot_gimp_thread_free:
 * @thread: (transfer full): one whose tasks are done
 */
void
dot_gimp_thread_free (DotGimpThread *thread)
{
  g_thread_pool_free (thread->pool, FALSE, TRUE);
  g_free (thread);
}
