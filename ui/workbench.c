/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "workbench.h"

#include <glib/gi18n-lib.h>

#include "message-bar.h"
#include "options-page.h"
#include "preview.h"
#include "progress-row.h"
#include "time-left.h"

/**
 * DotWorkbench:
 *
 * All that is in the dialog: options, pictures, what is being done, and what
 * went wrong.  What can be done with them are its actions, "dot.refine" say,
 * which are enabled while they make sense.  Where it is shown says what a run
 * needs from there (#DotWorkbench::start) and where layers go.
 */

enum
{
  START,
  ADD_LAYERS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _DotWorkbench
{
  GtkBox              parent_instance;

  DotSettings        *settings;
  DotSession         *session;
  GSimpleActionGroup *actions;
  GStrv               layer_states;
  DotTimeLeft        *time_left;

  GtkWidget          *models;
  GtkWidget          *pages;
  GtkWidget          *message;
  GtkWidget          *progress;
};

G_DEFINE_FINAL_TYPE (DotWorkbench, dot_workbench, GTK_TYPE_BOX)

/*  what a run begins with  */

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT, message);

  return FALSE;
}

static gboolean
use_layers (DotWorkbench      *workbench,
            DotRefineOptions  *options,
            GError           **error)
{
  if (! workbench->layer_states || ! workbench->layer_states[0])
    return refuse (error, _("No layer that DOT Refine made is selected: select one, or start from a seed."));

  options->states = g_strdupv (workbench->layer_states);

  return TRUE;
}

static gboolean
use_two_layers (DotWorkbench      *workbench,
                DotRefineOptions  *options,
                GError           **error)
{
  GStrv states = workbench->layer_states;

  if (! states || g_strv_length (states) != 2)
    return refuse (error, _("Two layers that DOT Refine made are needed: select both (hold Ctrl), or start from a seed."));

  options->states   = g_strdupv ((char *[]) { states[0], NULL });
  options->to_state = g_strdup (states[1]);

  return TRUE;
}

/*  Seeds and files are in the options already.  */
static gboolean
use_source (DotWorkbench      *workbench,
            DotRefineOptions  *options,
            GError           **error)
{
  DotSource source;

  g_object_get (workbench->settings, "source", &source, NULL);
  if (source == DOT_SOURCE_LAYER)
    return use_layers (workbench, options, error);
  if (source == DOT_SOURCE_BETWEEN)
    return use_two_layers (workbench, options, error);

  return TRUE;
}

/*  Each candidate goes on from its last picture.  */
static void
use_last_frames (DotWorkbench     *workbench,
                 DotRefineOptions *options)
{
  DotGallery            *gallery = dot_session_get_gallery (workbench->session);
  g_autoptr (GPtrArray)  frames  = dot_gallery_get_last_frames (gallery);
  const DotFrame        *first   = frames->pdata[0];

  options->states = g_new0 (char *, frames->len + 1);
  for (guint i = 0; i < frames->len; i++)
    options->states[i] = g_strdup (((DotFrame *) frames->pdata[i])->state);
  options->count = first->batch;
  g_clear_pointer (&options->latents, g_free);
}

/*  actions  */

static void
report (DotWorkbench *workbench,
        const GError *error)
{
  dot_session_set_problem (workbench->session, error);
}

/*  @options: (transfer full)  */
static void
start (DotWorkbench     *workbench,
       DotRefineOptions *options,
       DotRun            run)
{
  dot_time_left_reset (workbench->time_left);
  g_signal_emit (workbench, signals[START], 0, options, run);
  dot_refine_options_free (options);
}

static void
refine (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  DotWorkbench       *workbench = user_data;
  DotRefineOptions   *options   = dot_settings_get_options (workbench->settings);
  g_autoptr (GError)  error     = NULL;

  if (use_source (workbench, options, &error))
    {
      start (workbench, options, DOT_RUN_NEW);
      return;
    }

  report (workbench, error);
  dot_refine_options_free (options);
}

static void
refine_more (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DotWorkbench     *workbench = user_data;
  DotRefineOptions *options   = dot_settings_get_options (workbench->settings);

  use_last_frames (workbench, options);
  start (workbench, options, DOT_RUN_MORE);
}

static void
stop (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  dot_session_stop (DOT_WORKBENCH (user_data)->session);
}

static void
add_layers (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DotWorkbench          *workbench = user_data;
  DotGallery            *gallery   = dot_session_get_gallery (workbench->session);
  g_autoptr (GPtrArray)  frames    = dot_gallery_get_chosen (gallery);

  if (frames->len > 0)
    g_signal_emit (workbench, signals[ADD_LAYERS], 0, frames);
}

static const GActionEntry entries[] =
{
  { .name = "refine",      .activate = refine },
  { .name = "refine-more", .activate = refine_more },
  { .name = "stop",        .activate = stop },
  { .name = "add-layers",  .activate = add_layers }
};

static void
set_enabled (DotWorkbench *workbench,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (workbench->actions),
                                                name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/*  what changes  */

/*  What is wrong with the model is said before anybody refines.  */
static void
show_problem (DotWorkbench *workbench)
{
  const GError         *problem = dot_session_get_problem (workbench->session);
  g_autofree char      *id      = NULL;
  g_autoptr (DotModel)  model   = NULL;
  g_autoptr (GError)    error   = NULL;
  const char           *message;

  g_object_get (workbench->settings, "model", &id, NULL);
  model   = dot_model_find (id ? id : "", &error);
  message = problem ? problem->message
            : model ? dot_model_get_problem (model) : error->message;
  dot_message_bar_set (DOT_MESSAGE_BAR (workbench->message), message);
}

/*  A run has the options that it started with: what would change them rests.
 */
static void
show_running (DotWorkbench *workbench,
              gboolean      running)
{
  DotGallery *gallery = dot_session_get_gallery (workbench->session);
  gboolean    any     = dot_gallery_get_n_positions (gallery) > 0;

  gtk_widget_set_sensitive (workbench->pages, ! running);
  gtk_widget_set_visible (workbench->progress, running);
  set_enabled (workbench, "refine", ! running);
  set_enabled (workbench, "refine-more", ! running && any);
  set_enabled (workbench, "stop", running);
  set_enabled (workbench, "add-layers", ! running && any);
}

static void
show_progress (DotWorkbench *workbench)
{
  DotProgressRow  *row      = DOT_PROGRESS_ROW (workbench->progress);
  double           fraction = dot_session_get_fraction (workbench->session);
  gint64           now      = g_get_monotonic_time ();
  g_autofree char *left     = NULL;

  dot_time_left_set (workbench->time_left, fraction, now);
  left = dot_time_left_get_text (workbench->time_left, now);
  dot_progress_row_set (row, dot_session_get_message (workbench->session),
                        fraction);
  dot_progress_row_set_time_left (row, left);
}

static void
session_changed (DotWorkbench *workbench)
{
  DotSession *session = workbench->session;
  gboolean    running = dot_session_is_running (session);

  if (running)
    show_progress (workbench);
  else
    show_problem (workbench);
  show_running (workbench, running);
}

/*  what is in it  */

static GtkWidget *
make_progress (DotWorkbench *workbench)
{
  GtkWidget *row = dot_progress_row_new ();

  gtk_widget_show_all (row);
  gtk_widget_hide (row);
  gtk_widget_set_no_show_all (row, TRUE);
  g_signal_connect_object (row, "cancel", G_CALLBACK (dot_session_stop),
                           workbench->session, G_CONNECT_SWAPPED);

  return row;
}

static void
add_page (DotWorkbench *workbench,
          GtkWidget    *page,
          const char   *title)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_widget_set_vexpand (page, TRUE);
  gtk_notebook_append_page (GTK_NOTEBOOK (workbench->pages), page, label);
}

static GtkWidget *
make_pages (DotWorkbench *workbench)
{
  GtkWidget *models = dot_model_combo_new (workbench->settings);

  workbench->models = models;
  workbench->pages  = gtk_notebook_new ();
  add_page (workbench,
            dot_options_page_new (workbench->settings, DOT_MODEL_COMBO (models)),
            _("Picture"));
  add_page (workbench, dot_options_page_new_advanced (workbench->settings),
            _("Ad_vanced"));
  g_signal_connect_object (models, "models-changed",
                           G_CALLBACK (dot_session_forget_pair),
                           workbench->session, G_CONNECT_SWAPPED);

  return workbench->pages;
}

/*  The options, and beside them the pictures that they make.  */
static GtkWidget *
make_body (DotWorkbench *workbench)
{
  GtkWidget *body    = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *preview = dot_preview_new (dot_session_get_gallery (workbench->session));

  gtk_box_pack_start (GTK_BOX (body), make_pages (workbench), FALSE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (body), preview, TRUE, TRUE, 0);

  return body;
}

static void
fill (DotWorkbench *workbench)
{
  GtkBox *box = GTK_BOX (workbench);

  workbench->message  = dot_message_bar_new ();
  workbench->progress = make_progress (workbench);
  gtk_box_pack_start (box, make_body (workbench), TRUE, TRUE, 0);
  gtk_box_pack_start (box, workbench->message, FALSE, FALSE, 0);
  gtk_box_pack_start (box, workbench->progress, FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (workbench));
}

/*  the class  */

static void
dot_workbench_dispose (GObject *object)
{
  DotWorkbench *workbench = DOT_WORKBENCH (object);

  g_clear_object (&workbench->settings);
  g_clear_object (&workbench->session);
  g_clear_object (&workbench->actions);
  g_clear_pointer (&workbench->layer_states, g_strfreev);
  g_clear_pointer (&workbench->time_left, dot_time_left_free);

  G_OBJECT_CLASS (dot_workbench_parent_class)->dispose (object);
}

static void
dot_workbench_class_init (DotWorkbenchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_workbench_dispose;

  /**
   * DotWorkbench::start:
   * @options: (type gpointer): a #DotRefineOptions: what to do
   * @run: a #DotRun: what the run is to the pictures that are there
   *
   * The person wants a run.
   */
  signals[START] = g_signal_new ("start", DOT_TYPE_WORKBENCH,
                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  /**
   * DotWorkbench::add-layers:
   * @frames: (element-type DotFrame): what the person has chosen, candidate
   *   by candidate
   *
   * The person wants layers.
   */
  signals[ADD_LAYERS] = g_signal_new ("add-layers", DOT_TYPE_WORKBENCH,
                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
dot_workbench_init (DotWorkbench *workbench)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (workbench),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (workbench), 12);

  workbench->time_left = dot_time_left_new ();
  workbench->actions   = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (workbench->actions), entries,
                                   G_N_ELEMENTS (entries), workbench);
}

/**
 * dot_workbench_new:
 * @settings: what the person changes
 * @session: what refines
 *
 * Returns: the workbench; it loads nothing of a model but its description
 */
GtkWidget *
dot_workbench_new (DotSettings *settings,
                   DotSession  *session)
{
  DotWorkbench *workbench = g_object_new (DOT_TYPE_WORKBENCH, NULL);

  workbench->settings = g_object_ref (settings);
  workbench->session  = g_object_ref (session);
  fill (workbench);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed),
                           workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::model", G_CALLBACK (session_changed),
                           workbench, G_CONNECT_SWAPPED);
  session_changed (workbench);

  return GTK_WIDGET (workbench);
}

/**
 * dot_workbench_get_actions:
 *
 * Returns: (transfer none): to be inserted into a window as "dot"
 */
GActionGroup *
dot_workbench_get_actions (DotWorkbench *workbench)
{
  return G_ACTION_GROUP (workbench->actions);
}

/**
 * dot_workbench_set_layer_states:
 * @states: (nullable): of the layers that are selected, ended by %NULL
 *
 * Says what can be gone on from.
 */
void
dot_workbench_set_layer_states (DotWorkbench *workbench,
                                GStrv         states)
{
  g_strfreev (workbench->layer_states);
  workbench->layer_states = g_strdupv (states);
}
