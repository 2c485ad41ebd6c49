/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "session.h"

#include <glib/gi18n-lib.h>

#include "worker.h"

/**
 * DotSession:
 *
 * Runs, one after another, with their pictures: what the dialog does, with
 * nothing to see.  A run is in another thread; everything here happens in the
 * main one, and nothing waits.  The pair stays in memory for the next run
 * that needs the same one.
 */

enum
{
  CHANGED,
  BEGUN,
  FRAMES,
  FINISHING,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotSession
{
  GObject parent_instance;

  DotGallery       *gallery;
  DotRefineOptions *options;
  DotWorker        *worker;
  GCancellable     *cancellable;
  DotPair          *pair;
  char             *pair_key;

  /* how far the run was before each thing that is pending, and before the next */
  GArray *pending;
  double  before;

  char    *message;
  double   fraction;
  double   shown;
  gboolean stopping;
  GError  *problem;
  DotRun   run;
  gboolean append;
  gboolean any;
  gboolean done;
};

G_DEFINE_FINAL_TYPE (DotSession, dot_session, G_TYPE_OBJECT)

/**
 * dot_run_is_restored:
 *
 * Returns: whether its pictures were there before
 */
gboolean
dot_run_is_restored (DotRun run)
{
  return run == DOT_RUN_RESTORE || run == DOT_RUN_RESTORE_MORE;
}

static void
emit_changed (DotSession *session)
{
  g_signal_emit (session, signals[CHANGED], 0);
}

/*  the pair that is kept  */

/* What the pair in memory depends on. */
static char *
make_key (const DotRefineOptions *options)
{
  return g_strdup_printf ("%s\n%s\n%s\n%s\n%d %d %d %d", options->model ? options->model : "",
                          options->generator ? options->generator : "",
                          options->discriminator ? options->discriminator : "",
                          options->architecture ? options->architecture : "", options->prior,
                          options->engine, options->device, options->precision);
}

/**
 * dot_session_forget_pair:
 *
 * Lets the pair in memory go: its model may be another one now.
 */
void
dot_session_forget_pair (DotSession *session)
{
  g_clear_pointer (&session->pair, dot_pair_unref);
  g_clear_pointer (&session->pair_key, g_free);
}

/**
 * dot_session_get_warning:
 * @model: what is to be refined next
 *
 * Returns: (transfer none) (nullable): why that model's pictures hardly move, once
 *   a run was of it
 */
const char *
dot_session_get_warning (DotSession *session, DotModel *model)
{
  return session->pair && session->options && session->options->resolved == model
           ? dot_pair_get_warning (session->pair)
           : NULL;
}

/* Not two pairs at once: one may be as large as the memory. */
static void
forget_other_pair (DotSession *session)
{
  g_autofree char *key = make_key (session->options);

  if (g_strcmp0 (key, session->pair_key) != 0)
    dot_session_forget_pair (session);
}

static void
set_pair (DotSession *session, DotPair *pair)
{
  if (! pair || pair == session->pair)
    return;

  dot_session_forget_pair (session);
  session->pair     = dot_pair_ref (pair);
  session->pair_key = make_key (session->options);
}

/*  how far it is  */

static void
set_message (DotSession *session, const char *message)
{
  g_free (session->message);
  session->message = g_strdup (message);
}

/* What is pending isn't done, though it is computed.  Less than before means
 * that something else has begun. */
static void
set_fraction (DotSession *session, double fraction)
{
  double done = fraction;

  if (fraction < session->fraction)
    session->shown = 0.0;
  if (session->pending->len > 0)
    done = MIN (done, g_array_index (session->pending, double, 0));
  session->fraction = fraction;
  session->shown    = MAX (session->shown, done);
}

/*  what the worker tells  */

static void
show_progress (const char *message, double fraction, gpointer user_data)
{
  DotSession *session = user_data;

  if (! session->stopping)
    set_message (session, message);
  set_fraction (session, fraction);
  emit_changed (session);
}

/* Another run's pictures stay until there are new ones. */
static void
add_step (GPtrArray *frames, gpointer user_data)
{
  DotSession     *session = user_data;
  const DotFrame *first   = frames->pdata[0];

  if (session->problem)
    return;

  if (! session->append)
    dot_gallery_clear (session->gallery);
  session->append = TRUE;
  session->any    = TRUE;
  dot_gallery_add (session->gallery, frames);
  g_signal_emit (session, signals[FRAMES], 0, frames);
  session->before = first->update / (double) MAX (first->n_updates, 1);
}

/* A run that was stopped has ended well. */
static void
set_run_problem (DotSession *session, const GError *error)
{
  if (error && ! session->problem && ! g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    session->problem = g_error_copy (error);
}

static void
end_if_done (DotSession *session)
{
  if (! session->done || session->pending->len > 0)
    return;

  g_clear_pointer (&session->worker, dot_worker_join);
  session->done     = FALSE;
  session->stopping = FALSE;
  g_signal_emit (session, signals[ENDED], 0);
  emit_changed (session);
}

static void
finish (DotPair *pair, const GError *error, gpointer user_data)
{
  DotSession *session = user_data;

  set_pair (session, pair);
  set_run_problem (session, error);
  g_signal_emit (session, signals[FINISHING], 0);
  session->done = TRUE;
  if (session->pending->len > 0 && ! session->stopping)
    set_message (session, _ ("Adding the last pictures…"));
  emit_changed (session);
  end_if_done (session);
}

/*  the class  */

static void
dot_session_finalize (GObject *object)
{
  DotSession *session = DOT_SESSION (object);

  g_clear_object (&session->gallery);
  g_clear_object (&session->cancellable);
  g_clear_pointer (&session->options, dot_refine_options_free);
  g_clear_error (&session->problem);
  g_free (session->message);
  g_array_unref (session->pending);
  dot_session_forget_pair (session);

  G_OBJECT_CLASS (dot_session_parent_class)->finalize (object);
}

static void
dot_session_class_init (DotSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_session_finalize;

  /**
   * DotSession::changed:
   *
   * A run has begun, gone on or ended, or the problem is another.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /**
   * DotSession::begun:
   *
   * A run has begun: the settings are still those that it was asked for with.
   */
  signals[BEGUN] = g_signal_new ("begun", DOT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  /**
   * DotSession::frames:
   * @frames: (element-type DotFrame): each candidate after an update
   *
   * A step that is kept is finished.
   */
  signals[FRAMES] = g_signal_new ("frames", DOT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  /**
   * DotSession::finishing:
   *
   * All steps have come.  Who still has something to do for the run adds that
   * as pending.
   */
  signals[FINISHING] = g_signal_new ("finishing", DOT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  /**
   * DotSession::ended:
   *
   * All of a run is finished, and nothing of it is pending.  It isn't running any
   * more, and the next one may be started.
   */
  signals[ENDED] = g_signal_new ("ended", DOT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
dot_session_init (DotSession *session)
{
  session->gallery     = dot_gallery_new ();
  session->cancellable = g_cancellable_new ();
  session->pending     = g_array_new (FALSE, FALSE, sizeof (double));
}

/**
 * dot_session_new:
 *
 * Returns: (transfer full): a session without a run; while there is one it
 *   must not go
 */
DotSession *
dot_session_new (void)
{
  return g_object_new (DOT_TYPE_SESSION, NULL);
}

/*  a run  */

/**
 * dot_session_start:
 * @options: what to do
 * @run: what the run is to the pictures that are there
 *
 * Starts a run.  Pictures come with #DotSession::frames, and
 * #DotSession::ended says that it is over.
 *
 * Returns: %FALSE with %DOT_ERROR_INVALID_ARGUMENT where there is nothing to
 *   start
 */
gboolean
dot_session_start (DotSession *session, const DotRefineOptions *options, DotRun run, GError **error)
{
  const DotWorkerFuncs funcs = { show_progress, add_step, finish };

  g_return_val_if_fail (! dot_session_is_running (session), FALSE);

  if (! dot_refine_options_check (options, error))
    return FALSE;

  g_clear_pointer (&session->options, dot_refine_options_free);
  session->options = dot_refine_options_copy (options);
  session->run     = run;
  session->append  = run == DOT_RUN_MORE || run == DOT_RUN_RESTORE_MORE;
  session->any     = FALSE;
  session->before  = 0.0;
  session->shown   = 0.0;
  forget_other_pair (session);
  dot_session_set_problem (session, NULL);
  g_cancellable_reset (session->cancellable);
  session->worker = dot_worker_start (session->options, session->pair, run == DOT_RUN_RESTORE,
                                      &funcs, session, session->cancellable);
  g_signal_emit (session, signals[BEGUN], 0);
  show_progress (_ ("Starting…"), 0.0, session);
  return TRUE;
}

/**
 * dot_session_stop:
 *
 * Has the run end after the update that it is at; what is finished stays.
 */
void
dot_session_stop (DotSession *session)
{
  g_cancellable_cancel (session->cancellable);
  if (! dot_session_is_running (session) || session->stopping)
    return;

  session->stopping = TRUE;
  set_message (session, _ ("Stopping…"));
  emit_changed (session);
}

/**
 * dot_session_fail:
 * @error: (transfer full): why what came from the run can't be used
 *
 * Stops the run, which ends with this problem.
 */
void
dot_session_fail (DotSession *session, GError *error)
{
  if (session->problem)
    g_error_free (error);
  else
    session->problem = error;
  dot_session_stop (session);
}

/**
 * dot_session_add_pending:
 *
 * Something of a step is still to be done elsewhere, such as layers to be
 * made: the run waits before it is far ahead of it, and doesn't end before
 * dot_session_remove_pending() says that it is done.
 */
void
dot_session_add_pending (DotSession *session)
{
  g_array_append_val (session->pending, session->before);
  if (session->worker)
    dot_worker_add_pending (session->worker);
}

/**
 * dot_session_remove_pending:
 *
 * What dot_session_add_pending() was called for first is done.
 */
void
dot_session_remove_pending (DotSession *session)
{
  g_return_if_fail (session->pending->len > 0);

  g_array_remove_index (session->pending, 0);
  if (session->worker)
    dot_worker_remove_pending (session->worker);
  set_fraction (session, session->fraction);
  emit_changed (session);
  end_if_done (session);
}

/*  what there is to know  */

/**
 * dot_session_get_run:
 *
 * Returns: what the last run was
 */
DotRun
dot_session_get_run (DotSession *session)
{
  return session->run;
}

/**
 * dot_session_has_frames:
 *
 * Returns: whether the last run gave a picture
 */
gboolean
dot_session_has_frames (DotSession *session)
{
  return session->any;
}

gboolean
dot_session_is_running (DotSession *session)
{
  return session->worker != NULL;
}

/**
 * dot_session_get_gallery:
 *
 * Returns: (transfer none): the last run's pictures
 */
DotGallery *
dot_session_get_gallery (DotSession *session)
{
  return session->gallery;
}

/**
 * dot_session_get_message:
 *
 * Returns: (nullable): what is being done
 */
const char *
dot_session_get_message (DotSession *session)
{
  return session->message;
}

/**
 * dot_session_get_fraction:
 *
 * Returns: how much of it is done, 0 … 1, with what is pending
 */
double
dot_session_get_fraction (DotSession *session)
{
  return session->shown;
}

/**
 * dot_session_is_stopping:
 *
 * Returns: whether a run goes on that shall end
 */
gboolean
dot_session_is_stopping (DotSession *session)
{
  return session->stopping;
}

/**
 * dot_session_get_cancellable:
 *
 * Returns: (transfer none): cancelled from dot_session_stop() to the next run
 */
GCancellable *
dot_session_get_cancellable (DotSession *session)
{
  return session->cancellable;
}

/**
 * dot_session_get_options:
 *
 * Returns: (nullable) (transfer none): what the last run was asked for
 */
const DotRefineOptions *
dot_session_get_options (DotSession *session)
{
  return session->options;
}

/**
 * dot_session_get_problem:
 *
 * Returns: (nullable) (transfer none): what went wrong in the last run
 */
const GError *
dot_session_get_problem (DotSession *session)
{
  return session->problem;
}

/**
 * dot_session_set_problem:
 * @problem: (nullable): what went wrong, or nothing
 */
void
dot_session_set_problem (DotSession *session, const GError *problem)
{
  g_clear_error (&session->problem);
  session->problem = problem ? g_error_copy (problem) : NULL;
  emit_changed (session);
}
