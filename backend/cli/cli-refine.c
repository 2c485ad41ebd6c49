/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine refine. */

#include "config.h"

#include <errno.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli-job.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "cli-refine-arguments.h"
#include "cli-results.h"
#include "cli.h"

#include "export/export-options.h"
#include "refine/trace.h"

typedef struct
{
  CliRefineArguments *arguments;
  DotModel           *model;
  DotPair            *pair;
  DotTrace           *trace;  /* where one is asked for */
  GPtrArray          *frames; /* where there are exports */
  CliResults         *results;
  GCancellable       *cancellable; /* the job's */
  GError             *error;       /* why a picture wasn't written */
} Run;

/*  private functions  */

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *name = NULL;

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  name = g_filename_display_name (folder);
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The folder %s can't be made (%s): choose another one with --out."), name,
               g_strerror (errno));
  return FALSE;
}

/* A long run shouldn't end with the news that its trace has no place. */
static gboolean
check_trace (const char *trace, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (trace);
  g_autofree char *name   = NULL;

  if (g_access (folder, W_OK) == 0 && g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  name = g_filename_display_name (trace);
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written: choose a folder for --trace that exists and is writable."),
               name);
  return FALSE;
}

static gboolean
check_exports (Run *run, GError **error)
{
  GPtrArray *exports = run->arguments->exports;

  for (guint i = 0; i < exports->len; i++)
    if (! dot_export_options_check_run (exports->pdata[i], run->model, run->arguments->options,
                                        error))
      return FALSE;
  return TRUE;
}

static gboolean
prepare (Run *run, GError **error)
{
  CliRefineArguments *arguments = run->arguments;

  if (! dot_refine_options_check (arguments->options, error))
    return FALSE;

  run->model = dot_refine_options_find_model (arguments->options, error);
  if (! run->model)
    return FALSE;

  if (arguments->trace &&
      (! check_trace (arguments->trace, error) ||
       ! dot_trace_check (run->model, arguments->options, arguments->trace, error)))
    return FALSE;
  return (check_exports (run, error) && (! arguments->out || make_folder (arguments->out, error)));
}

static gboolean
keep_candidate (Run *run, const DotStep *step, gsize candidate, GError **error)
{
  g_autofree char *file      = NULL;
  g_autoptr (DotFrame) frame = NULL;

  if (run->arguments->out || run->frames)
    frame = dot_frame_new (step, candidate, run->pair, run->arguments->options);
  if (run->arguments->out && ! dot_frame_save_png (frame, run->arguments->out, &file, error))
    return FALSE;
  if (run->frames)
    g_ptr_array_add (run->frames, dot_frame_ref (frame));

  cli_results_add (run->results, step, candidate, file);
  return TRUE;
}

/* In the job's thread.  A callback can't fail, so it ends the run instead. */
static void
on_step (const DotStep *step, gpointer data)
{
  Run *run = data;

  if (run->error)
    return;

  if (run->trace)
    dot_trace_add (run->trace, step);

  for (gsize i = 0; step->keep && i < step->batch && ! run->error; i++)
    if (! keep_candidate (run, step, i, &run->error))
      g_cancellable_cancel (run->cancellable);

  cli_progress_show_step (step);
}

static gboolean
export_frames (Run *run, GError **error)
{
  GPtrArray *exports = run->arguments->exports;

  for (guint i = 0; i < exports->len; i++)
    if (! dot_export (run->frames, exports->pdata[i], cli_progress_show_phase, NULL,
                      run->cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run              *run     = data;
  DotRefineOptions *options = run->arguments->options;

  run->cancellable = cancellable;
  run->pair = dot_pair_load (run->model, options->engine, options->device, options->precision,
                             cli_progress_show_phase, NULL, cancellable, error);
  return (
    run->pair &&
    dot_refine (run->pair, options, on_step, cli_progress_show_phase, run, cancellable, error) &&
    (run->error || export_frames (run, error)));
}

static gboolean
finish (Run *run, GError **error)
{
  CliRefineArguments *arguments = run->arguments;

  if (run->trace && ! dot_trace_save (run->trace, arguments->trace, error))
    return FALSE;

  if (arguments->as_json)
    cli_results_print_json (run->results, run->pair, arguments);
  else
    cli_results_print_table (run->results);
  cli_output_warn (dot_pair_get_warning (run->pair));
  return TRUE;
}

static gboolean
execute (Run *run, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *cancelled;
  gboolean    success;

  if (! prepare (run, error))
    return FALSE;

  cancelled = run->arguments->out ? _ ("Cancelled; the finished pictures are kept.") : _ ("Cancelled.");
  success = cli_job_run (compute, run, cancelled, &cause);

  /* What stopped the run may not be what it says of itself. */
  if (run->error)
    g_propagate_error (error, g_steal_pointer (&run->error));
  else if (! success)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    return finish (run, error);
  return FALSE;
}

static void
unref_frame (gpointer frame)
{
  dot_frame_unref (frame);
}

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->trace, dot_trace_free);
  g_clear_pointer (&run->frames, g_ptr_array_unref);
  g_clear_pointer (&run->results, cli_results_free);
  g_clear_pointer (&run->pair, dot_pair_unref);
  g_clear_pointer (&run->model, dot_model_unref);
  g_clear_error (&run->error);
}

/*  public functions  */

/**
 * cli_refine:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Makes pictures, refines them and prints what came of it.
 *
 * Returns: whether it is done.
 */
gboolean
cli_refine (int argc, char **argv, GError **error)
{
  g_autoptr (CliRefineArguments) arguments = NULL;
  Run      run                             = { 0 };
  gboolean success;

  arguments = cli_refine_arguments_parse (argc, argv, error);
  if (! arguments)
    return FALSE;

  run.arguments = arguments;
  run.results   = cli_results_new ();
  if (arguments->trace)
    {
      run.trace = dot_trace_new ();
      dot_trace_set_method (run.trace, arguments->options->method);
    }
  if (arguments->exports->len > 0)
    run.frames = g_ptr_array_new_with_free_func (unref_frame);

  success = execute (&run, error);
  run_clear (&run);
  return success;
}
