/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "recorder.h"

/**
 * DotRecorder:
 *
 * Puts each run of a session into the history when it has ended, in another
 * thread: a disk may be slow.
 */

enum
{
  RECORDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotRecorder
{
  GObject parent_instance;

  DotHistory  *history;
  DotSession  *session;
  DotSettings *settings;
  DotSettings *asked;
  guint        n_pending;

  /* the runs that made what the gallery has; none where it isn't known */
  JsonArray *parts;
  guint      reached;
};

G_DEFINE_FINAL_TYPE (DotRecorder, dot_recorder, G_TYPE_OBJECT)

/* What a run leaves. */
typedef struct
{
  DotHistory *history;
  JsonObject *settings;
  JsonArray  *parts;
  GPtrArray  *first;
  GPtrArray  *last;
} Record;

static void
record_free (gpointer data)
{
  Record *record = data;

  g_object_unref (record->history);
  json_object_unref (record->settings);
  g_clear_pointer (&record->parts, json_array_unref);
  g_ptr_array_unref (record->first);
  g_ptr_array_unref (record->last);
  g_free (record);
}

static GPtrArray *
get_first_frames (DotGallery *gallery)
{
  GPtrArray *frames;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint i = 0; i < dot_gallery_get_n_candidates (gallery); i++)
    g_ptr_array_add (frames, dot_frame_ref (dot_gallery_get_frame (gallery, i, 0)));
  return frames;
}

/* Nothing that another thread has, too. */
static JsonArray *
copy_parts (JsonArray *parts)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), parts);
  g_autofree char *text     = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_array (copy);
}

static gboolean
knows_parts (DotRecorder *recorder)
{
  guint n = json_array_get_length (recorder->parts);

  return n > 0 && n <= DOT_HISTORY_MAX_PARTS;
}

/* The person may change settings while a run goes on. */
static void
session_begun (DotRecorder *recorder)
{
  g_clear_object (&recorder->asked);
  recorder->asked = dot_settings_copy (recorder->settings);
}

/* Returns: (transfer full): what the run was asked for with */
static JsonObject *
get_asked (DotRecorder *recorder)
{
  return dot_settings_to_json (recorder->asked ? recorder->asked : recorder->settings);
}

static Record *
record_new (DotRecorder *recorder)
{
  DotGallery *gallery = dot_session_get_gallery (recorder->session);
  Record     *record  = g_new0 (Record, 1);

  record->history  = g_object_ref (recorder->history);
  record->settings = get_asked (recorder);
  record->parts    = knows_parts (recorder) ? copy_parts (recorder->parts) : NULL;
  record->first    = get_first_frames (gallery);
  record->last     = dot_gallery_get_last_frames (gallery);
  return record;
}

/*  the thread  */

static void
write_record (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Record *record = data;
  GError *error  = NULL;

  if (dot_history_add (record->history, record->settings, record->parts, record->first,
                       record->last, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A history that can't be written is said, but a run that went wrong is the
 * more important problem. */
static void
written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DotRecorder *recorder    = DOT_RECORDER (source);
  g_autoptr (GError) error = NULL;

  recorder->n_pending--;
  if (! g_task_propagate_boolean (G_TASK (result), &error) &&
      ! dot_session_is_running (recorder->session) && ! dot_session_get_problem (recorder->session))
    dot_session_set_problem (recorder->session, error);

  g_signal_emit (recorder, signals[RECORDED], 0);
}

/* What others began before this listened isn't known. */
static gboolean
begins_anew (DotRecorder *recorder)
{
  DotRun run = dot_session_get_run (recorder->session);

  return run == DOT_RUN_NEW || run == DOT_RUN_RESTORE;
}

/* With the same settings the same updates can be made again. */
static void
add_part (DotRecorder *recorder)
{
  DotGallery *gallery = dot_session_get_gallery (recorder->session);
  guint       last    = dot_gallery_get_n_positions (gallery) - 1;
  JsonObject *part    = NULL;

  if (begins_anew (recorder))
    {
      g_clear_pointer (&recorder->parts, json_array_unref);
      recorder->parts   = json_array_new ();
      recorder->reached = dot_gallery_get_update (gallery, 0);
    }
  else if (! knows_parts (recorder))
    {
      return;
    }

  part = json_object_new ();
  json_object_set_object_member (part, "settings", get_asked (recorder));
  json_object_set_int_member (part, "updates",
                              dot_gallery_get_update (gallery, last) - recorder->reached);
  json_array_add_object_element (recorder->parts, part);
  recorder->reached = dot_gallery_get_update (gallery, last);
}

static void
session_ended (DotRecorder *recorder)
{
  g_autoptr (GTask) task = NULL;

  if (! dot_session_has_frames (recorder->session))
    return;

  add_part (recorder);
  if (dot_run_is_restored (dot_session_get_run (recorder->session)))
    return;

  recorder->n_pending++;
  task = g_task_new (recorder, NULL, written, NULL);
  g_task_set_task_data (task, record_new (recorder), record_free);
  g_task_run_in_thread (task, write_record);
}

/*  the class  */

static void
dot_recorder_finalize (GObject *object)
{
  DotRecorder *recorder = DOT_RECORDER (object);

  g_clear_object (&recorder->history);
  g_clear_object (&recorder->session);
  g_clear_object (&recorder->settings);
  g_clear_object (&recorder->asked);
  json_array_unref (recorder->parts);

  G_OBJECT_CLASS (dot_recorder_parent_class)->finalize (object);
}

static void
dot_recorder_class_init (DotRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_recorder_finalize;

  /**
   * DotRecorder::recorded:
   *
   * The history has another run, or couldn't take it.
   */
  signals[RECORDED] = g_signal_new ("recorded", DOT_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
dot_recorder_init (DotRecorder *recorder)
{
  recorder->parts = json_array_new ();
}

/**
 * dot_recorder_new:
 * @history: gets the runs
 * @session: has them
 * @settings: what they are asked for with
 *
 * Returns: (transfer full): what records from now on
 */
DotRecorder *
dot_recorder_new (DotHistory *history, DotSession *session, DotSettings *settings)
{
  DotRecorder *recorder = g_object_new (DOT_TYPE_RECORDER, NULL);

  recorder->history  = g_object_ref (history);
  recorder->session  = g_object_ref (session);
  recorder->settings = g_object_ref (settings);
  g_signal_connect_object (session, "begun", G_CALLBACK (session_begun), recorder,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "ended", G_CALLBACK (session_ended), recorder,
                           G_CONNECT_SWAPPED);
  return recorder;
}

/**
 * dot_recorder_flush:
 *
 * Returns when all that has ended is written.
 */
void
dot_recorder_flush (DotRecorder *recorder)
{
  while (recorder->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * dot_recorder_get_newest:
 *
 * Returns: (transfer full) (nullable): the history's newest run, when all that
 *   has ended is written
 */
DotHistoryEntry *
dot_recorder_get_newest (DotRecorder *recorder)
{
  g_autoptr (GPtrArray) entries = NULL;

  dot_recorder_flush (recorder);
  entries = dot_history_list (recorder->history);
  return entries->len > 0 ? g_object_ref (entries->pdata[0]) : NULL;
}
