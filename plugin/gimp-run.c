/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs of the filter, the same for every run mode: a session refines, each
 * frame that comes from it becomes a layer (and a file), and progress shows
 * in GIMP, too. */

#include "config.h"

#include "gimp-run.h"

#include <glib/gi18n-lib.h>

#include "layers.h"
#include "progress.h"
#include "repeat.h"
#include "gimp-thread.h"

struct _DotGimpRun
{
  GimpRunMode    run_mode;
  DotSettings   *settings;
  DotSession    *session;
  GMainLoop     *loop;
  DotGimpThread *thread;
  DotProgress   *progress;

  /* where the run's frames go, each if any */
  DotLayers *layers;
  char      *export_folder;

  /* the thread's, until it has nothing to do */
  GimpImage *image;
  DotRepeat *seeds;
  gboolean   failed;

  DotGimpRunShown shown;
  gpointer        shown_data;

  gboolean    made;
  GimpLayer **made_layers;
};

/* What the thread that talks with GIMP does for a gimp_run, and what came of it. */
typedef struct
{
  DotGimpRun *gimp_run;
  GPtrArray  *frames;
  DotLayers  *layers;
  gboolean    opened;
  GError     *error;

  DotGimpRunAdded  added;
  DotGimpRunStates read;
  gpointer         user_data;
  GStrv            states;

  gint64 seed;
  gint64 count;
} Task;

static Task *
task_new (DotGimpRun *gimp_run)
{
  Task *task = g_new0 (Task, 1);

  task->gimp_run = gimp_run;
  return task;
}

static void
task_free (gpointer data)
{
  Task *task = data;

  g_clear_pointer (&task->frames, g_ptr_array_unref);
  g_clear_pointer (&task->layers, dot_layers_free);
  g_clear_error (&task->error);
  g_strfreev (task->states);
  g_free (task);
}

/*  progress  */

static void
session_changed (DotGimpRun *gimp_run)
{
  DotSession *session = gimp_run->session;

  if (gimp_run->progress && dot_session_is_running (session))
    dot_progress_show (gimp_run->progress, dot_session_get_message (session),
                       dot_session_get_fraction (session));
}

/*  frames become layers and files  */

static gboolean
save_frames (GPtrArray *frames, const char *folder, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < frames->len; i++)
    ok = dot_frame_save_png (frames->pdata[i], folder, NULL, error);
  return ok;
}

/* After an error nothing more is made. */
static void
deliver (gpointer data)
{
  Task       *task     = data;
  DotGimpRun *gimp_run = task->gimp_run;

  if (gimp_run->failed)
    return;

  if (gimp_run->layers && dot_layers_add (gimp_run->layers, task->frames, &task->error))
    task->opened = dot_layers_show (gimp_run->layers);
  if (gimp_run->export_folder && ! task->error)
    save_frames (task->frames, gimp_run->export_folder, &task->error);
  gimp_run->failed = task->error != NULL;
}

static void
emit_shown (Task *task)
{
  DotGimpRun *gimp_run = task->gimp_run;

  if (task->opened && gimp_run->shown)
    gimp_run->shown (gimp_run->shown_data);
}

static void
delivered (gpointer data)
{
  Task       *task     = data;
  DotGimpRun *gimp_run = task->gimp_run;

  if (task->error)
    dot_session_fail (gimp_run->session, g_steal_pointer (&task->error));
  emit_shown (task);
  task_free (task);
  dot_session_remove_pending (gimp_run->session);
}

static void
session_frames (DotGimpRun *gimp_run, GPtrArray *frames)
{
  Task *task;

  if (! gimp_run->layers && ! gimp_run->export_folder)
    return;

  task         = task_new (gimp_run);
  task->frames = g_ptr_array_ref (frames);
  dot_session_add_pending (gimp_run->session);
  dot_gimp_thread_push (gimp_run->thread, deliver, delivered, task);
}

/*  the layers' undo step ends with the run  */

static void
end_layers (gpointer data)
{
  Task *task = data;

  dot_layers_end (task->layers);
}

/* Says whether there are any. */
static gboolean
set_made_layers (DotGimpRun *gimp_run, DotLayers *layers)
{
  if (dot_layers_is_empty (layers))
    return FALSE;

  g_free (gimp_run->made_layers);
  gimp_run->made_layers = dot_layers_get_list (layers);
  return TRUE;
}

static void
session_ended (DotGimpRun *gimp_run)
{
  Task *task;

  if (gimp_run->layers)
    {
      gimp_run->made = set_made_layers (gimp_run, gimp_run->layers);
      task           = task_new (gimp_run);
      task->layers   = g_steal_pointer (&gimp_run->layers);
      dot_gimp_thread_push (gimp_run->thread, end_layers, task_free, task);
    }
  if (gimp_run->progress)
    dot_progress_end (gimp_run->progress);
  g_main_loop_quit (gimp_run->loop);
}

static gboolean
make_export_folder (DotGimpRun *gimp_run, GError **error)
{
  g_autoptr (GFile) folder = NULL;

  g_clear_pointer (&gimp_run->export_folder, g_free);
  g_object_get (gimp_run->settings, "export-folder", &folder, NULL);
  if (! folder)
    return TRUE;

  gimp_run->export_folder = g_file_get_path (folder);
  if (gimp_run->export_folder && g_mkdir_with_parents (gimp_run->export_folder, 0777) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The export folder %s can't be made: choose one that is writable."),
               gimp_file_get_utf8_name (folder));
  return FALSE;
}

/* A further run goes into the image that this one makes. */
static DotLayers *
make_layers (DotGimpRun *gimp_run)
{
  DotScale scale;

  g_object_get (gimp_run->settings, "scale", &scale, NULL);
  return dot_layers_new (&gimp_run->image, gimp_run->run_mode != GIMP_RUN_NONINTERACTIVE, scale);
}

/* Without a dialog there is nothing else to see. */
static gboolean
makes_layers (DotGimpRun *gimp_run)
{
  gboolean live;

  g_object_get (gimp_run->settings, "live-layers", &live, NULL);
  return live || gimp_run->run_mode != GIMP_RUN_INTERACTIVE;
}

/**
 * dot_gimp_run_start:
 * @options: what to do
 * @run: what the run is to the session's pictures
 *
 * Starts to refine.  A restored state is only seen again: it has its layers
 * already, or was never to have any.  What is finished when the run is stopped or fails stays
 * in the image.
 *
 * Returns: %FALSE where there is nothing to start
 */
gboolean
dot_gimp_run_start (DotGimpRun             *gimp_run,
                    const DotRefineOptions *options,
                    DotRun                  run,
                    GError                **error)
{
  gimp_run->made   = FALSE;
  gimp_run->failed = FALSE;
  if (dot_run_is_restored (run))
    g_clear_pointer (&gimp_run->export_folder, g_free);
  else if (! make_export_folder (gimp_run, error))
    return FALSE;

  if (! dot_run_is_restored (run) && makes_layers (gimp_run))
    gimp_run->layers = make_layers (gimp_run);
  if (dot_session_start (gimp_run->session, options, run, error))
    return TRUE;

  g_clear_pointer (&gimp_run->layers, dot_layers_free);
  return FALSE;
}

/**
 * dot_gimp_run_wait:
 *
 * Returns when the run is over, and GIMP has all of it.
 */
void
dot_gimp_run_wait (DotGimpRun *gimp_run)
{
  if (dot_session_is_running (gimp_run->session))
    g_main_loop_run (gimp_run->loop);
  dot_gimp_thread_wait (gimp_run->thread);
}

/*  pictures that were chosen  */

static void
add_layers (gpointer data)
{
  Task *task = data;

  if (dot_layers_add (task->layers, task->frames, &task->error))
    task->opened = dot_layers_show (task->layers);
  dot_layers_end (task->layers);
}

static void
added_layers (gpointer data)
{
  Task *task = data;

  set_made_layers (task->gimp_run, task->layers);
  emit_shown (task);
  task->added (task->error, task->user_data);
  task_free (task);
}

/**
 * dot_gimp_run_add_layers:
 * @frames: (element-type DotFrame): at least one; those of a candidate come
 *   one after another
 * @added: called when they are there, or GIMP can't make them
 * @user_data: for @added
 *
 * Makes layers of them, in a group of their own, as one step of undo.
 */
void
dot_gimp_run_add_layers (DotGimpRun     *gimp_run,
                         GPtrArray      *frames,
                         DotGimpRunAdded added,
                         gpointer        user_data)
{
  Task *task = task_new (gimp_run);

  task->frames    = g_ptr_array_ref (frames);
  task->layers    = make_layers (gimp_run);
  task->added     = added;
  task->user_data = user_data;
  dot_gimp_thread_push (gimp_run->thread, add_layers, added_layers, task);
}

/*  layers that were selected  */

static void
read_states (gpointer data)
{
  Task *task = data;

  task->states = dot_layers_read_states (task->gimp_run->image);
}

static void
states_read (gpointer data)
{
  Task *task = data;

  task->read (task->states, task->user_data);
  task_free (task);
}

/**
 * dot_gimp_run_read_states:
 * @read: called with what the selected layers carry, of the image that the
 *   next run's layers go into
 * @user_data: for @read
 */
void
dot_gimp_run_read_states (DotGimpRun *gimp_run, DotGimpRunStates read, gpointer user_data)
{
  Task *task = task_new (gimp_run);

  task->read      = read;
  task->user_data = user_data;
  dot_gimp_thread_push (gimp_run->thread, read_states, states_read, task);
}

/*  seeds  */

static void
take_seeds (gpointer data)
{
  Task       *task     = data;
  DotGimpRun *gimp_run = task->gimp_run;

  dot_repeat_free (gimp_run->seeds);
  gimp_run->seeds = dot_repeat_take (task->seed, task->count);
}

/**
 * dot_gimp_run_take_seeds:
 *
 * A run of the dialog starts: repeats go on from its seeds.
 */
void
dot_gimp_run_take_seeds (DotGimpRun *gimp_run)
{
  Task *task = task_new (gimp_run);
  int   seed;
  int   count;

  g_object_get (gimp_run->settings, "seed", &seed, "count", &count, NULL);
  task->seed  = seed;
  task->count = count;
  dot_gimp_thread_push (gimp_run->thread, take_seeds, task_free, task);
}

static void
return_seeds (gpointer data)
{
  DotGimpRun *gimp_run = data;

  dot_repeat_return (gimp_run->seeds);
  g_clear_pointer (&gimp_run->seeds, dot_repeat_free);
}

/**
 * dot_gimp_run_return_seeds:
 *
 * The run that took the last seeds gave nothing: the next one takes the same.
 */
void
dot_gimp_run_return_seeds (DotGimpRun *gimp_run)
{
  dot_gimp_thread_push (gimp_run->thread, return_seeds, NULL, gimp_run);
}

/*  the object  */

/* The dialog shows progress itself, and with no image GIMP would open a
 * window of its own for it. */
static gboolean
shows_progress (DotGimpRun *gimp_run)
{
  return gimp_run->run_mode != GIMP_RUN_INTERACTIVE || gimp_run->image;
}

/**
 * dot_gimp_run_new:
 * @image: (nullable): the image that gets the layers, or %NULL for a new one
 * @run_mode: how the procedure was called
 * @settings: say where frames go, and how large
 *
 * Returns: (transfer full): what runs the filter
 */
DotGimpRun *
dot_gimp_run_new (GimpImage *image, GimpRunMode run_mode, DotSettings *settings)
{
  DotGimpRun *gimp_run = g_new0 (DotGimpRun, 1);

  gimp_run->image    = image;
  gimp_run->run_mode = run_mode;
  gimp_run->settings = g_object_ref (settings);
  gimp_run->session  = dot_session_new ();
  gimp_run->loop     = g_main_loop_new (NULL, FALSE);
  gimp_run->thread   = dot_gimp_thread_new ();
  if (shows_progress (gimp_run))
    gimp_run->progress = dot_progress_new (gimp_run->thread);
  g_signal_connect_swapped (gimp_run->session, "changed", G_CALLBACK (session_changed), gimp_run);
  g_signal_connect_swapped (gimp_run->session, "frames", G_CALLBACK (session_frames), gimp_run);
  g_signal_connect_swapped (gimp_run->session, "ended", G_CALLBACK (session_ended), gimp_run);
  return gimp_run;
}

/**
 * dot_gimp_run_set_shown:
 * @shown: (nullable): called when a new image's window has opened, which
 *   takes the keyboard
 * @user_data: for @shown
 */
void
dot_gimp_run_set_shown (DotGimpRun *gimp_run, DotGimpRunShown shown, gpointer user_data)
{
  gimp_run->shown      = shown;
  gimp_run->shown_data = user_data;
}

/**
 * dot_gimp_run_get_session:
 *
 * Returns: (transfer none): what refines
 */
DotSession *
dot_gimp_run_get_session (DotGimpRun *gimp_run)
{
  return gimp_run->session;
}

/**
 * dot_gimp_run_has_made:
 *
 * Returns: whether the last run made a layer
 */
gboolean
dot_gimp_run_has_made (DotGimpRun *gimp_run)
{
  return gimp_run->made;
}

/**
 * dot_gimp_run_has_result:
 *
 * Returns: whether any run made a layer
 */
gboolean
dot_gimp_run_has_result (DotGimpRun *gimp_run)
{
  return gimp_run->made_layers != NULL;
}

/**
 * dot_gimp_run_get_image:
 *
 * Returns: (nullable) (transfer none): the image with the last layers, unless
 *   the person has closed it; this is for dot_gimp_run_wait() to come before
 */
GimpImage *
dot_gimp_run_get_image (DotGimpRun *gimp_run)
{
  return gimp_run->image && gimp_image_is_valid (gimp_run->image) ? gimp_run->image : NULL;
}

/**
 * dot_gimp_run_take_layers:
 *
 * Returns: (transfer container): the layers of the last run that made any,
 *   without those that the person has undone or deleted, ended by %NULL
 */
GimpLayer **
dot_gimp_run_take_layers (DotGimpRun *gimp_run)
{
  guint n = 0;

  for (guint i = 0; gimp_run->made_layers[i]; i++)
    if (gimp_item_is_valid (GIMP_ITEM (gimp_run->made_layers[i])))
      gimp_run->made_layers[n++] = gimp_run->made_layers[i];
  gimp_run->made_layers[n] = NULL;
  return g_steal_pointer (&gimp_run->made_layers);
}

/**
 * dot_gimp_run_free:
 * @gimp_run: (transfer full): one without a run
 */
void
dot_gimp_run_free (DotGimpRun *gimp_run)
{
  g_clear_pointer (&gimp_run->progress, dot_progress_free);
  dot_gimp_thread_free (gimp_run->thread);
  dot_repeat_free (gimp_run->seeds);
  g_object_unref (gimp_run->session);
  g_object_unref (gimp_run->settings);
  g_main_loop_unref (gimp_run->loop);
  g_free (gimp_run->made_layers);
  g_free (gimp_run->export_folder);
  g_free (gimp_run);
}
