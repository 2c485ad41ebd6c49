/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "workbench-actions.h"

#include <glib/gi18n-lib.h>

#include "core/command-text.h"
#include "core/gallery-frames.h"
#include "core/source.h"
#include "pages/export-dialog.h"

/**
 * DotWorkbenchActions:
 *
 * What can be done in the dialog, "dot.refine" say: actions that are enabled
 * while they make sense.  Who shows them says what a run needs from there
 * (#DotWorkbenchActions::start), where layers go, and what can be fixed.
 */

enum
{
  CHANGED,
  ASKED,
  START,
  ADD_LAYERS,
  FIX,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotWorkbenchActions
{
  GSimpleActionGroup parent_instance;

  DotSettings    *settings;
  DotSession     *session;
  DotRecorder    *recorder;
  DotRestorer    *restorer;
  DotQueue       *queue;
  GStrv           layer_states;
  GBytes         *picture;
  DotFix          fix;
  DotProgressRow *progress;
  DotWork        *work;
  char           *host;
};

G_DEFINE_FINAL_TYPE (DotWorkbenchActions, dot_workbench_actions, G_TYPE_SIMPLE_ACTION_GROUP)

/*  what a run begins with  */

/* Each candidate goes on from its last picture. */
static void
use_last_frames (DotWorkbenchActions *actions, DotRefineOptions *options)
{
  options->states = dot_gallery_get_last_states (dot_session_get_gallery (actions->session));
  options->count  = g_strv_length (options->states);
  g_clear_pointer (&options->latents, g_free);
}

/*  which of them make sense  */

static void
set_enabled (DotWorkbenchActions *actions, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
is_stopping (DotWorkbenchActions *actions)
{
  return dot_session_is_stopping (actions->session) || dot_work_is_stopping (actions->work);
}

/* Whether what is asked for now comes after the run that goes on. */
static gboolean
can_queue (DotWorkbenchActions *actions)
{
  return dot_session_is_running (actions->session) && ! dot_work_goes_on (actions->work) &&
         ! is_stopping (actions) && ! dot_run_is_restored (dot_session_get_run (actions->session));
}

/* Enables those that make sense. */
static void
update (DotWorkbenchActions *actions)
{
  DotGallery *gallery = dot_session_get_gallery (actions->session);
  gboolean    any     = dot_gallery_get_n_positions (gallery) > 0;
  gboolean    busy    = dot_workbench_actions_is_busy (actions);

  set_enabled (actions, "refine", ! busy || can_queue (actions));
  set_enabled (actions, "cancel-next", ! dot_queue_is_empty (actions->queue));
  set_enabled (actions, "refine-more", ! busy && any);
  set_enabled (actions, "stop", busy && ! is_stopping (actions));
  set_enabled (actions, "add-layers", ! busy && any && dot_gallery_get_n_chosen (gallery) > 0);
  set_enabled (actions, "export", ! busy && any);
  set_enabled (actions, "copy-shell", ! busy);
  set_enabled (actions, "copy-script", ! busy);
  set_enabled (actions, "copy-diagnostics", ! busy);
  set_enabled (actions, "fix", ! busy && actions->fix != DOT_FIX_NONE);
}

/*  refining  */

static void
report (DotWorkbenchActions *actions, const GError *error)
{
  dot_session_set_problem (actions->session, error);
}

static void
start (DotWorkbenchActions *actions, DotRefineOptions *options, DotRun run)
{
  if (run == DOT_RUN_NEW)
    dot_restorer_forget (actions->restorer);
  else if (run == DOT_RUN_MORE)
    dot_restorer_stop (actions->restorer);
  g_signal_emit (actions, signals[START], 0, options, run);
}

/* A run that goes on has nothing to do with it. */
static void
refuse (DotWorkbenchActions *actions, const GError *error)
{
  if (can_queue (actions))
    dot_queue_refuse (actions->queue, error);
  else
    report (actions, error);
}

static void
refine (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbenchActions *actions         = user_data;
  g_autoptr (DotRefineOptions) options = NULL;
  g_autoptr (GError) error             = NULL;

  options = dot_settings_get_options (actions->settings);
  if (! dot_source_apply (actions->settings, actions->layer_states, actions->picture, options,
                          &error))
    {
      refuse (actions, error);
      return;
    }

  g_signal_emit (actions, signals[ASKED], 0);
  if (can_queue (actions))
    dot_queue_set (actions->queue, options);
  else
    start (actions, options, DOT_RUN_NEW);
}

static void
start_next (DotWorkbenchActions *actions, DotRefineOptions *options)
{
  start (actions, options, DOT_RUN_NEW);
}

static void
cancel_next (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbenchActions *actions = user_data;

  dot_queue_clear (actions->queue);
}

static void
refine_more (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbenchActions *actions         = user_data;
  g_autoptr (DotRefineOptions) options = NULL;

  options = dot_settings_get_options (actions->settings);
  use_last_frames (actions, options);
  start (actions, options, DOT_RUN_MORE);
}

/* What is finished stays, and nothing comes after it. */
static void
stop (DotWorkbenchActions *actions)
{
  dot_queue_clear (actions->queue);
  dot_restorer_stop (actions->restorer);
  dot_session_stop (actions->session);
  dot_work_stop (actions->work);
}

static void
activate_stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  stop (user_data);
}

/* Takes the frames. */
static void
emit_layers (DotWorkbenchActions *actions, GPtrArray *frames)
{
  if (frames->len > 0)
    g_signal_emit (actions, signals[ADD_LAYERS], 0, frames);
  g_ptr_array_unref (frames);
}

static void
add_layers (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbenchActions *actions = user_data;

  emit_layers (actions, dot_gallery_get_chosen (dot_session_get_gallery (actions->session)));
}

/*  what takes a while and is no run  */

static GtkWindow *
get_window (DotWorkbenchActions *actions)
{
  return GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (actions->progress)));
}

static void
run_in_background (DotWorkbenchActions *actions,
                   const char          *message,
                   DotBackgroundFunc    func,
                   gpointer             data)
{
  g_autoptr (DotWorkbenchActions) held = g_object_ref (actions);
  g_autoptr (GError) error             = NULL;

  if (! dot_work_run (held->work, message, func, data, &error))
    report (held, error);
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
  DotWorkbenchActions *actions = user_data;
  DotGallery          *gallery = dot_session_get_gallery (actions->session);
  GtkWindow           *window  = get_window (actions);
  GtkWidget           *widget  = dot_export_dialog_new (window, gallery);
  DotExportDialog     *dialog  = DOT_EXPORT_DIALOG (widget);
  gboolean             yes     = gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT;
  Export export = { dot_export_dialog_get_frames (dialog), dot_export_dialog_get_options (dialog) };

  gtk_widget_destroy (widget);
  if (yes)
    run_in_background (actions, _ ("Exporting…"), export_frames, &export);
  g_ptr_array_unref (export.frames);
  dot_export_options_free (export.options);
}

/*  copying  */

static void
copy (DotWorkbenchActions *actions, const char *text)
{
  GtkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (actions->progress),
                                                      GDK_SELECTION_CLIPBOARD);

  gtk_clipboard_set_text (clipboard, text, -1);
  gtk_clipboard_store (clipboard);
}

/* Returns: (transfer full) (nullable): the run in the history whose pictures
 * are there: one that was brought back, until it has gone on, or the newest */
static DotHistoryEntry *
get_recorded (DotWorkbenchActions *actions)
{
  DotSession      *session  = actions->session;
  DotHistoryEntry *restored = dot_restorer_get_entry (actions->restorer);

  if (restored &&
      (dot_run_is_restored (dot_session_get_run (session)) || ! dot_session_has_frames (session)))
    return g_object_ref (restored);
  return actions->recorder ? dot_recorder_get_newest (actions->recorder) : NULL;
}

/* What began with layers or a picture has its first latents in the history. */
static void
use_recorded_latents (DotWorkbenchActions *actions, DotRefineOptions *options)
{
  g_autoptr (DotHistoryEntry) recorded = get_recorded (actions);

  if (! recorded)
    return;

  g_free (options->latents);
  options->latents = dot_history_entry_get_latents (recorded);
  g_clear_pointer (&options->states, g_strfreev);
  g_clear_pointer (&options->to_state, g_free);
  g_clear_pointer (&options->picture, g_bytes_unref);
}

/* The last run, from its very beginning, as far as it got. */
static DotRefineOptions *
get_whole_run (DotWorkbenchActions *actions)
{
  DotGallery             *gallery = dot_session_get_gallery (actions->session);
  guint                   n       = dot_gallery_get_n_positions (gallery);
  const DotRefineOptions *last    = dot_session_get_options (actions->session);
  DotRefineOptions       *options = last ? dot_refine_options_copy (last)
                                         : dot_settings_get_options (actions->settings);

  if (options->states || options->picture)
    use_recorded_latents (actions, options);
  if (dot_session_has_frames (actions->session))
    options->updates = dot_gallery_get_update (gallery, n - 1);
  return options;
}

static void
copy_command (DotWorkbenchActions *actions, gboolean script)
{
  g_autoptr (DotRefineOptions) options = get_whole_run (actions);
  g_autofree char *text                = NULL;
  g_autoptr (GError) error             = NULL;

  text = script ? dot_command_text_script_fu (options, NULL)
                : dot_command_text_shell (options, NULL);
  if (text)
    copy (actions, text);
  else
    error = dot_command_text_new_problem (options, script);
  report (actions, error);
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
  DotWorkbenchActions *actions   = user_data;
  const GError        *problem   = dot_session_get_problem (actions->session);
  DotModel            *model     = dot_settings_get_model (actions->settings, NULL);
  Diagnosis            diagnosis = { .host = describe_host (actions->host) };

  diagnosis.model   = model ? dot_model_ref (model) : NULL;
  diagnosis.problem = g_strdup (problem ? problem->message : NULL);
  run_in_background (actions, _ ("Asking the computer…"), diagnose, &diagnosis);
  copy (actions, diagnosis.text);

  g_clear_pointer (&diagnosis.model, dot_model_unref);
  g_free (diagnosis.host);
  g_free (diagnosis.problem);
  g_free (diagnosis.text);
}

/*  fixes  */

static void
choose_folder (DotWorkbenchActions *actions)
{
  GtkWindow            *window = get_window (actions);
  GtkFileChooserNative *chooser;
  g_autoptr (GFile) folder = NULL;

  chooser = gtk_file_chooser_native_new (_ ("Select Export Folder"), window,
                                         GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (folder)
    g_object_set (actions->settings, "export-folder", folder, NULL);
  g_object_unref (chooser);
}

static void
apply_fix (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DotWorkbenchActions *actions = user_data;

  if (dot_fix_apply (actions->fix, actions->settings))
    refine (NULL, NULL, actions);
  else if (actions->fix == DOT_FIX_FOLDER)
    choose_folder (actions);
  else if (actions->fix == DOT_FIX_IMAGE || actions->fix == DOT_FIX_LAYERS)
    emit_layers (actions, dot_gallery_frames_all (dot_session_get_gallery (actions->session)));
  else
    g_signal_emit (actions, signals[FIX], 0, actions->fix);
  g_signal_emit (actions, signals[CHANGED], 0);
}

/**
 * dot_workbench_actions_restore:
 * @entry: a run of the history
 *
 * Shows its pictures, those between its first and its last as they are made
 * anew, and sets what it was asked for with.
 */
void
dot_workbench_actions_restore (DotWorkbenchActions *actions, DotHistoryEntry *entry)
{
  g_autoptr (GError) error = NULL;

  if (! dot_restorer_start (actions->restorer, entry, &error))
    report (actions, error);
}

/*  all of them  */

static const GActionEntry entries[] = {
  { .name = "refine", .activate = refine },
  { .name = "refine-more", .activate = refine_more },
  { .name = "cancel-next", .activate = cancel_next },
  { .name = "stop", .activate = activate_stop },
  { .name = "add-layers", .activate = add_layers },
  { .name = "export", .activate = export },
  { .name = "copy-shell", .activate = copy_shell },
  { .name = "copy-script", .activate = copy_script },
  { .name = "copy-diagnostics", .activate = copy_diagnostics },
  { .name = "fix", .activate = apply_fix },
};

/**
 * dot_workbench_actions_is_busy:
 *
 * Returns: whether a run goes on, or something else that takes a while
 */
gboolean
dot_workbench_actions_is_busy (DotWorkbenchActions *actions)
{
  return dot_session_is_running (actions->session) || dot_work_goes_on (actions->work);
}

/**
 * dot_workbench_actions_can_choose:
 *
 * Returns: whether settings may be changed, for the next run
 */
gboolean
dot_workbench_actions_can_choose (DotWorkbenchActions *actions)
{
  return ! dot_workbench_actions_is_busy (actions) || can_queue (actions);
}

/**
 * dot_workbench_actions_get_next:
 *
 * Returns: (transfer full) (nullable): what comes after the run that goes on
 */
char *
dot_workbench_actions_get_next (DotWorkbenchActions *actions)
{
  return dot_queue_get_text (actions->queue);
}

/**
 * dot_workbench_actions_set_fix:
 * @fix: what would help
 *
 * Says what "fix" does.
 */
void
dot_workbench_actions_set_fix (DotWorkbenchActions *actions, DotFix fix)
{
  actions->fix = fix;
  update (actions);
}

/**
 * dot_workbench_actions_set_layer_states:
 * @states: (nullable): of the layers that are selected, ended by %NULL
 *
 * Says what can be gone on from.
 */
void
dot_workbench_actions_set_layer_states (DotWorkbenchActions *actions, GStrv states)
{
  g_strfreev (actions->layer_states);
  actions->layer_states = g_strdupv (states);
}

/**
 * dot_workbench_actions_set_picture:
 * @picture: (nullable): the bytes of a file of what is open
 *
 * Says what can be looked for.
 */
void
dot_workbench_actions_set_picture (DotWorkbenchActions *actions, GBytes *picture)
{
  g_clear_pointer (&actions->picture, g_bytes_unref);
  actions->picture = picture ? g_bytes_ref (picture) : NULL;
}

/**
 * dot_workbench_actions_get_work:
 *
 * Returns: (transfer none): what takes a while, where it isn't a run
 */
DotWork *
dot_workbench_actions_get_work (DotWorkbenchActions *actions)
{
  return actions->work;
}

/*  the class  */

static void
changed (DotWorkbenchActions *actions)
{
  update (actions);
  g_signal_emit (actions, signals[CHANGED], 0);
}

static void
dot_workbench_actions_finalize (GObject *object)
{
  DotWorkbenchActions *actions = DOT_WORKBENCH_ACTIONS (object);

  g_clear_object (&actions->settings);
  g_clear_object (&actions->session);
  g_clear_object (&actions->recorder);
  g_clear_object (&actions->restorer);
  g_clear_object (&actions->queue);
  g_clear_object (&actions->progress);
  g_clear_object (&actions->work);
  g_strfreev (actions->layer_states);
  g_clear_pointer (&actions->picture, g_bytes_unref);
  g_free (actions->host);

  G_OBJECT_CLASS (dot_workbench_actions_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /**
   * DotWorkbenchActions::changed:
   *
   * Something that takes a while began or ended, or was fixed.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_WORKBENCH_ACTIONS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * DotWorkbenchActions::asked:
   *
   * The person has asked for a new run with the settings as they are.
   */
  signals[ASKED] = g_signal_new ("asked", DOT_TYPE_WORKBENCH_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  /**
   * DotWorkbenchActions::start:
   * @options: (type gpointer): a #DotRefineOptions: what to do
   * @run: a #DotRun: what the run is to the pictures that are there
   *
   * The person wants a run.
   */
  signals[START] = g_signal_new ("start", DOT_TYPE_WORKBENCH_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  /**
   * DotWorkbenchActions::add-layers:
   * @frames: (element-type DotFrame): what the person has chosen, candidate
   *   by candidate, at least one
   *
   * The person wants layers.
   */
  signals[ADD_LAYERS] = g_signal_new ("add-layers", DOT_TYPE_WORKBENCH_ACTIONS, G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  /**
   * DotWorkbenchActions::fix:
   * @fix: a #DotFix: what the person wants to do about a problem
   *
   * It is done where it is shown.
   */
  signals[FIX] = g_signal_new ("fix", DOT_TYPE_WORKBENCH_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
dot_workbench_actions_class_init (DotWorkbenchActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_workbench_actions_finalize;
  install_signals ();
}

static void
dot_workbench_actions_init (DotWorkbenchActions *actions)
{
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries),
                                   actions);
}

/**
 * dot_workbench_actions_new:
 * @settings: what the person changes
 * @session: what refines
 * @recorder: (nullable): has the runs so far
 * @progress: shows what takes a while; windows open above its own
 * @host: (nullable): the program around it, for diagnostics
 *
 * Returns: (transfer full): the actions, to be inserted into a window as "dot"
 */
DotWorkbenchActions *
dot_workbench_actions_new (DotSettings    *settings,
                           DotSession     *session,
                           DotRecorder    *recorder,
                           DotProgressRow *progress,
                           const char     *host)
{
  DotWorkbenchActions *actions = g_object_new (DOT_TYPE_WORKBENCH_ACTIONS, NULL);

  actions->settings = g_object_ref (settings);
  actions->session  = g_object_ref (session);
  actions->restorer = dot_restorer_new (settings, session);
  actions->queue    = dot_queue_new (settings, session);
  actions->progress = g_object_ref (progress);
  actions->work     = dot_work_new (progress);
  actions->host     = g_strdup (host);
  g_set_object (&actions->recorder, recorder);
  g_signal_connect_object (progress, "cancel", G_CALLBACK (stop), actions, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), actions, G_CONNECT_SWAPPED);
  g_signal_connect_object (actions->work, "changed", G_CALLBACK (changed), actions,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (actions->queue, "changed", G_CALLBACK (changed), actions,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (actions->queue, "start", G_CALLBACK (start_next), actions,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (actions->restorer, "start", G_CALLBACK (start), actions,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dot_session_get_gallery (session), "changed", G_CALLBACK (update),
                           actions, G_CONNECT_SWAPPED);
  update (actions);
  return actions;
}
