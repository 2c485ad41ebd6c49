/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "refine-dialog.h"

#include <glib/gi18n-lib.h>

#include "arguments.h"
#include "core/installed.h"
#include "core/layer-plan.h"
#include "help.h"
#include "many-dialog.h"
#include "trust-dialog.h"
#include "widgets/shrink.h"
#include "workbench.h"

/**
 * DotRefineDialog:
 *
 * The workbench in a window of GIMP's, which stays open until the person
 * closes it.  What GIMP adds: the selected layers to go on from, the image
 * that gets the layers, and the seeds that a repeat goes on from.
 */

/* room for pictures; GTK makes it smaller where the screen is */
#define WIDTH  1120
#define HEIGHT 720

/* When the window goes though the run hasn't ended yet, in milliseconds. */
#define HIDE_AFTER 600

/* How long after its image has come GIMP may still bring up its window. */
#define KEEP_KEYBOARD (2 * G_USEC_PER_SEC)

/* Which page of the help: there is one beginning. */
#define HELP_ID "dot-refine"

#define RESPONSE_RESET 1
#define RESPONSE_MORE  2

struct _DotRefineDialog
{
  GimpDialog parent_instance;

  DotGimpRun          *gimp_run;
  GimpProcedureConfig *config;
  DotSettings         *settings;
  DotWorkbench        *workbench;
  GMainLoop           *loop;
  const char          *pressed;
  gboolean             took_seeds;
  gboolean             closing;
  guint                hide;
  guint                present;
  gint64               keep_keyboard;
};

G_DEFINE_FINAL_TYPE (DotRefineDialog, dot_refine_dialog, GIMP_TYPE_DIALOG)

static DotSession *
get_session (DotRefineDialog *dialog)
{
  return dot_gimp_run_get_session (dialog->gimp_run);
}

static gboolean
is_running (DotRefineDialog *dialog)
{
  return dot_session_is_running (get_session (dialog));
}

static GActionGroup *
get_actions (DotRefineDialog *dialog)
{
  return G_ACTION_GROUP (dot_workbench_get_actions (dialog->workbench));
}

static void
report (DotRefineDialog *dialog, const GError *error)
{
  dot_session_set_problem (get_session (dialog), error);
}

/*  a run  */

static GError *
make_refusal (void)
{
  return g_error_new_literal (
    DOT_ERROR, DOT_ERROR_NOT_TRUSTED,
    _ (
      "The program in this model was not run: refine again and choose “Run It” if you trust who made it, or take another model."));
}

static gboolean
is_live (DotRefineDialog *dialog)
{
  gboolean live;

  g_object_get (dialog->settings, "live-layers", &live, NULL);
  return live;
}

/* Whether the person wants as many layers. */
static gboolean
ask_layers (DotRefineDialog *dialog, guint64 n_layers)
{
  return dot_many_dialog_ask (GTK_WINDOW (dialog), n_layers);
}

static gboolean
try_start (DotRefineDialog *dialog, DotRefineOptions *options, DotRun run, GError **error)
{
  if (! dot_trust_dialog_ask (GTK_WINDOW (dialog), options))
    {
      g_propagate_error (error, make_refusal ());
      return FALSE;
    }

  dot_arguments_write (dialog->config, dialog->settings);
  if (run == DOT_RUN_NEW)
    dot_gimp_run_take_seeds (dialog->gimp_run);
  dialog->took_seeds = run == DOT_RUN_NEW;
  return dot_gimp_run_start (dialog->gimp_run, options, run, error);
}

/* A run that gave nothing leaves its seeds for the next. */
static void
end_seeds (DotRefineDialog *dialog, gboolean gave)
{
  if (dialog->took_seeds && ! gave)
    dot_gimp_run_return_seeds (dialog->gimp_run);
  dialog->took_seeds = FALSE;
}

static void
start (DotRefineDialog *dialog, DotRefineOptions *options, DotRun run)
{
  g_autoptr (GError) error = NULL;

  if (! dot_run_is_restored (run) && is_live (dialog) &&
      ! ask_layers (dialog, dot_layer_plan_count (options)))
    return;
  if (try_start (dialog, options, run, &error))
    return;

  end_seeds (dialog, FALSE);
  report (dialog, error);
}

static gboolean
hide (gpointer data)
{
  DotRefineDialog *dialog = data;

  dialog->hide = 0;
  gtk_widget_hide (GTK_WIDGET (dialog));
  return G_SOURCE_REMOVE;
}

/* An update may take longer than a person waits for a window to close. */
static void
close_dialog (DotRefineDialog *dialog)
{
  dialog->closing = TRUE;
  g_action_group_activate_action (get_actions (dialog), "stop", NULL);
  if (! dialog->hide)
    dialog->hide = g_timeout_add (HIDE_AFTER, hide, dialog);
  if (! is_running (dialog))
    g_main_loop_quit (dialog->loop);
}

static void
ended (DotRefineDialog *dialog)
{
  end_seeds (dialog, dot_session_has_frames (get_session (dialog)));
  if (dialog->closing)
    g_main_loop_quit (dialog->loop);
}

static DotWork *
get_work (gpointer dialog)
{
  DotWorkbench *workbench = DOT_REFINE_DIALOG (dialog)->workbench;

  return dot_workbench_actions_get_work (dot_workbench_get_actions (workbench));
}

static void
layers_come (double fraction, gpointer dialog)
{
  dot_work_go_on (get_work (dialog), _ ("Adding layers…"), fraction);
}

static void
layers_added (const GError *error, gpointer dialog)
{
  dot_work_end (get_work (dialog));
  report (dialog, error);
}

static void
add_layers (DotRefineDialog *dialog, GPtrArray *frames)
{
  GCancellable *cancellable;

  if (! ask_layers (dialog, frames->len))
    return;

  cancellable = dot_work_begin (get_work (dialog), _ ("Adding layers…"));
  dot_gimp_run_add_layers (dialog->gimp_run, frames, cancellable, layers_come, layers_added,
                           dialog);
}

static void
show_open (const DotGimpRunOpen *open, gpointer dialog)
{
  DotWorkbench *workbench = DOT_REFINE_DIALOG (dialog)->workbench;

  dot_workbench_set_image (workbench, open->width, open->height, open->states);
  dot_workbench_set_picture (workbench, open->is_there, open->picture);
}

/*  buttons  */

/* What was typed into a number's field counts, though the keyboard never
 * left it. */
static void
finish_typing (DotRefineDialog *dialog)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog));

  if (GTK_IS_SPIN_BUTTON (focus))
    gtk_spin_button_update (GTK_SPIN_BUTTON (focus));
}

/* The dialog may be closed by now. */
static void
activate_pressed (const DotGimpRunOpen *open, gpointer data)
{
  DotRefineDialog *dialog = data;
  const char      *action = g_steal_pointer (&dialog->pressed);

  show_open (open, dialog);
  if (action && ! dialog->closing)
    g_action_group_activate_action (get_actions (dialog), action, NULL);
}

/* What is selected in GIMP may be another since the person was there. */
static void
activate (DotRefineDialog *dialog, const char *action)
{
  DotSource source;

  finish_typing (dialog);
  dialog->pressed = action;
  g_object_get (dialog->settings, "source", &source, NULL);
  dot_gimp_run_read (dialog->gimp_run, source == DOT_SOURCE_IMAGE, activate_pressed, dialog);
}

static void
reset (DotRefineDialog *dialog)
{
  g_autoptr (DotSettings) defaults = dot_settings_new ();
  JsonObject *values               = dot_settings_to_json (defaults);

  dot_settings_apply_json (dialog->settings, values);
  dot_settings_take_first (dialog->settings);
  g_object_set (dialog->settings, "latents", NULL, "export-folder", NULL, NULL);
  json_object_unref (values);
}

/* F1, and the button that GIMP adds unless the person has told it not to. */
static void
show_help (const char *id, gpointer dialog)
{
  g_autofree char *folder  = dot_installed_find ("help");
  g_autoptr (GError) error = NULL;

  if (! dot_help_show (GTK_WINDOW (dialog), folder, &error))
    report (dialog, error);
}

static void
dot_refine_dialog_response (GtkDialog *widget, int response)
{
  DotRefineDialog *dialog = DOT_REFINE_DIALOG (widget);

  switch (response)
    {
    case GTK_RESPONSE_OK:
      activate (dialog, "refine");
      break;
    case RESPONSE_MORE:
      activate (dialog, "refine-more");
      break;
    case RESPONSE_RESET:
      reset (dialog);
      break;
    case GTK_RESPONSE_HELP:
      show_help (HELP_ID, dialog);
      break;
    default:
      close_dialog (dialog);
      break;
    }
}

/* Buttons follow the actions that they stand for. */
static void
action_changed (DotRefineDialog *dialog)
{
  static const struct
  {
    int         response;
    const char *action;
  } buttons[]           = { { GTK_RESPONSE_OK, "refine" },
                            { RESPONSE_MORE, "refine-more" },
                            { RESPONSE_RESET, "refine" } };
  GActionGroup *actions = get_actions (dialog);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog), buttons[i].response,
                                       g_action_group_get_action_enabled (actions,
                                                                          buttons[i].action));
}

/* A run can be seen in the list of windows, too. */
static void
session_changed (DotRefineDialog *dialog)
{
  gtk_window_set_title (GTK_WINDOW (dialog),
                        is_running (dialog) ? _ ("DOT Refine: refining") : _ ("DOT Refine"));
}

static gboolean
dot_refine_dialog_focus_in_event (GtkWidget *widget, GdkEventFocus *event)
{
  dot_gimp_run_read (DOT_REFINE_DIALOG (widget)->gimp_run, FALSE, show_open, widget);

  return GTK_WIDGET_CLASS (dot_refine_dialog_parent_class)->focus_in_event (widget, event);
}

static gboolean
present_again (gpointer data)
{
  DotRefineDialog *dialog = data;

  dialog->present = 0;
  if (! dialog->closing)
    gtk_window_present (GTK_WINDOW (dialog));
  return G_SOURCE_REMOVE;
}

/* The window of a new image takes the keyboard when it comes up, which is some
 * time after GIMP was asked for it. */
static gboolean
dot_refine_dialog_focus_out_event (GtkWidget *widget, GdkEventFocus *event)
{
  DotRefineDialog *dialog = DOT_REFINE_DIALOG (widget);

  if (g_get_monotonic_time () < dialog->keep_keyboard && ! dialog->present)
    dialog->present = g_idle_add (present_again, dialog);

  return GTK_WIDGET_CLASS (dot_refine_dialog_parent_class)->focus_out_event (widget, event);
}

/* The window goes when the run has ended, and not before. */
static gboolean
dot_refine_dialog_delete_event (GtkWidget *widget, GdkEventAny *event)
{
  close_dialog (DOT_REFINE_DIALOG (widget));

  return TRUE;
}

/*  the class  */

static void
dot_refine_dialog_dispose (GObject *object)
{
  DotRefineDialog *dialog = DOT_REFINE_DIALOG (object);

  g_clear_handle_id (&dialog->hide, g_source_remove);
  g_clear_handle_id (&dialog->present, g_source_remove);
  g_clear_object (&dialog->config);
  g_clear_object (&dialog->settings);
  g_clear_pointer (&dialog->loop, g_main_loop_unref);

  G_OBJECT_CLASS (dot_refine_dialog_parent_class)->dispose (object);
}

static void
dot_refine_dialog_class_init (DotRefineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose    = dot_refine_dialog_dispose;
  GTK_DIALOG_CLASS (klass)->response = dot_refine_dialog_response;
  widget_class->delete_event         = dot_refine_dialog_delete_event;
  widget_class->focus_in_event       = dot_refine_dialog_focus_in_event;
  widget_class->focus_out_event      = dot_refine_dialog_focus_out_event;
}

static void
dot_refine_dialog_init (DotRefineDialog *dialog)
{
  dialog->loop = g_main_loop_new (NULL, FALSE);
}

/* Its letter would be that of the history; its key is F1. */
static void
name_help (GtkDialog *dialog)
{
  GtkWidget *help = gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_HELP);

  if (help)
    gtk_button_set_label (GTK_BUTTON (help), _ ("Help"));
}

static void
add_buttons (DotRefineDialog *dialog)
{
  GtkDialog *parent = GTK_DIALOG (dialog);

  gtk_dialog_add_button (parent, _ ("Rese_t"), RESPONSE_RESET);
  gtk_dialog_add_button (parent, _ ("_Close"), GTK_RESPONSE_CLOSE);
  gtk_dialog_add_button (parent, _ ("_Go On Refining"), RESPONSE_MORE);
  gtk_dialog_add_button (parent, _ ("_Refine"), GTK_RESPONSE_OK);
  gtk_dialog_set_default_response (parent, GTK_RESPONSE_OK);
  name_help (parent);
  dot_shrink_buttons (parent);
}

static GtkWidget *
make_workbench (DotRefineDialog *dialog)
{
  g_autoptr (DotHistory) history = dot_history_new (NULL);
  g_autofree char *host          = g_strdup_printf ("GIMP %s", gimp_version ());

  return dot_workbench_new (dialog->settings, get_session (dialog), history, host);
}

static void
fill (DotRefineDialog *dialog)
{
  GtkWidget    *area      = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  DotSession   *session   = get_session (dialog);
  GtkWidget    *workbench = make_workbench (dialog);
  GActionGroup *actions;

  dialog->workbench = DOT_WORKBENCH (workbench);
  actions           = get_actions (dialog);
  gtk_container_set_border_width (GTK_CONTAINER (workbench), 12);
  gtk_box_pack_start (GTK_BOX (area), workbench, TRUE, TRUE, 0);
  gtk_widget_insert_action_group (GTK_WIDGET (dialog), "dot", actions);
  add_buttons (dialog);

  g_signal_connect_object (actions, "action-enabled-changed", G_CALLBACK (action_changed), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (actions, "start", G_CALLBACK (start), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (actions, "add-layers", G_CALLBACK (add_layers), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "ended", G_CALLBACK (ended), dialog, G_CONNECT_SWAPPED);
  action_changed (dialog);
}

static DotRefineDialog *
dialog_new (DotGimpRun *gimp_run, GimpProcedureConfig *config, DotSettings *settings)
{
  DotRefineDialog *dialog;
  gboolean         use_header_bar;

  g_object_get (gtk_settings_get_default (), "gtk-dialogs-use-header", &use_header_bar, NULL);
  dialog           = g_object_new (DOT_TYPE_REFINE_DIALOG, "title", _ ("DOT Refine"), "role", "dot-refine",
                                   "use-header-bar", use_header_bar, "help-func", show_help, "help-id",
                                   HELP_ID, NULL);
  dialog->gimp_run = gimp_run;
  dialog->config   = g_object_ref (config);
  dialog->settings = g_object_ref (settings);
  fill (dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog), WIDTH, HEIGHT);
  return dialog;
}

/* What was changed since the last run is remembered, too; but a repeat goes on
 * from the seed that ran. */
static void
keep_settings (DotRefineDialog *dialog)
{
  int seed;

  g_object_get (dialog->config, "seed", &seed, NULL);
  dot_arguments_write (dialog->config, dialog->settings);
  g_object_set (dialog->config, "seed", seed, NULL);
}

/* The keyboard, and Escape with it, stays here. */
static void
present (gpointer data)
{
  DotRefineDialog *dialog = data;

  dialog->keep_keyboard = g_get_monotonic_time () + KEEP_KEYBOARD;
  if (! dialog->closing)
    gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * dot_refine_dialog_run:
 * @gimp_run: gets the runs, and the layers
 * @config: is left with what the last run was
 * @settings: what the dialog shows and changes
 *
 * Opens the dialog, and returns when it was closed.
 */
void
dot_refine_dialog_run (DotGimpRun *gimp_run, GimpProcedureConfig *config, DotSettings *settings)
{
  DotRefineDialog *dialog = dialog_new (gimp_run, config, settings);

  /* no child of GIMP's window, which it would always hide: it is as large */
  gtk_window_present (GTK_WINDOW (dialog));
  dot_gimp_run_set_shown (gimp_run, present, dialog);
  g_main_loop_run (dialog->loop);
  gtk_widget_hide (GTK_WIDGET (dialog));
  dot_gimp_run_wait (gimp_run);
  dot_gimp_run_set_shown (gimp_run, NULL, NULL);
  keep_settings (dialog);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}
