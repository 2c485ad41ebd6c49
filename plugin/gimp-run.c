/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Runs of the filter, the same for every run mode: a session refines, each
 * frame that comes from it becomes a layer (and a file), and progress shows
 * in GIMP, too. */

#include "config.h"

#include "gimp-run.h"

#include <glib/gi18n-lib.h>

#include "continue.h"
#include "layers.h"
#include "progress.h"
#include "repeat.h"
#include "gimp-thread.h"

struct _DotJob
{
  GimpRunMode  run_mode;
  DotSettings *settings;
  DotSession  *session;
  GMainLoop   *loop;
  DotWire     *wire;
  DotProgress *progress;

  /* where the run's frames go, each if any */
  DotLayers *layers;
  char      *export_folder;

  /* the wire's, until it has nothing to do */
  GimpImage *image;
  DotSeeds  *seeds;
  gboolean   failed;

  DotJobShown shown;
  gpointer    shown_data;

  gboolean    made;
  GimpLayer **made_layers;
};

/* What the wire does for a job, and what came of it. */
typedef struct
{
  DotJob    *job;
  GPtrArray *frames;
  DotLayers *layers;
  gboolean   opened;
  GError    *error;

  DotJobAdded  added;
  DotJobStates read;
  gpointer     user_data;
  GStrv        states;

  gint64 seed;
  gint64 count;
} Errand;

static Errand *
errand_new (DotJob *job)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->job = job;
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_pointer (&errand->frames, g_ptr_array_unref);
  g_clear_pointer (&errand->layers, dot_layers_free);
  g_clear_error (&errand->error);
  g_strfreev (errand->states);
  g_free (errand);
}

/*  progress  */

static void
session_changed (DotJob *job)
{
  DotSession *session = job->session;

  if (job->progress && dot_session_is_running (session))
    dot_progress_show (job->progress, dot_session_get_message (session),
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
  Errand *errand = data;
  DotJob *job    = errand->job;

  if (job->failed)
    return;

  if (job->layers && dot_layers_add (job->layers, errand->frames, &errand->error))
    errand->opened = dot_layers_show (job->layers);
  if (job->export_folder && ! errand->error)
    save_frames (errand->frames, job->export_folder, &errand->error);
  job->failed = errand->error != NULL;
}

static void
tell_shown (Errand *errand)
{
  DotJob *job = errand->job;

  if (errand->opened && job->shown)
    job->shown (job->shown_data);
}

static void
delivered (gpointer data)
{
  Errand *errand = data;
  DotJob *job    = errand->job;

  if (errand->error)
    dot_session_fail (job->session, g_steal_pointer (&errand->error));
  tell_shown (errand);
  errand_free (errand);
  dot_session_release (job->session);
}

static void
session_frames (DotJob *job, GPtrArray *frames)
{
  Errand *errand;

  if (! job->layers && ! job->export_folder)
    return;

  errand         = errand_new (job);
  errand->frames = g_ptr_array_ref (frames);
  dot_session_hold (job->session);
  dot_wire_push (job->wire, deliver, delivered, errand);
}

/*  the layers' undo step ends with the run  */

static void
end_layers (gpointer data)
{
  Errand *errand = data;

  dot_layers_end (errand->layers);
}

/* Says whether there are any. */
static gboolean
keep_list (DotJob *job, DotLayers *layers)
{
  if (dot_layers_is_empty (layers))
    return FALSE;

  g_free (job->made_layers);
  job->made_layers = dot_layers_get_list (layers);
  return TRUE;
}

static void
session_ended (DotJob *job)
{
  Errand *errand;

  if (job->layers)
    {
      job->made      = keep_list (job, job->layers);
      errand         = errand_new (job);
      errand->layers = g_steal_pointer (&job->layers);
      dot_wire_push (job->wire, end_layers, errand_free, errand);
    }
  if (job->progress)
    dot_progress_end (job->progress);
  g_main_loop_quit (job->loop);
}

static gboolean
make_export_folder (DotJob *job, GError **error)
{
  g_autoptr (GFile) folder = NULL;

  g_clear_pointer (&job->export_folder, g_free);
  g_object_get (job->settings, "export-folder", &folder, NULL);
  if (! folder)
    return TRUE;

  job->export_folder = g_file_get_path (folder);
  if (job->export_folder && g_mkdir_with_parents (job->export_folder, 0777) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The export folder %s can't be made: choose one that is writable."),
               gimp_file_get_utf8_name (folder));
  return FALSE;
}

/* A further run goes into the image that this one makes. */
static DotLayers *
make_layers (DotJob *job)
{
  DotScale scale;

  g_object_get (job->settings, "scale", &scale, NULL);
  return dot_layers_new (&job->image, job->run_mode != GIMP_RUN_NONINTERACTIVE, scale);
}

/* Without a dialog there is nothing else to see. */
static gboolean
makes_layers (DotJob *job)
{
  gboolean live;

  g_object_get (job->settings, "live-layers", &live, NULL);
  return live || job->run_mode != GIMP_RUN_INTERACTIVE;
}

/**
 * dot_job_start:
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
dot_job_start (DotJob *job, const DotRefineOptions *options, DotRun run, GError **error)
{
  job->made   = FALSE;
  job->failed = FALSE;
  if (run == DOT_RUN_RESTORE)
    g_clear_pointer (&job->export_folder, g_free);
  else if (! make_export_folder (job, error))
    return FALSE;

  if (run != DOT_RUN_RESTORE && makes_layers (job))
    job->layers = make_layers (job);
  if (dot_session_start (job->session, options, run, error))
    return TRUE;

  g_clear_pointer (&job->layers, dot_layers_free);
  return FALSE;
}

/**
 * dot_job_wait:
 *
 * Returns when the run is over, and GIMP has all of it.
 */
void
dot_job_wait (DotJob *job)
{
  if (dot_session_is_running (job->session))
    g_main_loop_run (job->loop);
  dot_wire_wait (job->wire);
}

/*  pictures that were chosen  */

static void
add_layers (gpointer data)
{
  Errand *errand = data;

  if (dot_layers_add (errand->layers, errand->frames, &errand->error))
    errand->opened = dot_layers_show (errand->layers);
  dot_layers_end (errand->layers);
}

static void
added_layers (gpointer data)
{
  Errand *errand = data;

  keep_list (errand->job, errand->layers);
  tell_shown (errand);
  errand->added (errand->error, errand->user_data);
  errand_free (errand);
}

/**
 * dot_job_add_layers:
 * @frames: (element-type DotFrame): at least one; those of a candidate come
 *   one after another
 * @added: called when they are there, or GIMP can't make them
 * @user_data: for @added
 *
 * Makes layers of them, in a group of their own, as one step of undo.
 */
void
dot_job_add_layers (DotJob *job, GPtrArray *frames, DotJobAdded added, gpointer user_data)
{
  Errand *errand = errand_new (job);

  errand->frames    = g_ptr_array_ref (frames);
  errand->layers    = make_layers (job);
  errand->added     = added;
  errand->user_data = user_data;
  dot_wire_push (job->wire, add_layers, added_layers, errand);
}

/*  layers that were selected  */

static void
read_states (gpointer data)
{
  Errand *errand = data;

  errand->states = dot_continue_read_states (errand->job->image);
}

static void
states_read (gpointer data)
{
  Errand *errand = data;

  errand->read (errand->states, errand->user_data);
  errand_free (errand);
}

/**
 * dot_job_read_states:
 * @read: called with what the selected layers carry, of the image that the
 *   next run's layers go into
 * @user_data: for @read
 */
void
dot_job_read_states (DotJob *job, DotJobStates read, gpointer user_data)
{
  Errand *errand = errand_new (job);

  errand->read      = read;
  errand->user_data = user_data;
  dot_wire_push (job->wire, read_states, states_read, errand);
}

/*  seeds  */

static void
take_seeds (gpointer data)
{
  Errand *errand = data;
  DotJob *job    = errand->job;

  dot_seeds_free (job->seeds);
  job->seeds = dot_repeat_take (errand->seed, errand->count);
}

/**
 * dot_job_take_seeds:
 *
 * A run of the dialog starts: repeats go on from its seeds.
 */
void
dot_job_take_seeds (DotJob *job)
{
  Errand *errand = errand_new (job);
  int     seed;
  int     count;

  g_object_get (job->settings, "seed", &seed, "count", &count, NULL);
  errand->seed  = seed;
  errand->count = count;
  dot_wire_push (job->wire, take_seeds, errand_free, errand);
}

static void
give_seeds_back (gpointer data)
{
  DotJob *job = data;

  dot_repeat_take_back (job->seeds);
  g_clear_pointer (&job->seeds, dot_seeds_free);
}

/**
 * dot_job_give_seeds_back:
 *
 * The run that took the last seeds gave nothing: the next one takes the same.
 */
void
dot_job_give_seeds_back (DotJob *job)
{
  dot_wire_push (job->wire, give_seeds_back, NULL, job);
}

/*  the job  */

/* The dialog shows progress itself, and with no image GIMP would open a
 * window of its own for it. */
static gboolean
shows_progress (DotJob *job)
{
  return job->run_mode != GIMP_RUN_INTERACTIVE || job->image;
}

/**
 * dot_job_new:
 * @image: (nullable): the image that gets the layers, or %NULL for a new one
 * @run_mode: how the procedure was called
 * @settings: say where frames go, and how large
 *
 * Returns: (transfer full): a job
 */
DotJob *
dot_job_new (GimpImage *image, GimpRunMode run_mode, DotSettings *settings)
{
  DotJob *job = g_new0 (DotJob, 1);

  job->image    = image;
  job->run_mode = run_mode;
  job->settings = g_object_ref (settings);
  job->session  = dot_session_new ();
  job->loop     = g_main_loop_new (NULL, FALSE);
  job->wire     = dot_wire_new ();
  if (shows_progress (job))
    job->progress = dot_progress_new (job->wire);
  g_signal_connect_swapped (job->session, "changed", G_CALLBACK (session_changed), job);
  g_signal_connect_swapped (job->session, "frames", G_CALLBACK (session_frames), job);
  g_signal_connect_swapped (job->session, "ended", G_CALLBACK (session_ended), job);
  return job;
}

/**
 * dot_job_set_shown:
 * @shown: (nullable): called when a new image's window has opened, which
 *   takes the keyboard
 * @user_data: for @shown
 */
void
dot_job_set_shown (DotJob *job, DotJobShown shown, gpointer user_data)
{
  job->shown      = shown;
  job->shown_data = user_data;
}

/**
 * dot_job_get_session:
 *
 * Returns: (transfer none): what refines
 */
DotSession *
dot_job_get_session (DotJob *job)
{
  return job->session;
}

/**
 * dot_job_has_made:
 *
 * Returns: whether the last run made a layer
 */
gboolean
dot_job_has_made (DotJob *job)
{
  return job->made;
}

/**
 * dot_job_has_result:
 *
 * Returns: whether any run made a layer
 */
gboolean
dot_job_has_result (DotJob *job)
{
  return job->made_layers != NULL;
}

/**
 * dot_job_get_image:
 *
 * Returns: (nullable) (transfer none): the image with the last layers, unless
 *   the person has closed it; this is for dot_job_wait() to come before
 */
GimpImage *
dot_job_get_image (DotJob *job)
{
  return job->image && gimp_image_is_valid (job->image) ? job->image : NULL;
}

/**
 * dot_job_take_layers:
 *
 * Returns: (transfer container): the layers of the last run that made any,
 *   without those that the person has undone or deleted, ended by %NULL
 */
GimpLayer **
dot_job_take_layers (DotJob *job)
{
  guint n = 0;

  for (guint i = 0; job->made_layers[i]; i++)
    if (gimp_item_is_valid (GIMP_ITEM (job->made_layers[i])))
      job->made_layers[n++] = job->made_layers[i];
  job->made_layers[n] = NULL;
  return g_steal_pointer (&job->made_layers);
}

/**
 * dot_job_free:
 * @job: (transfer full): a job without a run
 */
void
dot_job_free (DotJob *job)
{
  g_clear_pointer (&job->progress, dot_progress_free);
  dot_wire_free (job->wire);
  dot_seeds_free (job->seeds);
  g_object_unref (job->session);
  g_object_unref (job->settings);
  g_main_loop_unref (job->loop);
  g_free (job->made_layers);
  g_free (job->export_folder);
  g_free (job);
}
