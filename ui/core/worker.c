/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The backend runs in a thread of its own, widgets and all that follows from
 * a step in the main thread only.  What happens there travels here as
 * messages, through the main loop. */

#include "config.h"

#include "worker.h"

#include <glib/gi18n-lib.h>

#include "nearness.h"

/* How many messages may be pending.  A GPU is quicker than GIMP's layers are, and
 * who stops a run waits for what is finished. */
#define MAX_PENDING 8

struct _DotWorker
{
  DotRefineOptions *options;
  gboolean          with_start;
  DotWorkerFuncs    funcs;
  gpointer          user_data;
  GCancellable     *cancellable;
  GThread          *thread;
  DotPair          *pair;

  GMutex mutex;
  GCond  taken;
  guint  n_pending;
};

typedef enum
{
  MESSAGE_PROGRESS,
  MESSAGE_STEP,
  MESSAGE_DONE
} MessageKind;

typedef struct
{
  MessageKind kind;
  DotWorker  *worker;
  char       *text;
  double      fraction;
  GPtrArray  *frames;
  GError     *error;
} Message;

static Message *
message_new (DotWorker *worker, MessageKind kind)
{
  Message *message = g_new0 (Message, 1);

  message->kind   = kind;
  message->worker = worker;
  return message;
}

static void
message_free (Message *message)
{
  g_clear_pointer (&message->frames, g_ptr_array_unref);
  g_clear_error (&message->error);
  g_free (message->text);
  g_free (message);
}

/*  main thread  */

/**
 * dot_worker_add_pending:
 *
 * Something of the last step is still to be done: the worker may wait for
 * dot_worker_remove_pending().
 */
void
dot_worker_add_pending (DotWorker *worker)
{
  g_mutex_lock (&worker->mutex);
  worker->n_pending++;
  g_mutex_unlock (&worker->mutex);
}

/**
 * dot_worker_remove_pending:
 *
 * What dot_worker_add_pending() was called for is done.
 */
void
dot_worker_remove_pending (DotWorker *worker)
{
  g_mutex_lock (&worker->mutex);
  worker->n_pending--;
  g_cond_signal (&worker->taken);
  g_mutex_unlock (&worker->mutex);
}

static gboolean
dispatch (gpointer user_data)
{
  Message   *message = user_data;
  DotWorker *worker  = message->worker;

  dot_worker_remove_pending (worker);

  switch (message->kind)
    {
    case MESSAGE_PROGRESS:
      worker->funcs.progress (message->text, message->fraction, worker->user_data);
      break;
    case MESSAGE_STEP:
      worker->funcs.step (message->frames, worker->user_data);
      break;
    case MESSAGE_DONE:
      worker->funcs.done (worker->pair, message->error, worker->user_data);
      break;
    }

  return G_SOURCE_REMOVE;
}

/*  the worker's thread  */

/* Looks up now and then: who cancels doesn't know of the condition. */
static void
wait_for_room (DotWorker *worker)
{
  g_mutex_lock (&worker->mutex);
  while (worker->n_pending >= MAX_PENDING && ! g_cancellable_is_cancelled (worker->cancellable))
    {
      gint64 soon = g_get_monotonic_time () + 50 * G_TIME_SPAN_MILLISECOND;

      g_cond_wait_until (&worker->taken, &worker->mutex, soon);
    }
  worker->n_pending++;
  g_mutex_unlock (&worker->mutex);
}

/* A source of our own, not g_main_context_invoke(): that would call
 * dispatch() here, in this thread, while the main loop doesn't run yet.
 * All sources have the same priority, so they keep their order, and one
 * below GTK's, so the dialog is drawn in between. */
static void
post (Message *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  wait_for_room (message->worker);
  g_source_set_callback (source, dispatch, message, (GDestroyNotify) message_free);
  g_source_attach (source, NULL);
}

static void
post_progress (const char *text, double fraction, gpointer user_data)
{
  Message *message = message_new (user_data, MESSAGE_PROGRESS);

  message->text     = g_strdup (text);
  message->fraction = fraction;
  post (message);
}

static double
get_mean_score (const DotStep *step)
{
  double sum = 0.0;

  for (gsize i = 0; i < step->batch; i++)
    sum += step->scores[i];
  return sum / step->batch;
}

static void
post_update (const DotStep *step, DotWorker *worker)
{
  g_autofree char *text = NULL;

  if (step->update == 0 && step->picture_distance > 0.0)
    text = dot_nearness_get_text (step->picture_distance);
  else
    /* TRANSLATORS: D is the discriminator's score */
    text = g_strdup_printf (_ ("Update %u of %u · D %.2f"), step->update, step->n_updates,
                            get_mean_score (step));
  post_progress (text, step->update / (double) MAX (step->n_updates, 1), worker);
}

static GPtrArray *
make_frames (DotWorker *worker, const DotStep *step)
{
  GPtrArray *frames;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (gsize i = 0; i < step->batch; i++)
    g_ptr_array_add (frames, dot_frame_new (step, i, worker->pair, worker->options));
  return frames;
}

static void
post_step (const DotStep *step, gpointer user_data)
{
  DotWorker *worker = user_data;

  if (step->keep || worker->with_start)
    {
      Message *message = message_new (worker, MESSAGE_STEP);

      message->frames = make_frames (worker, step);
      post (message);
    }

  /* the first that is told is where the run began */
  worker->with_start = FALSE;
  post_update (step, worker);
}

/* The paper's pairs of the plane are for the command line. */
static gboolean
check_pictures (DotModel *model, GError **error)
{
  if (dot_model_get_channels (model) != 2)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("The model “%s” doesn't make pictures: take another one."), dot_model_get_id (model));
  return FALSE;
}

static gboolean
load (DotWorker *worker, GError **error)
{
  g_autoptr (DotModel) model = NULL;

  if (worker->pair)
    return TRUE;

  model = dot_refine_options_find_model (worker->options, error);
  if (! model || ! check_pictures (model, error))
    return FALSE;

  worker->pair = dot_pair_load (model, DOT_ENGINE_AUTO, worker->options->device,
                                worker->options->precision, post_progress, worker,
                                worker->cancellable, error);
  return worker->pair != NULL;
}

static gpointer
work (gpointer user_data)
{
  DotWorker *worker = user_data;
  GError    *error  = NULL;
  Message   *message;

  if (load (worker, &error))
    dot_refine (worker->pair, worker->options, post_step, post_progress, worker,
                worker->cancellable, &error);

  message        = message_new (worker, MESSAGE_DONE);
  message->error = error;
  post (message);
  return NULL;
}

/*  main thread  */

/**
 * dot_worker_start:
 * @pair: (nullable): the pair of the options' model, where it is loaded
 * @with_start: whether to tell where the run began, kept or not
 * @funcs: told, in the main loop, about what happens
 * @user_data: for @funcs
 * @cancellable: stops the worker between two updates
 *
 * Finds the model, loads the pair and refines, all in another thread.  The
 * main loop has to run until @funcs' done() was called.
 *
 * Returns: (transfer full): for dot_worker_join()
 */
DotWorker *
dot_worker_start (const DotRefineOptions *options,
                  DotPair                *pair,
                  gboolean                with_start,
                  const DotWorkerFuncs   *funcs,
                  gpointer                user_data,
                  GCancellable           *cancellable)
{
  DotWorker *worker = g_new0 (DotWorker, 1);

  worker->options     = dot_refine_options_copy (options);
  worker->pair        = pair ? dot_pair_ref (pair) : NULL;
  worker->with_start  = with_start;
  worker->funcs       = *funcs;
  worker->user_data   = user_data;
  worker->cancellable = g_object_ref (cancellable);
  g_mutex_init (&worker->mutex);
  g_cond_init (&worker->taken);
  worker->thread = g_thread_new ("dot-refine", work, worker);
  return worker;
}

/**
 * dot_worker_join:
 * @worker: (transfer full): a worker that is done
 *
 * Frees the worker.
 */
void
dot_worker_join (DotWorker *worker)
{
  g_thread_join (worker->thread);
  dot_refine_options_free (worker->options);
  g_clear_pointer (&worker->pair, dot_pair_unref);
  g_object_unref (worker->cancellable);
  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->taken);
  g_free (worker);
}
