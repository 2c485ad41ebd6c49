/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "job.h"

#include <glib/gi18n-lib.h>

#include "layers.h"

/*  Runs of the filter, the same for every run mode: a session refines, each
 *  frame that comes from it becomes a layer (and a file), and progress shows
 *  in GIMP, too.
 */

struct _DotJob
{
  GimpImage    *image;
  GimpRunMode   run_mode;
  DotSettings  *settings;
  DotSession   *session;
  GMainLoop    *loop;

  /*  the steps that aren't layers yet, and what was done of the first  */
  GQueue       *steps;
  guint         n_done;
  guint         idle;
  DotLayers    *layers;
  gboolean      live;
  char         *export_folder;
  char         *message;

  DotJobShown   shown;
  gpointer      shown_data;

  gboolean      made;
  GimpImage    *made_image;
  GimpLayer   **made_layers;
};

/*  progress  */

static void
show_progress (DotJob *job)
{
  const char *message = dot_session_get_message (job->session);

  if (! dot_session_is_running (job->session))
    return;

  if (! job->message)
    gimp_progress_init (message);
  else if (g_strcmp0 (job->message, message) != 0)
    gimp_progress_set_text (message);
  gimp_progress_update (dot_session_get_fraction (job->session));

  g_free (job->message);
  job->message = g_strdup (message);
}

/*  The dialog shows it, and with no image GIMP would open a window of its own
 *  for it.
 */
static void
session_changed (DotJob *job)
{
  if (job->run_mode != GIMP_RUN_INTERACTIVE || job->image)
    show_progress (job);
}

static void
end_progress (DotJob *job)
{
  if (job->message)
    gimp_progress_end ();
  g_clear_pointer (&job->message, g_free);
}

/*  frames become layers, one at a time: the dialog is drawn in between  */

/*  Half of a frame's layer, or all of its file.  Says whether the frame is
 *  done, and so it is after an error.
 */
static gboolean
take_frame (DotJob          *job,
            const DotFrame  *frame,
            GError         **error)
{
  if (job->live && ! dot_layers_is_prepared (job->layers))
    return ! dot_layers_prepare (job->layers, frame, error);
  if (job->live && ! dot_layers_insert (job->layers, error))
    return TRUE;
  if (job->export_folder)
    dot_frame_save_png (frame, job->export_folder, NULL, error);

  return TRUE;
}

static void
show_layers (DotJob    *job,
             DotLayers *layers)
{
  gboolean opened = dot_layers_show (layers);

  if (opened && job->shown)
    job->shown (job->shown_data);
}

/*  Does one thing, and says whether the step is complete.  */
static gboolean
advance (DotJob     *job,
         GPtrArray  *step,
         GError    **error)
{
  if (job->live && ! dot_layers_has_begun (job->layers))
    return ! dot_layers_begin (job->layers, step, error);
  if (! take_frame (job, step->pdata[job->n_done], error))
    return FALSE;

  job->n_done++;
  if (job->n_done < step->len && ! *error)
    return FALSE;

  if (job->live)
    show_layers (job, job->layers);

  return TRUE;
}

/*  After an error nothing more is made.  */
static gboolean
take_steps (gpointer data)
{
  DotJob    *job   = data;
  GPtrArray *step  = g_queue_peek_head (job->steps);
  GError    *error = NULL;

  if (dot_session_get_problem (job->session) || advance (job, step, &error))
    {
      g_ptr_array_unref (g_queue_pop_head (job->steps));
      job->n_done = 0;
      if (error)
        dot_session_fail (job->session, error);
      if (g_queue_is_empty (job->steps))
        job->idle = 0;
      dot_session_release (job->session);
    }

  return job->idle ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
session_frames (DotJob    *job,
                GPtrArray *frames)
{
  if (! job->live && ! job->export_folder)
    return;

  dot_session_hold (job->session);
  g_queue_push_tail (job->steps, g_ptr_array_ref (frames));
  if (! job->idle)
    job->idle = g_idle_add (take_steps, job);
}

/*  the layers' undo step ends with the run  */

/*  A further run goes into the image that this one made.  */
static gboolean
end_layers (DotJob    *job,
            DotLayers *layers)
{
  gboolean any = ! dot_layers_is_empty (layers);

  if (any)
    {
      g_free (job->made_layers);
      job->made_image  = dot_layers_get_image (layers);
      job->made_layers = dot_layers_get_list (layers);
      job->image       = job->made_image;
    }
  dot_layers_free (layers);

  return any;
}

static void
session_ended (DotJob *job)
{
  job->made = end_layers (job, g_steal_pointer (&job->layers));
  end_progress (job);
  g_main_loop_quit (job->loop);
}

static gboolean
make_export_folder (DotJob  *job,
                    GError **error)
{
  g_autoptr (GFile) folder = NULL;

  g_clear_pointer (&job->export_folder, g_free);
  g_object_get (job->settings, "export-folder", &folder, NULL);
  if (! folder)
    return TRUE;

  job->export_folder = g_file_get_path (folder);
  if (job->export_folder &&
      g_mkdir_with_parents (job->export_folder, 0777) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _("The export folder %s can't be made: choose one that is writable."),
               gimp_file_get_utf8_name (folder));

  return FALSE;
}

static DotLayers *
make_layers (DotJob *job)
{
  DotScale scale;

  /*  the person may have closed it since the last run  */
  if (job->image && ! gimp_image_is_valid (job->image))
    job->image = NULL;

  g_object_get (job->settings, "scale", &scale, NULL);

  return dot_layers_new (job->image, job->run_mode != GIMP_RUN_NONINTERACTIVE,
                         scale);
}

/*  Without a dialog there is nothing else to see.  */
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
dot_job_start (DotJob                  *job,
               const DotRefineOptions  *options,
               DotRun                   run,
               GError                 **error)
{
  job->made = FALSE;
  job->live = makes_layers (job) && run != DOT_RUN_RESTORE;
  if (run == DOT_RUN_RESTORE)
    g_clear_pointer (&job->export_folder, g_free);
  else if (! make_export_folder (job, error))
    return FALSE;

  job->layers = make_layers (job);
  if (dot_session_start (job->session, options, run, error))
    return TRUE;

  g_clear_pointer (&job->layers, dot_layers_free);

  return FALSE;
}

/**
 * dot_job_wait:
 *
 * Returns when the run is over.
 */
void
dot_job_wait (DotJob *job)
{
  if (dot_session_is_running (job->session))
    g_main_loop_run (job->loop);
}

static gboolean
add_layer (DotLayers       *layers,
           const DotFrame  *frame,
           GError         **error)
{
  gboolean ok = TRUE;

  while (ok && ! dot_layers_is_prepared (layers))
    ok = dot_layers_prepare (layers, frame, error);

  return ok && dot_layers_insert (layers, error);
}

/**
 * dot_job_add_layers:
 * @frames: (element-type DotFrame): at least one; those of a candidate come
 *   one after another
 *
 * Makes layers of them, in a group of their own, as one step of undo.
 *
 * Returns: %FALSE where GIMP can't
 */
gboolean
dot_job_add_layers (DotJob     *job,
                    GPtrArray  *frames,
                    GError    **error)
{
  DotLayers *layers = make_layers (job);
  gboolean   ok     = dot_layers_begin (layers, frames, error);

  for (guint i = 0; ok && i < frames->len; i++)
    ok = add_layer (layers, frames->pdata[i], error);
  if (ok)
    show_layers (job, layers);

  return end_layers (job, layers) && ok;
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
dot_job_new (GimpImage   *image,
             GimpRunMode  run_mode,
             DotSettings *settings)
{
  DotJob *job = g_new0 (DotJob, 1);

  job->image    = image;
  job->run_mode = run_mode;
  job->settings = g_object_ref (settings);
  job->session  = dot_session_new ();
  job->loop     = g_main_loop_new (NULL, FALSE);
  job->steps    = g_queue_new ();
  g_signal_connect_swapped (job->session, "changed",
                            G_CALLBACK (session_changed), job);
  g_signal_connect_swapped (job->session, "frames",
                            G_CALLBACK (session_frames), job);
  g_signal_connect_swapped (job->session, "ended",
                            G_CALLBACK (session_ended), job);

  return job;
}

/**
 * dot_job_set_shown:
 * @shown: (nullable): called when a new image's window has opened, which
 *   takes the keyboard
 * @user_data: for @shown
 */
void
dot_job_set_shown (DotJob      *job,
                   DotJobShown  shown,
                   gpointer     user_data)
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
 * dot_job_get_target:
 *
 * Returns: (nullable) (transfer none): the image that the next run's layers
 *   go into, if there is one yet
 */
GimpImage *
dot_job_get_target (DotJob *job)
{
  return job->image && gimp_image_is_valid (job->image) ? job->image : NULL;
}

/**
 * dot_job_get_image:
 *
 * Returns: (nullable) (transfer none): the image with the last layers, unless
 *   the person has closed it
 */
GimpImage *
dot_job_get_image (DotJob *job)
{
  return gimp_image_is_valid (job->made_image) ? job->made_image : NULL;
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
  g_object_unref (job->session);
  g_object_unref (job->settings);
  g_main_loop_unref (job->loop);
  g_queue_free (job->steps);
  g_free (job->made_layers);
  g_free (job->export_folder);
  g_free (job->message);
  g_free (job);
}
