/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "work.h"

#include "core/time-left.h"

/**
 * DotWork:
 *
 * What takes a while in the dialog and is no run: an export, or layers that
 * are added.  It shows how far it is and how long it will take, and can be
 * stopped.
 */

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotWork
{
  GObject parent_instance;

  DotProgressRow *row;
  GCancellable   *cancellable;
  DotTimeLeft    *time_left;
  gboolean        goes_on;
};

G_DEFINE_FINAL_TYPE (DotWork, dot_work, G_TYPE_OBJECT)

static void
dot_work_finalize (GObject *object)
{
  DotWork *work = DOT_WORK (object);

  g_clear_object (&work->row);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->time_left, dot_time_left_free);

  G_OBJECT_CLASS (dot_work_parent_class)->finalize (object);
}

static void
dot_work_class_init (DotWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_work_finalize;

  /**
   * DotWork::changed:
   *
   * Something has begun, was stopped, or has ended.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_WORK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
dot_work_init (DotWork *work)
{
  work->cancellable = g_cancellable_new ();
  work->time_left   = dot_time_left_new ();
}

/**
 * dot_work_new:
 * @row: shows how far it is
 *
 * Returns: (transfer full): nothing goes on
 */
DotWork *
dot_work_new (DotProgressRow *row)
{
  DotWork *work = g_object_new (DOT_TYPE_WORK, NULL);

  work->row = g_object_ref (row);
  return work;
}

static void
set_goes_on (DotWork *work, gboolean goes_on)
{
  work->goes_on = goes_on;
  g_cancellable_reset (work->cancellable);
  g_signal_emit (work, signals[CHANGED], 0);
}

/**
 * dot_work_begin:
 * @message: what is being done
 *
 * Something begins that is done elsewhere.
 *
 * Returns: (transfer none): cancelled where the person stops it
 */
GCancellable *
dot_work_begin (DotWork *work, const char *message)
{
  dot_time_left_reset (work->time_left);
  dot_progress_row_set (work->row, message, 0.0);
  dot_progress_row_set_time_left (work->row, NULL);
  set_goes_on (work, TRUE);
  return work->cancellable;
}

/**
 * dot_work_go_on:
 * @message: what is being done
 * @fraction: how much of it is done, 0 … 1
 */
void
dot_work_go_on (DotWork *work, const char *message, double fraction)
{
  gint64           now  = g_get_monotonic_time ();
  g_autofree char *left = NULL;

  if (dot_work_is_stopping (work))
    return;

  dot_time_left_set (work->time_left, fraction, now);
  left = dot_time_left_get_text (work->time_left, now);
  dot_progress_row_set (work->row, message, fraction);
  dot_progress_row_set_time_left (work->row, left);
}

/**
 * dot_work_end:
 *
 * What began with dot_work_begin() has ended.
 */
void
dot_work_end (DotWork *work)
{
  set_goes_on (work, FALSE);
}

/**
 * dot_work_run:
 * @message: what is being done
 * @func: does it
 * @data: for @func
 *
 * Does it in another thread, and runs the main loop until it is done.
 *
 * Returns: what @func returned; %TRUE without an error where the person has
 *   stopped it, too
 */
gboolean
dot_work_run (DotWork          *work,
              const char       *message,
              DotBackgroundFunc func,
              gpointer          data,
              GError          **error)
{
  /* the window may close meanwhile */
  g_autoptr (DotWork) held   = g_object_ref (work);
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  dot_work_begin (held, message);
  ok = dot_background_run (func, data, held->row, held->cancellable, &problem);
  dot_work_end (held);
  if (ok || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * dot_work_stop:
 *
 * Has it end soon, if it goes on.
 */
void
dot_work_stop (DotWork *work)
{
  if (! work->goes_on)
    return;

  g_cancellable_cancel (work->cancellable);
  dot_progress_row_set_stopping (work->row);
  g_signal_emit (work, signals[CHANGED], 0);
}

/**
 * dot_work_goes_on:
 *
 * Returns: whether something takes a while
 */
gboolean
dot_work_goes_on (DotWork *work)
{
  return work->goes_on;
}

/**
 * dot_work_is_stopping:
 *
 * Returns: whether it shall end
 */
gboolean
dot_work_is_stopping (DotWork *work)
{
  return work->goes_on && g_cancellable_is_cancelled (work->cancellable);
}
