/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs of the filter, the same for every run mode: a session refines, and each
 * frame that comes from it becomes a layer (and a file).  The dialog shows how
 * far it is; else GIMP does, whose Cancel ends this process. */

#include "config.h"

#include "gimp-run.h"

#include "export-folder.h"
#include "gimp-thread.h"
#include "layer-state.h"
#include "layers.h"
#include "open-picture.h"
#include "progress.h"
#include "repeat.h"

/* How often it is looked whether layers are due, in seconds. */
#define TICK 1

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
  gboolean   last_only;
  GPtrArray *last;
  guint      tick;
  gboolean   ticking;

  /* the thread's, until it has nothing to do */
  GimpImage *image;
  DotRepeat *seeds;
  gboolean   failed;
  gboolean   layers_failed;

  DotGimpRunShown shown;
  gpointer        shown_data;

  gboolean    gave;
  gboolean    made;
  GimpLayer **made_layers;
};

/* What the thread that talks with GIMP does for a gimp_run, and what came of
 * it. */
typedef struct
{
  DotGimpRun *gimp_run;
  GPtrArray  *frames;
  char       *folder;
  DotLayers  *layers;
  GError     *error;

  DotGimpRunAdded    added;
  DotGimpRunProgress progress;
  DotGimpRunRead     read;
  gpointer           user_data;
  DotGimpRunOpen     open;
  gboolean           with_picture;

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
  g_free (task->folder);
  g_clear_pointer (&task->layers, dot_layers_free);
  g_clear_error (&task->error);
  g_strfreev (task->open.states);
  g_clear_pointer (&task->open.picture, g_bytes_unref);
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

/* After an error nothing more is made. */
static void
deliver (gpointer data)
{
  Task       *task     = data;
  DotGimpRun *gimp_run = task->gimp_run;

  if (gimp_run->failed)
    return;

  if (task->layers)
    gimp_run->layers_failed = ! dot_layers_add (task->layers, task->frames, &task->error);
  if (task->folder && ! task->error)
    dot_export_folder_save (task->folder, task->frames, &task->error);
  gimp_run->failed = task->error != NULL;
}

static void
insert_due (gpointer data)
{
  Task       *task     = data;
  DotGimpRun *gimp_run = task->gimp_run;

  if (! gimp_run->failed)
    gimp_run->layers_failed = ! dot_layers_insert_due (task->layers, &task->error);
  gimp_run->failed |= gimp_run->layers_failed;
}

/* Where something else has failed, such as a disk, they are still made. */
static void
end_layers (gpointer data)
{
  Task *task = data;

  if (! task->gimp_run->layers_failed)
    dot_layers_end (task->layers, &task->error);
}

static void
emit_shown (DotGimpRun *gimp_run, DotLayers *layers)
{
  if (layers && dot_layers_take_opened (layers) && gimp_run->shown)
    gimp_run->shown (gimp_run->shown_data);
}

/* Takes the task.  The layers are the run's until its end. */
static void
end_task (Task *task)
{
  DotGimpRun *gimp_run = task->gimp_run;

  if (task->error)
    dot_session_fail (gimp_run->session, g_steal_pointer (&task->error));
  emit_shown (gimp_run, task->layers);
  task->layers = NULL;
  task_free (task);
}

static void
delivered (gpointer data)
{
  DotSession *session = ((Task *) data)->gimp_run->session;

  end_task (data);
  dot_session_remove_pending (session);
}

static void
push_pending (DotGimpRun *gimp_run, DotGimpThreadFunc func, DotGimpThreadFunc done, Task *task)
{
  dot_session_add_pending (gimp_run->session);
  dot_gimp_thread_push (gimp_run->thread, func, done, task);
}

static void
push_frames (DotGimpRun *gimp_run, GPtrArray *frames, DotLayers *layers, const char *folder)
{
  Task *task;

  if (! layers && ! folder)
    return;

  task         = task_new (gimp_run);
  task->frames = g_ptr_array_ref (frames);
  task->layers = layers;
  task->folder = g_strdup (folder);
  push_pending (gimp_run, deliver, delivered, task);
}

static void
session_frames (DotGimpRun *gimp_run, GPtrArray *frames)
{
  gimp_run->gave |= ! dot_run_is_restored (dot_session_get_run (gimp_run->session));
  if (gimp_run->last_only)
    {
      g_clear_pointer (&gimp_run->last, g_ptr_array_unref);
      gimp_run->last = g_ptr_array_ref (frames);
    }

  push_frames (gimp_run, frames, gimp_run->last_only ? NULL : gimp_run->layers,
               gimp_run->export_folder);
}

static void
ticked (gpointer data)
{
  ((Task *) data)->gimp_run->ticking = FALSE;
  end_task (data);
}

/* Layers that are ready don't wait for the next ones for long. */
static gboolean
tick (gpointer data)
{
  DotGimpRun *gimp_run = data;
  Task       *task;

  if (gimp_run->ticking)
    return G_SOURCE_CONTINUE;

  gimp_run->ticking = TRUE;
  task              = task_new (gimp_run);
  task->layers      = gimp_run->layers;
  dot_gimp_thread_push (gimp_run->thread, insert_due, ticked, task);
  return G_SOURCE_CONTINUE;
}

static void
stop_ticking (DotGimpRun *gimp_run)
{
  if (gimp_run->tick)
    g_source_remove (gimp_run->tick);
  gimp_run->tick = 0;
}

/*  the run's end  */

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
ended_layers (gpointer data)
{
  DotGimpRun *gimp_run         = ((Task *) data)->gimp_run;
  g_autoptr (DotLayers) layers = g_steal_pointer (&gimp_run->layers);

  gimp_run->made = set_made_layers (gimp_run, layers);
  delivered (data);
}

/* All frames have come.  When GIMP's progress bar is empty nobody can end this
 * process while an undo group is open. */
static void
session_finishing (DotGimpRun *gimp_run)
{
  Task *task;

  stop_ticking (gimp_run);
  if (gimp_run->last)
    push_frames (gimp_run, gimp_run->last, gimp_run->layers, NULL);
  g_clear_pointer (&gimp_run->last, g_ptr_array_unref);
  if (gimp_run->progress)
    dot_progress_end (gimp_run->progress);
  if (! gimp_run->layers)
    return;

  task         = task_new (gimp_run);
  task->layers = gimp_run->layers;
  push_pending (gimp_run, end_layers, ended_layers, task);
}

static void
session_ended (DotGimpRun *gimp_run)
{
  g_main_loop_quit (gimp_run->loop);
}

static DotLayers *
make_layers (DotGimpRun *gimp_run, DotLayersWhen when, GCancellable *cancellable)
{
  DotScale scale;

  g_object_get (gimp_run->settings, "scale", &scale, NULL);
  return dot_layers_new (&gimp_run->image, when, gimp_run->run_mode != GIMP_RUN_NONINTERACTIVE,
                         scale, cancellable);
}

static void
open_layers (gpointer data)
{
  dot_layers_open (data);
}

static gboolean
is_live (DotGimpRun *gimp_run)
{
  gboolean live;

  g_object_get (gimp_run->settings, "live-layers", &live, NULL);
  return live;
}

/* The dialog's layers come while the run goes on; who looks first makes them
 * later.  Without a dialog there is nothing else to see: a repeat of such a
 * run makes the last ones, and each other one all. */
static void
start_layers (DotGimpRun *gimp_run)
{
  gboolean      dialog = gimp_run->run_mode == GIMP_RUN_INTERACTIVE;
  DotLayersWhen when   = dialog ? DOT_LAYERS_COMING : DOT_LAYERS_AT_END;

  gimp_run->last_only = gimp_run->run_mode == GIMP_RUN_WITH_LAST_VALS && ! is_live (gimp_run);
  if (dialog && ! is_live (gimp_run))
    return;

  gimp_run->layers = make_layers (gimp_run, when, dot_session_get_cancellable (gimp_run->session));
  dot_gimp_thread_push (gimp_run->thread, open_layers, NULL, gimp_run->layers);
  if (dialog)
    gimp_run->tick = g_timeout_add_seconds (TICK, tick, gimp_run);
}

/**
 * dot_gimp_run_start:
 * @options: what to do
 * @run: what the run is to the session's pictures
 *
 * Starts to refine.  A restored state is only seen again: it has its layers
 * already, or was never to have any.  What is finished when the run is stopped
 * or fails stays in the image.
 *
 * Returns: %FALSE where there is nothing to start
 */
gboolean
dot_gimp_run_start (DotGimpRun             *gimp_run,
                    const DotRefineOptions *options,
                    DotRun                  run,
                    GError                **error)
{
  gimp_run->made          = FALSE;
  gimp_run->failed        = FALSE;
  gimp_run->layers_failed = FALSE;
  g_clear_pointer (&gimp_run->export_folder, g_free);
  if (! dot_run_is_restored (run) &&
      ! dot_export_folder_make (gimp_run->settings, &gimp_run->export_folder, error))
    return FALSE;

  if (! dot_session_start (gimp_run->session, options, run, error))
    return FALSE;

  if (! dot_run_is_restored (run))
    start_layers (gimp_run);
  return TRUE;
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

typedef struct
{
  DotGimpRunProgress progress;
  double             fraction;
  gpointer           user_data;
} Progress;

static gboolean
show_progress (gpointer data)
{
  Progress *progress = data;

  progress->progress (progress->fraction, progress->user_data);
  return G_SOURCE_REMOVE;
}

/* Before the task's end: both are told in their order. */
static void
post_progress (double fraction, gpointer data)
{
  Task     *task     = data;
  Progress *progress = g_new (Progress, 1);

  *progress = (Progress) { task->progress, fraction, task->user_data };
  g_idle_add_full (G_PRIORITY_DEFAULT, show_progress, progress, g_free);
}

static void
add_layers (gpointer data)
{
  Task *task = data;

  dot_layers_open (task->layers);
  if (dot_layers_add (task->layers, task->frames, &task->error))
    dot_layers_end (task->layers, &task->error);
}

static void
added_layers (gpointer data)
{
  Task *task = data;

  set_made_layers (task->gimp_run, task->layers);
  emit_shown (task->gimp_run, task->layers);
  task->added (task->error, task->user_data);
  task_free (task);
}

/**
 * dot_gimp_run_add_layers:
 * @frames: (element-type DotFrame): at least one; those of a candidate come
 *   one after another
 * @cancellable: soon after this nothing more is made
 * @progress: told how far it is
 * @added: called when they are there, or GIMP can't make them
 * @user_data: for both
 *
 * Makes layers of them, in a group of their own, as one step of undo.
 */
void
dot_gimp_run_add_layers (DotGimpRun        *gimp_run,
                         GPtrArray         *frames,
                         GCancellable      *cancellable,
                         DotGimpRunProgress progress,
                         DotGimpRunAdded    added,
                         gpointer           user_data)
{
  Task *task = task_new (gimp_run);

  task->frames    = g_ptr_array_ref (frames);
  task->layers    = make_layers (gimp_run, DOT_LAYERS_AT_END, cancellable);
  task->progress  = progress;
  task->added     = added;
  task->user_data = user_data;
  dot_layers_set_progress (task->layers, post_progress, task);
  dot_gimp_thread_push (gimp_run->thread, add_layers, added_layers, task);
}

/*  what is open and selected in GIMP  */

static void
read_open (gpointer data)
{
  Task           *task  = data;
  DotGimpRunOpen *open  = &task->open;
  GimpImage      *image = task->gimp_run->image;

  open->states = dot_layer_state_list (image);
  if (! image || ! gimp_image_is_valid (image))
    return;

  open->width    = gimp_image_get_width (image);
  open->height   = gimp_image_get_height (image);
  open->is_there = dot_open_picture_is_there (image);
  if (task->with_picture)
    open->picture = dot_open_picture_read (image);
}

static void
open_read (gpointer data)
{
  Task *task = data;

  task->read (&task->open, task->user_data);
  task_free (task);
}

/**
 * dot_gimp_run_read:
 * @with_picture: whether to read what the image shows, which takes a moment
 * @read: called with what is open
 * @user_data: for @read
 */
void
dot_gimp_run_read (DotGimpRun    *gimp_run,
                   gboolean       with_picture,
                   DotGimpRunRead read,
                   gpointer       user_data)
{
  Task *task = task_new (gimp_run);

  task->with_picture = with_picture;
  task->read         = read;
  task->user_data    = user_data;
  dot_gimp_thread_push (gimp_run->thread, read_open, open_read, task);
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
  /* the dialog shows it itself, and has a Stop that keeps what is finished */
  if (run_mode != GIMP_RUN_INTERACTIVE)
    gimp_run->progress = dot_progress_new (gimp_run->thread);
  g_signal_connect_swapped (gimp_run->session, "changed", G_CALLBACK (session_changed), gimp_run);
  g_signal_connect_swapped (gimp_run->session, "frames", G_CALLBACK (session_frames), gimp_run);
  g_signal_connect_swapped (gimp_run->session, "finishing", G_CALLBACK (session_finishing),
                            gimp_run);
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
 * Returns: whether any run gave a picture; its layers may be none
 */
gboolean
dot_gimp_run_has_result (DotGimpRun *gimp_run)
{
  return gimp_run->gave || gimp_run->made_layers;
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

  if (! gimp_run->made_layers)
    return g_new0 (GimpLayer *, 1);

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
