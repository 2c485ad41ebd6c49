/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "queue.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

/**
 * DotQueue:
 *
 * The run that is next, which begins when the one that goes on has ended well.
 * It is made with the settings that there were when it was asked for, though
 * the person may have changed them since.
 */

enum
{
  CHANGED,
  START,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotQueue
{
  GObject parent_instance;

  DotSettings      *settings;
  DotSession       *session;
  DotSettings      *asked;
  DotRefineOptions *options;
  char             *problem;
};

G_DEFINE_FINAL_TYPE (DotQueue, dot_queue, G_TYPE_OBJECT)

static void
forget (DotQueue *queue)
{
  g_clear_object (&queue->asked);
  g_clear_pointer (&queue->options, dot_refine_options_free);
  g_clear_pointer (&queue->problem, g_free);
}

/* While it starts, the settings are those that it was asked for with; who shows
 * them sees nothing of it. */
static void
start (DotQueue *queue)
{
  g_autoptr (DotRefineOptions) options = g_steal_pointer (&queue->options);
  g_autoptr (DotSettings) asked        = g_steal_pointer (&queue->asked);
  g_autoptr (DotSettings) shown        = dot_settings_copy (queue->settings);

  g_object_freeze_notify (G_OBJECT (queue->settings));
  dot_settings_assign (queue->settings, asked);
  g_signal_emit (queue, signals[CHANGED], 0);
  g_signal_emit (queue, signals[START], 0, options);
  dot_settings_assign (queue->settings, shown);
  g_object_thaw_notify (G_OBJECT (queue->settings));
}

/* What went wrong would go wrong again. */
static void
session_ended (DotQueue *queue)
{
  if (dot_queue_is_empty (queue) || dot_session_is_running (queue->session))
    return;

  if (dot_session_get_problem (queue->session) || ! queue->options)
    dot_queue_clear (queue);
  else
    start (queue);
}

/*  the class  */

static void
dot_queue_finalize (GObject *object)
{
  DotQueue *queue = DOT_QUEUE (object);

  forget (queue);
  g_clear_object (&queue->settings);
  g_clear_object (&queue->session);

  G_OBJECT_CLASS (dot_queue_parent_class)->finalize (object);
}

static void
dot_queue_class_init (DotQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_queue_finalize;

  /**
   * DotQueue::changed:
   *
   * Another run is next, or none.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /**
   * DotQueue::start:
   * @options: (type gpointer): a #DotRefineOptions: what to do
   *
   * It is that run's turn.
   */
  signals[START] = g_signal_new ("start", DOT_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
dot_queue_init (DotQueue *queue)
{
}

/**
 * dot_queue_new:
 * @settings: what the person changes
 * @session: what refines
 *
 * Returns: (transfer full): an empty queue
 */
DotQueue *
dot_queue_new (DotSettings *settings, DotSession *session)
{
  DotQueue *queue = g_object_new (DOT_TYPE_QUEUE, NULL);

  queue->settings = g_object_ref (settings);
  queue->session  = g_object_ref (session);
  /* behind all that has to do with the run that ends */
  g_signal_connect_object (session, "ended", G_CALLBACK (session_ended), queue,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return queue;
}

/**
 * dot_queue_set:
 * @options: what to do when the run that goes on has ended
 *
 * It takes the place of what was next before.
 */
void
dot_queue_set (DotQueue *queue, const DotRefineOptions *options)
{
  forget (queue);
  queue->options = dot_refine_options_copy (options);
  queue->asked   = dot_settings_copy (queue->settings);
  g_signal_emit (queue, signals[CHANGED], 0);
}

/**
 * dot_queue_refuse:
 * @error: why what was asked for can't be next
 *
 * It is told in its place, until the run that goes on has ended.
 */
void
dot_queue_refuse (DotQueue *queue, const GError *error)
{
  forget (queue);
  queue->problem = g_strdup (error->message);
  g_signal_emit (queue, signals[CHANGED], 0);
}

/**
 * dot_queue_clear:
 *
 * Nothing is next.
 */
void
dot_queue_clear (DotQueue *queue)
{
  if (dot_queue_is_empty (queue))
    return;

  forget (queue);
  g_signal_emit (queue, signals[CHANGED], 0);
}

/**
 * dot_queue_is_empty:
 *
 * Returns: whether there is nothing to be told of what is next
 */
gboolean
dot_queue_is_empty (DotQueue *queue)
{
  return ! queue->options && ! queue->problem;
}

/* Returns: (transfer full): "seed 9", or how many pictures go on */
static char *
describe_start (const DotRefineOptions *options)
{
  guint n = options->states ? g_strv_length (options->states) : options->count;

  if (options->picture)
    return g_strdup (_ ("your image"));
  if (options->states || options->latents)
    return g_strdup_printf (ngettext ("%u picture", "%u pictures", n), n);
  if (n == 1)
    return g_strdup_printf (_ ("seed %" PRId64), options->seed);
  return g_strdup_printf (_ ("seeds %" PRId64 "–%" PRId64), options->seed, options->seed + n - 1);
}

static char *
describe (const DotRefineOptions *options)
{
  guint            n       = options->updates;
  g_autofree char *from    = describe_start (options);
  g_autofree char *updates = g_strdup_printf (ngettext ("%u update", "%u updates", n), n);

  return options->class_name ? g_strjoin (" · ", options->class_name, from, updates, NULL)
                             : g_strjoin (" · ", from, updates, NULL);
}

/**
 * dot_queue_get_text:
 *
 * Returns: (transfer full) (nullable): "Next: lemon · seed 9 · 16 updates", or
 *   why that can't be
 */
char *
dot_queue_get_text (DotQueue *queue)
{
  g_autofree char *run = NULL;

  if (! queue->options)
    return g_strdup (queue->problem);

  run = describe (queue->options);
  /* TRANSLATORS: the run after the one that goes on: "Next: lemon · seed 9 · 16 updates" */
  return g_strdup_printf (_ ("Next: %s"), run);
}
