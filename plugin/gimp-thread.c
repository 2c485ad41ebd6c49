/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* libgimp has one connection to GIMP, and each question waits for GIMP's
 * answer: while GIMP draws a large image, for a tenth of a second and more.
 * The dialog must not wait with it.  So everything that is asked while the
 * dialog is open goes through one thread, in order; the main thread uses
 * libgimp before the first task and after dot_wire_wait() only. */

#include "config.h"

#include "gimp-thread.h"

struct _DotWire
{
  GThreadPool *thread;
  guint        n_pending;
};

typedef struct
{
  DotWire    *wire;
  DotWireFunc task;
  DotWireFunc done;
  gpointer    user_data;
} Task;

/* in the main thread */
static gboolean
end_task (gpointer data)
{
  Task *task = data;

  if (task->done)
    task->done (task->user_data);
  task->wire->n_pending--;
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
 * dot_wire_new:
 *
 * Returns: (transfer full): a thread that talks with GIMP
 */
DotWire *
dot_wire_new (void)
{
  DotWire *wire = g_new0 (DotWire, 1);

  wire->thread = g_thread_pool_new (do_task, NULL, 1, TRUE, NULL);
  return wire;
}

/**
 * dot_wire_push:
 * @task: uses libgimp, and nothing that the main thread may use at the time
 * @done: (nullable): called in the main thread when @task has returned
 * @user_data: for both
 *
 * Has @task done after those that were pushed before.
 */
void
dot_wire_push (DotWire *wire, DotWireFunc task, DotWireFunc done, gpointer user_data)
{
  Task *item = g_new (Task, 1);

  *item = (Task) { wire, task, done, user_data };
  wire->n_pending++;
  g_thread_pool_push (wire->thread, item, NULL);
}

/**
 * dot_wire_wait:
 *
 * Returns when everything is done.  Meanwhile the main loop goes on.
 */
void
dot_wire_wait (DotWire *wire)
{
  while (wire->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * dot_wire_free:
 * @wire: (transfer full): one whose tasks are done
 */
void
dot_wire_free (DotWire *wire)
{
  g_thread_pool_free (wire->thread, FALSE, TRUE);
  g_free (wire);
}
