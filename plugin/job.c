/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "job.h"

#include <errno.h>

#include <glib/gi18n-lib.h>

#include "layers.h"
#include "worker.h"

/*  One run of the filter, the same for every run mode: a worker refines,
 *  each step that it finishes becomes layers (and files), and progress shows
 *  in GIMP and in the dialog, where there is one.
 */

struct _DotJob
{
  GimpImage              *image;
  GimpRunMode             run_mode;
  DotRefineDialog        *dialog;

  const DotRefineOptions *options;
  char                   *export_folder;
  DotLayers              *layers;
  GCancellable           *cancellable;
  GMainLoop              *loop;
  char                   *message;
  GError                 *error;

  GimpImage              *made_image;
  GimpLayer             **made_layers;
};

/*  progress  */

/*  With a dialog and no image GIMP would open a window of its own for it.  */
static gboolean
has_gimp_progress (DotJob *job)
{
  return ! job->dialog || job->image;
}

static void
show_gimp_progress (DotJob     *job,
                    const char *message,
                    double      fraction)
{
  if (! job->message)
    gimp_progress_init (message);
  else if (g_strcmp0 (job->message, message) != 0)
    gimp_progress_set_text (message);
  gimp_progress_update (fraction);

  g_free (job->message);
  job->message = g_strdup (message);
}

static void
show_progress (const char *message,
               double      fraction,
               gpointer    user_data)
{
  DotJob *job = user_data;

  if (job->dialog)
    dot_refine_dialog_set_progress (job->dialog, message, fraction);
  if (has_gimp_progress (job))
    show_gimp_progress (job, message, fraction);
}

/*  steps  */

static gboolean
export_step (DotJob     *job,
             GPtrArray  *frames,
             GError    **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && job->export_folder && i < frames->len; i++)
    ok = dot_frame_save_png (frames->pdata[i], job->export_folder, NULL, error);

  return ok;
}

/*  A new image's window takes the keyboard, and Escape with it.  */
static void
present_dialog (DotJob *job)
{
  if (job->dialog && ! job->image)
    gtk_window_present (GTK_WINDOW (job->dialog));
}

/*  After an error nothing more is made; the worker stops at its next look.  */
static void
take_step (GPtrArray *frames,
           gpointer   user_data)
{
  DotJob   *job   = user_data;
  gboolean  first = dot_layers_is_empty (job->layers);

  if (job->error)
    return;

  if (job->dialog)
    dot_refine_dialog_add_step (job->dialog, frames);
  if (! dot_layers_add (job->layers, frames, &job->error) ||
      ! export_step (job, frames, &job->error))
    g_cancellable_cancel (job->cancellable);
  else if (first)
    present_dialog (job);
}

static void
finish (const GError *error,
        gpointer      user_data)
{
  DotJob *job = user_data;

  if (error && ! job->error &&
      ! g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    job->error = g_error_copy (error);

  g_main_loop_quit (job->loop);
}

/*  the run  */

static gboolean
make_export_folder (DotJob  *job,
                    GFile   *folder,
                    GError **error)
{
  g_clear_pointer (&job->export_folder, g_free);
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

static gboolean
prepare (DotJob                 *job,
         const DotRefineOptions *options,
         GFile                  *export_folder)
{
  g_clear_error (&job->error);
  g_clear_pointer (&job->message, g_free);

  /*  the person may have closed it since the last run  */
  if (job->image && ! gimp_image_is_valid (job->image))
    job->image = NULL;

  job->options = options;
  job->layers  = dot_layers_new (job->image,
                                 job->run_mode != GIMP_RUN_NONINTERACTIVE);

  return dot_refine_options_check (options, &job->error) &&
         make_export_folder (job, export_folder, &job->error);
}

static void
run_worker (DotJob *job)
{
  const DotWorkerFuncs  funcs = { show_progress, take_step, finish };
  DotWorker            *worker;

  worker = dot_worker_start (job->options, &funcs, job, job->cancellable);
  g_main_loop_run (job->loop);
  dot_worker_join (worker);
}

/*  The layers' undo step ends with the run.  A further run goes into the image
 *  that this one made.
 */
static gboolean
end_layers (DotJob *job)
{
  gboolean any = ! dot_layers_is_empty (job->layers);

  if (any)
    {
      g_free (job->made_layers);
      job->made_image  = dot_layers_get_image (job->layers);
      job->made_layers = dot_layers_get_list (job->layers);
      job->image       = job->made_image;
    }
  g_clear_pointer (&job->layers, dot_layers_free);

  return any;
}

/**
 * dot_job_run:
 * @options: what to do
 * @export_folder: (nullable): gets a PNG of each layer, too
 *
 * Refines, and returns when all is done, cancelled or failed; what is
 * finished by then stays in the image.  May be called again.
 *
 * Returns: whether it made a layer
 */
gboolean
dot_job_run (DotJob                 *job,
             const DotRefineOptions *options,
             GFile                  *export_folder)
{
  gboolean made;

  if (prepare (job, options, export_folder))
    {
      g_cancellable_reset (job->cancellable);
      if (job->dialog)
        dot_refine_dialog_begin (job->dialog, job->cancellable);

      run_worker (job);

      if (job->message)
        gimp_progress_end ();
    }

  made = end_layers (job);
  if (job->dialog)
    dot_refine_dialog_end (job->dialog, job->error ? job->error->message : NULL);
  job->options = NULL;

  return made;
}

/**
 * dot_job_new:
 * @image: (nullable): the image that gets the layers, or %NULL for a new one
 * @run_mode: how the procedure was called
 *
 * Returns: (transfer full): a job
 */
DotJob *
dot_job_new (GimpImage   *image,
             GimpRunMode  run_mode)
{
  DotJob *job = g_new0 (DotJob, 1);

  job->image       = image;
  job->run_mode    = run_mode;
  job->cancellable = g_cancellable_new ();
  job->loop        = g_main_loop_new (NULL, FALSE);

  return job;
}

/**
 * dot_job_set_dialog:
 * @dialog: (nullable): shows progress, and can cancel
 */
void
dot_job_set_dialog (DotJob          *job,
                    DotRefineDialog *dialog)
{
  job->dialog = dialog;
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
 * dot_job_clear_error:
 *
 * Forgets what went wrong, once it was said.
 */
void
dot_job_clear_error (DotJob *job)
{
  g_clear_error (&job->error);
}

/**
 * dot_job_take_error:
 *
 * Returns: (nullable) (transfer full): what went wrong in the last run
 */
GError *
dot_job_take_error (DotJob *job)
{
  return g_steal_pointer (&job->error);
}

/**
 * dot_job_free:
 * @job: (transfer full): a job
 */
void
dot_job_free (DotJob *job)
{
  g_object_unref (job->cancellable);
  g_main_loop_unref (job->loop);
  g_clear_error (&job->error);
  g_free (job->made_layers);
  g_free (job->export_folder);
  g_free (job->message);
  g_free (job);
}
