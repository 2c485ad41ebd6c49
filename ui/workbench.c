/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "workbench.h"

#include <glib/gi18n-lib.h>

#include "core/gallery-collapse.h"
#include "core/time-left.h"
#include "pages/example-view.h"
#include "pages/history-view.h"
#include "pages/model-combo.h"
#include "pages/options-page.h"
#include "pages/preset-menu.h"
#include "preview/preview.h"
#include "widgets/message-bar.h"
#include "widgets/shrink.h"
#include "widgets/style.h"
#include "widgets/wrap-box.h"

/**
 * DotWorkbench:
 *
 * All that is in the dialog: options, pictures, what is being done, and what
 * went wrong; runs, which can be had back, and settings under a name.  What can
 * be done with them are its #DotWorkbenchActions.
 */

/* In GTK 3 an icon keeps a picture of each colour that it was ever drawn in,
 * and where a theme fades, when a run begins and ends say, or another window
 * opens, these are many.  In GIMP's themes what rests looks nearly as what can
 * be used. */
#define STYLE                                                                    \
  "* { transition: none; }"                                                      \
  "button:disabled, checkbutton:disabled, entry:disabled, spinbutton:disabled {" \
  "  opacity: 0.5; }"

/* Of options and of pictures so much can be seen at least, in GTK's pixels; the
 * rest is scrolled to. */
#define LEAST_HEIGHT 60

struct _DotWorkbench
{
  GtkBox parent_instance;

  DotSettings         *settings;
  DotSession          *session;
  DotHistory          *history;
  DotRecorder         *recorder;
  DotWorkbenchActions *actions;
  DotTimeLeft         *time_left;

  GtkWidget *models;
  GtkWidget *presets;
  GtkWidget *options;
  GtkWidget *advanced;
  GtkWidget *pages;
  GtkWidget *runs;
  GtkWidget *examples;
  GtkWidget *message;
  GtkWidget *fix_button;
  GtkWidget *progress;
  GtkWidget *next;
  GtkWidget *next_text;
};

G_DEFINE_FINAL_TYPE (DotWorkbench, dot_workbench, GTK_TYPE_BOX)

/*  what changes  */

/* Returns: (transfer full) (nullable): what there is to know of the pictures */
static char *
describe_collapse (DotWorkbench *workbench)
{
  DotGallery *gallery = dot_session_get_gallery (workbench->session);
  guint       update;

  if (! dot_gallery_collapse_find (gallery, &update))
    return NULL;
  return g_strdup_printf (
    _ (
      "From update %u on pictures are flat, or of latents that the model was never trained on, and their scores mean little: take an earlier update, or refine with fewer updates or smaller steps."),
    update);
}

/* What is wrong with the model is said before anybody refines. */
static void
show_problem (DotWorkbench *workbench)
{
  const GError *problem     = dot_session_get_problem (workbench->session);
  g_autoptr (GError) error  = NULL;
  g_autofree char *collapse = NULL;
  const char      *message  = NULL;
  DotModel        *model    = NULL;
  DotFix           fix;

  /* after one the model may be another, by the same name */
  if (problem)
    {
      dot_settings_forget_model (workbench->settings);
      message = problem->message;
    }
  else if ((model = dot_settings_get_model (workbench->settings, &error)))
    message = dot_session_get_warning (workbench->session, model);
  else
    message = error->message;
  if (! message)
    message = collapse = describe_collapse (workbench);
  dot_message_bar_set (DOT_MESSAGE_BAR (workbench->message), message);
  fix = message && ! model ? dot_fix_find (problem, workbench->settings) : DOT_FIX_NONE;
  if (fix)
    gtk_button_set_label (GTK_BUTTON (workbench->fix_button), dot_fix_get_label (fix));
  dot_workbench_actions_set_fix (workbench->actions, fix);
}

static void
show_next (DotWorkbench *workbench)
{
  g_autofree char *text = dot_workbench_actions_get_next (workbench->actions);

  gtk_label_set_text (GTK_LABEL (workbench->next_text), text ? text : "");
  gtk_widget_set_visible (workbench->next, text != NULL);
}

/* What is chosen during a run is for the next one; other pictures and other
 * models wait. */
static void
show_running (DotWorkbench *workbench)
{
  gboolean busy   = dot_workbench_actions_is_busy (workbench->actions);
  gboolean choose = dot_workbench_actions_can_choose (workbench->actions);

  gtk_widget_set_sensitive (workbench->pages, choose);
  gtk_widget_set_sensitive (workbench->presets, ! busy);
  if (workbench->runs)
    gtk_widget_set_sensitive (workbench->runs, ! busy);
  dot_options_page_set_busy (workbench->options, busy);
  gtk_widget_set_sensitive (workbench->examples, ! busy);
  gtk_widget_set_visible (workbench->progress, busy);
  show_next (workbench);
}

static void
show_progress (DotWorkbench *workbench)
{
  DotProgressRow  *row      = DOT_PROGRESS_ROW (workbench->progress);
  double           fraction = dot_session_get_fraction (workbench->session);
  gint64           now      = g_get_monotonic_time ();
  g_autofree char *left     = NULL;

  dot_time_left_set (workbench->time_left, fraction, now);
  if (! dot_session_is_stopping (workbench->session))
    left = dot_time_left_get_text (workbench->time_left, now);
  dot_progress_row_set (row, dot_session_get_message (workbench->session), fraction);
  dot_progress_row_set_time_left (row, left);
}

/* Shows what the session is at; what was said of another run goes. */
static void
update (DotWorkbench *workbench)
{
  if (dot_session_is_running (workbench->session))
    {
      dot_message_bar_set (DOT_MESSAGE_BAR (workbench->message), NULL);
      show_progress (workbench);
    }
  else
    {
      show_problem (workbench);
    }
  show_running (workbench);
}

/*  what is in it  */

static GtkWidget *
make_progress (void)
{
  GtkWidget *row = dot_progress_row_new (_ ("_Stop"));

  gtk_widget_show_all (row);
  gtk_widget_hide (row);
  gtk_widget_set_no_show_all (row, TRUE);
  return row;
}

static GtkWidget *
make_cancel_next (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic", GTK_ICON_SIZE_BUTTON);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "dot.cancel-next");
  gtk_widget_set_tooltip_text (button, _ ("Leave the next run out"));
  atk_object_set_name (gtk_widget_get_accessible (button), _ ("Leave the next run out"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* The run that is next, which can be left out. */
static GtkWidget *
make_next (DotWorkbench *workbench)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  workbench->next      = row;
  workbench->next_text = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (workbench->next_text), 0.0);
  gtk_label_set_line_wrap (GTK_LABEL (workbench->next_text), TRUE);
  gtk_box_pack_start (GTK_BOX (row), workbench->next_text, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), make_cancel_next (), FALSE, FALSE, 0);
  gtk_widget_show_all (row);
  gtk_widget_hide (row);
  gtk_widget_set_no_show_all (row, TRUE);
  return row;
}

/* Returns: the page of the runs so far */
static GtkWidget *
make_history (DotWorkbench *workbench)
{
  GtkWidget *view = dot_history_view_new (workbench->history);

  g_signal_connect_object (view, "restore", G_CALLBACK (dot_workbench_actions_restore),
                           workbench->actions, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench->recorder, "recorded", G_CALLBACK (dot_history_view_reload),
                           view, G_CONNECT_SWAPPED);
  return view;
}

static void
report (DotWorkbench *workbench, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (DOT_ERROR, DOT_ERROR_FAILED, message);

  dot_session_set_problem (workbench->session, error);
}

/* Returns: the menu of settings under a name */
static GtkWidget *
make_presets (DotWorkbench *workbench)
{
  g_autoptr (DotPresets) presets = dot_presets_new (NULL);
  GtkWidget *menu                = dot_preset_menu_new (presets);

  g_signal_connect_object (menu, "apply", G_CALLBACK (dot_settings_apply_json), workbench->settings,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "get-settings", G_CALLBACK (dot_settings_to_json),
                           workbench->settings, G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "problem", G_CALLBACK (report), workbench, G_CONNECT_SWAPPED);
  return menu;
}

static void
add_page (DotWorkbench *workbench, GtkWidget *page, const char *title)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_widget_set_vexpand (page, TRUE);
  gtk_notebook_append_page (GTK_NOTEBOOK (workbench->pages), page, label);
}

/* As narrow as its controls can be: pictures have the rest. */
static GtkWidget *
make_narrow (GtkWidget *page)
{
  GtkWidget *window = dot_shrink_height (page, LEAST_HEIGHT);

  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (window), FALSE);
  return window;
}

static GtkWidget *
make_pages (DotWorkbench *workbench)
{
  GtkWidget *models = dot_model_combo_new (workbench->settings);

  workbench->models  = models;
  workbench->pages   = gtk_notebook_new ();
  workbench->options = dot_options_page_new (workbench->settings, DOT_MODEL_COMBO (models));
  add_page (workbench, make_narrow (workbench->options), _ ("Picture"));
  workbench->advanced = dot_options_page_new_advanced (workbench->settings);
  add_page (workbench, make_narrow (workbench->advanced), _ ("Ad_vanced"));
  if (workbench->history)
    {
      workbench->runs = make_history (workbench);
      add_page (workbench, make_narrow (workbench->runs), _ ("_History"));
    }
  g_signal_connect_object (models, "models-changed", G_CALLBACK (dot_session_forget_pair),
                           workbench->session, G_CONNECT_SWAPPED);
  return workbench->pages;
}

static GtkWidget *
make_button (const char *label, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static GtkWidget *
make_copy_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button      = gtk_menu_button_new ();
  GtkWidget *label       = gtk_label_new_with_mnemonic (_ ("Co_py"));

  g_menu_append (menu, _ ("Shell Command"), "dot.copy-shell");
  g_menu_append (menu, _ ("Script-Fu"), "dot.copy-script");
  g_menu_append (menu, _ ("Diagnostics"), "dot.copy-diagnostics");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_container_add (GTK_CONTAINER (button), label);
  gtk_widget_set_tooltip_text (button, _ ("Copy the run as a command, or what a report needs"));
  return button;
}

/* What can be done with the pictures. */
static GtkWidget *
make_action_row (void)
{
  GtkWidget *row = dot_wrap_box_new (6);

  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_container_add (GTK_CONTAINER (row), make_copy_menu ());
  gtk_container_add (GTK_CONTAINER (row),
                     make_button (_ ("E_xport…"), "dot.export", _ ("Save the pictures as files")));
  gtk_container_add (
    GTK_CONTAINER (row),
    make_button (_ ("Add as _Layers"), "dot.add-layers",
                 _ ("Put the chosen updates of the selected pictures into the image")));
  return row;
}

static void
refine_example (DotWorkbench *workbench)
{
  g_action_group_activate_action (G_ACTION_GROUP (workbench->actions), "refine", NULL);
}

/* Where the pictures will be. */
static GtkWidget *
make_examples (DotWorkbench *workbench)
{
  GtkWidget *examples = dot_example_view_new (workbench->settings);

  workbench->examples = examples;
  g_signal_connect_object (examples, "chosen", G_CALLBACK (refine_example), workbench,
                           G_CONNECT_SWAPPED);
  return examples;
}

static void
show_examples (GtkWidget *examples, DotGalleryChange change, DotGallery *gallery)
{
  gtk_widget_set_visible (examples, dot_gallery_get_n_positions (gallery) == 0);
}

static GtkWidget *
make_right (DotWorkbench *workbench)
{
  DotGallery *gallery  = dot_session_get_gallery (workbench->session);
  GtkWidget  *box      = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget  *content  = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget  *examples = make_examples (workbench);

  gtk_box_pack_start (GTK_BOX (content), dot_preview_new (gallery), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (content), examples, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), dot_shrink_height (content, LEAST_HEIGHT), TRUE, TRUE, 0);
  g_signal_connect_object (gallery, "changed", G_CALLBACK (show_examples), examples,
                           G_CONNECT_SWAPPED);
  gtk_box_pack_end (GTK_BOX (box), make_action_row (), FALSE, FALSE, 0);
  return box;
}

/* Presets are for all pages.  GTK leaves what is beside a notebook's tabs out
 * of what a screen reader can find. */
static GtkWidget *
make_left (DotWorkbench *workbench)
{
  GtkWidget *box     = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *presets = make_presets (workbench);

  workbench->presets = presets;
  gtk_box_pack_start (GTK_BOX (box), make_pages (workbench), TRUE, TRUE, 0);
  gtk_widget_set_halign (presets, GTK_ALIGN_START);
  gtk_box_pack_end (GTK_BOX (box), presets, FALSE, FALSE, 0);
  return box;
}

/* The options, and beside them the pictures that they make. */
static GtkWidget *
make_body (DotWorkbench *workbench)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *left = make_left (workbench);

  gtk_box_pack_start (GTK_BOX (body), left, FALSE, TRUE, 0);
  /* its rows would share what room there is with the pictures */
  gtk_widget_set_hexpand (left, FALSE);
  gtk_box_pack_start (GTK_BOX (body), make_right (workbench), TRUE, TRUE, 0);
  return body;
}

static GtkWidget *
make_message (DotWorkbench *workbench)
{
  GtkWidget     *message = dot_message_bar_new ();
  DotMessageBar *bar     = DOT_MESSAGE_BAR (message);

  workbench->fix_button = dot_message_bar_add_action (bar, "", "dot.fix");
  dot_message_bar_add_action (bar, _ ("Copy Diagnostics"), "dot.copy-diagnostics");
  return message;
}

static void
fill (DotWorkbench *workbench)
{
  GtkBox *box = GTK_BOX (workbench);

  workbench->message = make_message (workbench);
  gtk_box_pack_start (box, make_body (workbench), TRUE, TRUE, 0);
  gtk_box_pack_start (box, workbench->message, FALSE, FALSE, 0);
  gtk_box_pack_start (box, workbench->progress, FALSE, FALSE, 0);
  gtk_box_pack_start (box, make_next (workbench), FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (workbench));
}

/*  the class  */

static void
dot_workbench_dispose (GObject *object)
{
  DotWorkbench *workbench = DOT_WORKBENCH (object);

  g_clear_object (&workbench->settings);
  if (workbench->recorder)
    dot_recorder_flush (workbench->recorder);
  g_clear_object (&workbench->recorder);
  g_clear_object (&workbench->history);
  g_clear_object (&workbench->session);
  g_clear_object (&workbench->actions);
  g_clear_pointer (&workbench->time_left, dot_time_left_free);

  G_OBJECT_CLASS (dot_workbench_parent_class)->dispose (object);
}

static void
dot_workbench_class_init (DotWorkbenchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_workbench_dispose;
  dot_style_add (STYLE);
}

static void
dot_workbench_init (DotWorkbench *workbench)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (workbench), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (workbench), 12);

  workbench->time_left = dot_time_left_new ();
}

/*  what is done  */

static void
start (DotWorkbench *workbench, DotRefineOptions *options, DotRun run)
{
  dot_time_left_reset (workbench->time_left);
}

static void
remember (DotWorkbench *workbench)
{
  dot_options_page_remember (workbench->options);
}

static void
apply_fix (DotWorkbench *workbench, DotFix fix)
{
  if (fix == DOT_FIX_MODELS)
    dot_model_combo_manage (DOT_MODEL_COMBO (workbench->models));
  else if (fix == DOT_FIX_CLASS)
    dot_options_page_focus_class (workbench->options);
}

static void
connect_signals (DotWorkbench *workbench)
{
  DotWorkbenchActions *actions = workbench->actions;

  g_signal_connect_object (workbench->session, "changed", G_CALLBACK (update), workbench,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench->settings, "notify::model", G_CALLBACK (update), workbench,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (actions, "changed", G_CALLBACK (update), workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (actions, "asked", G_CALLBACK (remember), workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (actions, "start", G_CALLBACK (start), workbench, G_CONNECT_SWAPPED);
  g_signal_connect_object (actions, "fix", G_CALLBACK (apply_fix), workbench, G_CONNECT_SWAPPED);
}

/**
 * dot_workbench_new:
 * @settings: what the person changes
 * @session: what refines
 * @history: (nullable): gets the runs
 * @host: (nullable): the program around it, for diagnostics
 *
 * Returns: the workbench; it loads nothing of a model but its description
 */
GtkWidget *
dot_workbench_new (DotSettings *settings,
                   DotSession  *session,
                   DotHistory  *history,
                   const char  *host)
{
  DotWorkbench *workbench = g_object_new (DOT_TYPE_WORKBENCH, NULL);

  workbench->settings = g_object_ref (settings);
  workbench->session  = g_object_ref (session);
  if (history)
    {
      workbench->history  = g_object_ref (history);
      workbench->recorder = dot_recorder_new (history, session, settings);
    }
  workbench->progress = make_progress ();
  workbench->actions  = dot_workbench_actions_new (settings, session, workbench->recorder,
                                                   DOT_PROGRESS_ROW (workbench->progress), host);
  fill (workbench);
  connect_signals (workbench);
  update (workbench);
  return GTK_WIDGET (workbench);
}

/**
 * dot_workbench_set_image:
 * @width: of the image that gets the layers; 0 where there is none
 * @height: of that image
 * @states: (nullable): of its layers that are selected, ended by %NULL
 *
 * Says what is open, and what can be gone on from there.
 */
void
dot_workbench_set_image (DotWorkbench *workbench, int width, int height, GStrv states)
{
  dot_options_page_set_image (workbench->options, width, height,
                              states ? g_strv_length (states) : 0);
  dot_workbench_actions_set_layer_states (workbench->actions, states);
}

/**
 * dot_workbench_set_picture:
 * @is_open: whether there is an image to start from
 * @picture: (nullable): the bytes of a file of it, where they are known; else those of
 *   before stay
 *
 * Says what can be looked for.
 */
void
dot_workbench_set_picture (DotWorkbench *workbench, gboolean is_open, GBytes *picture)
{
  dot_options_page_set_open (workbench->advanced, is_open);
  if (picture || ! is_open)
    dot_workbench_actions_set_picture (workbench->actions, picture);
}

/**
 * dot_workbench_get_actions:
 *
 * Returns: (transfer none): to be inserted into a window as "dot"
 */
DotWorkbenchActions *
dot_workbench_get_actions (DotWorkbench *workbench)
{
  return workbench->actions;
}
