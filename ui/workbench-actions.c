/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What can be done at the workbench. */

#include "config.h"

#include "workbench-private.h"

#include <glib/gi18n-lib.h>

#include "widgets/background.h"
#include "core/command-text.h"
#include "pages/export-dialog.h"
#include "pages/model-combo.h"
#include "pages/options-page.h"

/*  what a run begins with  */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT, message);

  return FALSE;
}

static gboolean
use_layers (DotWorkbench *workbench, DotRefineOptions *options, GError **error)
{
  if (! workbench->layer_states || ! workbench->layer_states[0])
    return refuse (error,
                   _ (
                     "No layer that DOT Refine made is selected: select one, or start from a seed."));

  options->states = g_strdupv (workbench->layer_states);
  return TRUE;
}

static gboolean
use_two_layers (DotWorkbench *workbench, DotRefineOptions *options, GError **error)
{
  GStrv states = workbench->layer_states;

  if (! states || g_strv_length (states) != 2)
    return refuse (
      error,
      _ (
        "Two layers that DOT Refine made are needed: select both (hold Ctrl), or start from a seed."));

  options->states   = g_strdupv ((char *[]) { states[0], NULL });
  options->to_state = g_strdup (states[1]);
  return TRUE;
}

/* Seeds and files are in the options already. */
static gboolean
use_source (DotWorkbench *workbench, DotRefineOptions *options, GError **error)
{
  DotSource source;

  g_object_get (workbench->settings, "source", &source, NULL);
  if (source == DOT_SOURCE_LAYER)
    return use_layers (workbench, options, error);
  if (source == DOT_SOURCE_BETWEEN)
    return use_two_layers (workbench, options, error);
  return TRUE;
}

/* Each candidate goes on from its last picture. */
static void
use_last_frames (DotWorkbench *workbench, DotRefineOptions *options)
{
  DotGallery *gallery          = dot_session_get_gallery (workbench->session);
  g_autoptr (GPtrArray) frames = dot_gallery_get_last_frames (gallery);
  const DotFrame *first        = frames->pdata[0];

  options->states = g_new0 (char *, frames->len + 1);
  for (guint i = 0; i < frames->len; i++)
    options->states[i] = g_strdup (((DotFrame *) frames->pdata[i])->state);
  options->count = first->batch;
  g_clear_pointer (&options->latents, g_free);
}

/*  refining  */

static void
report (DotWorkbench *workbench, const GError *error)
{
  dot_session_set_problem (workbench->session, error);
}

static void
refine (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbench *workbench              = user_data;
  g_autoptr (DotRefineOptions) options = NULL;
  g_autoptr (GError) error             = NULL;

  options = dot_settings_get_options (workbench->settings);
  if (use_source (workbench, options, &error))
    dot_workbench_start (workbench, options, DOT_RUN_NEW);
  else
    report (workbench, error);
}

static void
refine_more (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbench *workbench              = user_data;
  g_autoptr (DotRefineOptions) options = NULL;

  options = dot_settings_get_options (workbench->settings);
  use_last_frames (workbench, options);
  dot_workbench_start (workbench, options, DOT_RUN_MORE);
}

/**
 * dot_workbench_stop:
 *
 * Stops what goes on; what is finished stays.
 */
void
dot_workbench_stop (DotWorkbench *workbench)
{
  dot_session_stop (workbench->session);
  g_cancellable_cancel (workbench->cancellable);
}

static void
stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  dot_workbench_stop (user_data);
}

static void
add_layers (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbench *workbench      = user_data;
  DotGallery   *gallery        = dot_session_get_gallery (workbench->session);
  g_autoptr (GPtrArray) frames = dot_gallery_get_chosen (gallery);

  if (frames->len > 0)
    dot_workbench_add_layers (workbench, frames);
}

/*  what takes a while and is no run  */

static void
set_working (DotWorkbench *workbench, gboolean working)
{
  workbench->working = working;
  g_cancellable_reset (workbench->cancellable);
  dot_workbench_update (workbench);
}

static gboolean
run_in_background (DotWorkbench     *workbench,
                   const char       *message,
                   DotBackgroundFunc func,
                   gpointer          data)
{
  DotProgressRow *row      = DOT_PROGRESS_ROW (workbench->progress);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  dot_progress_row_set (row, message, 0.0);
  dot_progress_row_set_time_left (row, NULL);
  /* the window may close meanwhile */
  g_object_ref (workbench);
  set_working (workbench, TRUE);
  ok = dot_background_run (func, data, row, workbench->cancellable, &error);
  set_working (workbench, FALSE);
  if (error && ! g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    report (workbench, error);
  g_object_unref (workbench);
  return ok;
}

/*  exporting  */

typedef struct
{
  GPtrArray        *frames;
  DotExportOptions *options;
} Export;

/* in another thread */
static gboolean
export_frames (gpointer        data,
               DotProgressFunc progress,
               gpointer        progress_data,
               GCancellable   *cancellable,
               GError        **error)
{
  const Export *export = data;

  return dot_export (export->frames, export->options, progress, progress_data, cancellable, error);
}

static void export (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbench    *workbench = user_data;
  DotGallery      *gallery   = dot_session_get_gallery (workbench->session);
  GtkWidget       *window    = gtk_widget_get_toplevel (user_data);
  GtkWidget       *widget    = dot_export_dialog_new (GTK_WINDOW (window), gallery);
  DotExportDialog *dialog    = DOT_EXPORT_DIALOG (widget);
  gboolean         yes       = gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT;
  Export export = { dot_export_dialog_get_frames (dialog), dot_export_dialog_get_options (dialog) };

  gtk_widget_destroy (widget);
  if (yes)
    run_in_background (workbench, _ ("Exporting…"), export_frames, &export);
  g_ptr_array_unref (export.frames);
  dot_export_options_free (export.options);
}

/*  copying  */

static void
copy (DotWorkbench *workbench, const char *text)
{
  GtkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (workbench),
                                                      GDK_SELECTION_CLIPBOARD);

  gtk_clipboard_set_text (clipboard, text, -1);
  gtk_clipboard_store (clipboard);
}

/* Returns: (transfer full) (nullable): the run in the history whose pictures
 * are there: one that was brought back, until it has gone on, or the newest */
static DotHistoryEntry *
get_recorded (DotWorkbench *workbench)
{
  DotSession *session           = workbench->session;
  g_autoptr (GPtrArray) entries = NULL;

  if (workbench->restored &&
      (dot_session_get_run (session) == DOT_RUN_RESTORE || ! dot_session_has_frames (session)))
    return g_object_ref (workbench->restored);
  if (! workbench->history)
    return NULL;

  dot_recorder_flush (workbench->recorder);
  entries = dot_history_list (workbench->history);
  return entries->len > 0 ? g_object_ref (entries->pdata[0]) : NULL;
}

/* What began with layers has its first latents in the history. */
static void
use_recorded_latents (DotWorkbench *workbench, DotRefineOptions *options)
{
  DotGallery *gallery                  = dot_session_get_gallery (workbench->session);
  g_autoptr (DotHistoryEntry) recorded = get_recorded (workbench);

  if (! recorded)
    return;

  g_free (options->latents);
  options->latents = dot_history_entry_get_latents (recorded);
  g_clear_pointer (&options->states, g_strfreev);
  g_clear_pointer (&options->to_state, g_free);
  options->updates = dot_gallery_get_n_updates (gallery);
}

/* The last run, from its very beginning. */
static DotRefineOptions *
get_whole_run (DotWorkbench *workbench)
{
  const DotRefineOptions *last    = dot_session_get_options (workbench->session);
  DotRefineOptions       *options = last ? dot_refine_options_copy (last)
                                         : dot_settings_get_options (workbench->settings);

  if (options->states)
    use_recorded_latents (workbench, options);
  return options;
}

/* A shell's command can say more than Script-Fu's, but not all either. */
static GError *
make_copy_problem (const DotRefineOptions *options, gboolean script)
{
  g_autofree char *shell = dot_command_text_shell (options, NULL);

  return g_error_new_literal (
    DOT_ERROR, DOT_ERROR_FAILED,
    script && shell
      ? _ ("Script-Fu can't say all of this run: copy it as a shell command.")
      : _ (
          "No command can say what this run began with: refine a model of the list from a seed, and copy that."));
}

static void
copy_command (DotWorkbench *workbench, gboolean script)
{
  g_autoptr (DotRefineOptions) options = get_whole_run (workbench);
  g_autofree char *text                = NULL;
  g_autoptr (GError) error             = NULL;

  text = script ? dot_command_text_script_fu (options, NULL)
                : dot_command_text_shell (options, NULL);
  if (text)
    copy (workbench, text);
  else
    error = make_copy_problem (options, script);
  report (workbench, error);
}

static void
copy_shell (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy_command (user_data, FALSE);
}

static void
copy_script (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy_command (user_data, TRUE);
}

typedef struct
{
  char     *host;
  DotModel *model;
  char     *problem;
  char     *text;
} Diagnosis;

/* in another thread: engines are loaded, and a GPU is asked */
static gboolean
diagnose (gpointer        data,
          DotProgressFunc progress,
          gpointer        progress_data,
          GCancellable   *cancellable,
          GError        **error)
{
  Diagnosis *diagnosis = data;

  diagnosis->text = dot_diagnostics_text (diagnosis->host, diagnosis->model, diagnosis->problem);
  return TRUE;
}

/* What is around the backend, for its diagnostics. */
static char *
describe_host (const char *host)
{
  return g_strdup_printf ("%s%sGTK %u.%u.%u", host ? host : "", host ? "\n" : "",
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version ());
}

static void
copy_diagnostics (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbench    *workbench = user_data;
  const GError    *problem   = dot_session_get_problem (workbench->session);
  g_autofree char *id        = NULL;
  Diagnosis        diagnosis = { .host = describe_host (workbench->host) };

  g_object_get (workbench->settings, "model", &id, NULL);
  diagnosis.model   = dot_model_find (id ? id : "", NULL);
  diagnosis.problem = g_strdup (problem ? problem->message : NULL);
  run_in_background (workbench, _ ("Asking the computer…"), diagnose, &diagnosis);
  copy (workbench, diagnosis.text);

  g_clear_pointer (&diagnosis.model, dot_model_unref);
  g_free (diagnosis.host);
  g_free (diagnosis.problem);
  g_free (diagnosis.text);
}

/*  fixes  */

static void
choose_folder (DotWorkbench *workbench)
{
  GtkWidget            *window = gtk_widget_get_toplevel (GTK_WIDGET (workbench));
  GtkFileChooserNative *chooser;
  g_autoptr (GFile) folder = NULL;

  chooser = gtk_file_chooser_native_new (_ ("Select Export Folder"), GTK_WINDOW (window),
                                         GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (folder)
    g_object_set (workbench->settings, "export-folder", folder, NULL);
  g_object_unref (chooser);
}

static void
apply_fix (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbench *workbench = user_data;

  if (dot_fix_apply (workbench->fix, workbench->settings))
    refine (NULL, NULL, workbench);
  else if (workbench->fix == DOT_FIX_MODELS)
    dot_model_combo_manage (DOT_MODEL_COMBO (workbench->models));
  else if (workbench->fix == DOT_FIX_FOLDER)
    choose_folder (workbench);
  else if (workbench->fix == DOT_FIX_CLASS)
    dot_options_page_focus_class (workbench->options);
  dot_workbench_update (workbench);
}

/*  all of them  */

static const GActionEntry entries[] = {
  { .name = "refine", .activate = refine },
  { .name = "refine-more", .activate = refine_more },
  { .name = "stop", .activate = stop },
  { .name = "add-layers", .activate = add_layers },
  { .name = "export", .activate = export },
  { .name = "copy-shell", .activate = copy_shell },
  { .name = "copy-script", .activate = copy_script },
  { .name = "copy-diagnostics", .activate = copy_diagnostics },
  { .name = "fix", .activate = apply_fix },
};

/**
 * dot_workbench_add_actions:
 *
 * Gives a new workbench its actions.
 */
void
dot_workbench_add_actions (DotWorkbench *workbench)
{
  workbench->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (workbench->actions), entries,
                                   G_N_ELEMENTS (entries), workbench);
}

static void
set_enabled (DotWorkbench *workbench, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (workbench->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * dot_workbench_update_actions:
 *
 * Enables the actions that make sense.
 */
void
dot_workbench_update_actions (DotWorkbench *workbench)
{
  DotGallery *gallery = dot_session_get_gallery (workbench->session);
  gboolean    any     = dot_gallery_get_n_positions (gallery) > 0;
  gboolean    busy    = dot_session_is_running (workbench->session) || workbench->working;

  set_enabled (workbench, "refine", ! busy);
  set_enabled (workbench, "refine-more", ! busy && any);
  set_enabled (workbench, "stop", busy);
  set_enabled (workbench, "add-layers", ! busy && any && dot_gallery_get_n_chosen (gallery) > 0);
  set_enabled (workbench, "export", ! busy && any);
  set_enabled (workbench, "copy-shell", ! busy);
  set_enabled (workbench, "copy-script", ! busy);
  set_enabled (workbench, "copy-diagnostics", ! busy);
  set_enabled (workbench, "fix", ! busy && workbench->fix != DOT_FIX_NONE);
}
