/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "refine-dialog.h"

#include <glib/gi18n-lib.h>

#include "class-entry.h"
#include "message-bar.h"
#include "model-page.h"
#include "options-grid.h"
#include "preview.h"
#include "progress-row.h"
#include "seed-entry.h"

/**
 * DotRefineDialog:
 *
 * The options, the progress of the run that they started, and its pictures.
 * The dialog stays open for the next run until it is closed.  It loads nothing
 * of a model but its description, so it opens at once.
 */

/*  what GimpProcedureDialog answers to its Reset button  */
#define RESPONSE_RESET 1

struct _DotRefineDialog
{
  GimpProcedureDialog  parent_instance;

  GimpProcedureConfig *config;
  GtkWidget           *content;
  GtkWidget           *options;
  GtkWidget           *model_combo;
  GtkWidget           *class_entry;
  GtkWidget           *can_continue;
  GtkWidget           *message;
  GtkWidget           *progress;
  DotGallery          *gallery;
  GCancellable        *cancellable;
  gboolean             closing;
};

G_DEFINE_FINAL_TYPE (DotRefineDialog, dot_refine_dialog,
                     GIMP_TYPE_PROCEDURE_DIALOG)

/*  models and classes  */

enum
{
  MODEL_ID,
  MODEL_TITLE
};

static void
add_model (GtkListStore *store,
           const char   *id,
           const char   *title)
{
  gtk_list_store_insert_with_values (store, NULL, -1,
                                     MODEL_ID,    id,
                                     MODEL_TITLE, title,
                                     -1);
}

/*  A model that isn't there any more is listed by its id, so that the combo
 *  box shows what is set and the message bar can say what is missing.
 */
static GtkTreeModel *
list_models (const char *current)
{
  GtkListStore          *store  = gtk_list_store_new (2, G_TYPE_STRING, G_TYPE_STRING);
  g_autoptr (GPtrArray)  models = dot_model_list ();
  gboolean               found  = FALSE;

  for (guint i = 0; i < models->len; i++)
    {
      DotModel *model = models->pdata[i];

      add_model (store, dot_model_get_id (model), dot_model_get_title (model));
      found = found || g_strcmp0 (current, dot_model_get_id (model)) == 0;
    }
  if (! found && current && *current)
    add_model (store, current, current);

  return GTK_TREE_MODEL (store);
}

static GtkWidget *
make_model_combo (DotRefineDialog *dialog)
{
  g_autofree char          *current = NULL;
  g_autoptr (GtkTreeModel)  models  = NULL;
  GtkWidget                *combo;

  g_object_get (dialog->config, "model", &current, NULL);
  models = list_models (current);
  combo  = gimp_prop_string_combo_box_new (G_OBJECT (dialog->config), "model",
                                           models, MODEL_ID, MODEL_TITLE);
  dialog->model_combo = combo;

  return combo;
}

/*  A model that was removed gives way to the first that works.  */
static char *
choose_model (const char *current)
{
  g_autoptr (DotModel)  model  = dot_model_find (current ? current : "", NULL);
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; ! model && i < models->len; i++)
    if (! dot_model_get_problem (models->pdata[i]))
      model = dot_model_ref (models->pdata[i]);

  return g_strdup (model ? dot_model_get_id (model) : current);
}

/*  The combo box forgets what it shows when it gets another list.  */
static void
reload_models (DotRefineDialog *dialog,
               const char      *imported)
{
  g_autofree char          *before  = NULL;
  g_autofree char          *current = NULL;
  g_autoptr (GtkTreeModel)  models  = NULL;

  g_object_get (dialog->config, "model", &before, NULL);
  current = choose_model (imported ? imported : before);
  models  = list_models (current);
  gtk_combo_box_set_model (GTK_COMBO_BOX (dialog->model_combo), models);
  g_object_set (dialog->config, "model", current, NULL);
}

static void
manage_models (DotRefineDialog *dialog)
{
  GtkWidget *page = dot_model_page_new (GTK_WINDOW (dialog));

  gtk_dialog_run (GTK_DIALOG (page));
  reload_models (dialog, dot_model_page_get_imported (DOT_MODEL_PAGE (page)));
  gtk_widget_destroy (page);
}

static GtkWidget *
make_manage_button (DotRefineDialog *dialog)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Ma_nage models…"));

  gtk_widget_set_tooltip_text (button,
                               _("Show, import and remove models"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (manage_models),
                           dialog, G_CONNECT_SWAPPED);

  return button;
}

/*  A script may have left no class at all, which is no text for an entry.  */
static gboolean
class_to_text (GBinding     *binding,
               const GValue *class,
               GValue       *text,
               gpointer      user_data)
{
  const char *name = g_value_get_string (class);

  g_value_set_string (text, name ? name : "");

  return TRUE;
}

static GtkWidget *
make_class_entry (DotRefineDialog *dialog)
{
  dialog->class_entry = dot_class_entry_new ();
  g_object_bind_property_full (dialog->config, "class",
                               dialog->class_entry, "text",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE,
                               class_to_text, NULL, NULL, NULL);

  return dialog->class_entry;
}

static GtkWidget *
make_seed_entry (DotRefineDialog *dialog)
{
  GtkWidget *entry = dot_seed_entry_new ();

  g_object_bind_property (dialog->config, "seed", entry, "seed",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (dialog->config, "lock-seed", entry, "locked",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);

  return entry;
}

static void
show_message (DotRefineDialog *dialog,
              const char      *message)
{
  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), message);
}

static void
model_changed (DotRefineDialog *dialog)
{
  g_autofree char      *id    = NULL;
  g_autoptr (DotModel)  model = NULL;
  g_autoptr (GError)    error = NULL;

  g_object_get (dialog->config, "model", &id, NULL);
  model = dot_model_find (id ? id : "", &error);

  dot_class_entry_set_model (DOT_CLASS_ENTRY (dialog->class_entry), model);
  show_message (dialog, model ? dot_model_get_problem (model) : error->message);
}

/*  what is in the dialog  */

static GtkWidget *
make_main_options (DotRefineDialog *dialog)
{
  GtkWidget      *widget = dot_options_grid_new (dialog->config);
  DotOptionsGrid *grid   = DOT_OPTIONS_GRID (widget);

  dot_options_grid_add_with (grid, "model", make_model_combo (dialog),
                             make_manage_button (dialog));
  dot_options_grid_add (grid, "class", make_class_entry (dialog));
  dot_options_grid_add (grid, "seed", make_seed_entry (dialog));
  dialog->can_continue = dot_options_grid_add_toggle (grid, "continue-layer");
  dot_options_grid_add_int (grid, "count");
  dot_options_grid_add_int (grid, "updates");
  dot_options_grid_add_int (grid, "keep-every");

  return widget;
}

static GtkWidget *
make_advanced_options (DotRefineDialog *dialog)
{
  GtkWidget      *widget = dot_options_grid_new (dialog->config);
  DotOptionsGrid *grid   = DOT_OPTIONS_GRID (widget);

  dot_options_grid_add_choice (grid, "method");
  dot_options_grid_add_choice (grid, "optimizer");
  dot_options_grid_add_number (grid, "step-size", 0.001, 4, NULL);
  dot_options_grid_add_choice (grid, "projection");
  dot_options_grid_add_number (grid, "k-eff", 0.1, 3, _("Estimate"));
  dot_options_grid_add_choice (grid, "device");
  dot_options_grid_add_choice (grid, "precision");
  dot_options_grid_add_file (grid, "latents", _("Open Latents"));
  dot_options_grid_add_file (grid, "export-folder", _("Select Export Folder"));

  return widget;
}

static GtkWidget *
make_expander (GtkWidget *content)
{
  GtkWidget *expander = gtk_expander_new_with_mnemonic (_("Ad_vanced options"));

  gtk_expander_set_resize_toplevel (GTK_EXPANDER (expander), TRUE);
  gtk_widget_set_margin_top (content, 6);
  gtk_container_add (GTK_CONTAINER (expander), content);

  return expander;
}

static GtkWidget *
make_options (DotRefineDialog *dialog)
{
  GtkWidget *box      = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *main_    = make_main_options (dialog);
  GtkWidget *advanced = make_advanced_options (dialog);

  dot_options_grid_align (DOT_OPTIONS_GRID (main_), DOT_OPTIONS_GRID (advanced));
  gtk_container_add (GTK_CONTAINER (box), main_);
  gtk_container_add (GTK_CONTAINER (box), make_expander (advanced));

  return box;
}

static void
stop (DotRefineDialog *dialog)
{
  if (dialog->cancellable)
    g_cancellable_cancel (dialog->cancellable);
}

static GtkWidget *
make_progress (DotRefineDialog *dialog)
{
  GtkWidget *row = dot_progress_row_new ();

  gtk_widget_show_all (row);
  gtk_widget_hide (row);
  gtk_widget_set_no_show_all (row, TRUE);
  g_signal_connect_swapped (row, "cancel", G_CALLBACK (stop), dialog);

  return row;
}

/*  The options, and beside them the pictures that they make.  */
static GtkWidget *
make_body (DotRefineDialog *dialog)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  dialog->options = make_options (dialog);
  dialog->gallery = dot_gallery_new ();
  gtk_container_add (GTK_CONTAINER (body), dialog->options);
  gtk_container_add (GTK_CONTAINER (body), dot_preview_new (dialog->gallery));

  return body;
}

static void
fill (DotRefineDialog *dialog)
{
  GtkWidget    *area = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  GtkContainer *content;

  dialog->content  = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  dialog->message  = dot_message_bar_new ();
  dialog->progress = make_progress (dialog);

  content = GTK_CONTAINER (dialog->content);
  gtk_container_add (content, make_body (dialog));
  gtk_container_add (content, dialog->message);
  gtk_container_add (content, dialog->progress);
  gtk_widget_set_margin_bottom (dialog->content, 6);
  gtk_container_add (GTK_CONTAINER (area), dialog->content);
  gtk_widget_show_all (dialog->content);
}

/*  the class  */

/*  While a run goes on, closing the window and Escape stop the run, which
 *  then closes the window.
 */
static gboolean
dot_refine_dialog_delete_event (GtkWidget   *widget,
                                GdkEventAny *event)
{
  DotRefineDialog *dialog = DOT_REFINE_DIALOG (widget);

  if (dialog->cancellable)
    {
      dialog->closing = TRUE;
      stop (dialog);
      return TRUE;
    }

  return GTK_WIDGET_CLASS (dot_refine_dialog_parent_class)->delete_event
    ? GTK_WIDGET_CLASS (dot_refine_dialog_parent_class)->delete_event (widget, event)
    : FALSE;
}

static void
dot_refine_dialog_dispose (GObject *object)
{
  DotRefineDialog *dialog = DOT_REFINE_DIALOG (object);

  g_clear_object (&dialog->config);
  g_clear_object (&dialog->gallery);
  g_clear_object (&dialog->cancellable);

  G_OBJECT_CLASS (dot_refine_dialog_parent_class)->dispose (object);
}

static void
dot_refine_dialog_class_init (DotRefineDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose        = dot_refine_dialog_dispose;
  GTK_WIDGET_CLASS (klass)->delete_event = dot_refine_dialog_delete_event;
}

static void
dot_refine_dialog_init (DotRefineDialog *dialog)
{
}

static void
find_label (GtkWidget *widget,
            gpointer   label)
{
  if (GTK_IS_LABEL (widget))
    *(GtkWidget **) label = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_label, label);
}

static void
label_button (DotRefineDialog *dialog,
              int              response,
              const char      *text)
{
  GtkWidget *button = gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog),
                                                          response);
  GtkWidget *label  = NULL;

  if (button)
    find_label (button, &label);
  if (label)
    gtk_label_set_text_with_mnemonic (GTK_LABEL (label), text);
}

/*  Alt+R is for what is done most, so GIMP's Reset, which has an arrow beside
 *  its label, gets another letter.
 */
static void
label_buttons (DotRefineDialog *dialog)
{
  label_button (dialog, RESPONSE_RESET, _("Rese_t"));
  label_button (dialog, GTK_RESPONSE_CANCEL, _("_Close"));
  label_button (dialog, GTK_RESPONSE_OK, _("_Refine"));
}

/**
 * dot_refine_dialog_new:
 * @config: what the dialog shows and changes
 *
 * Returns: the dialog; gtk_widget_destroy() ends it
 */
DotRefineDialog *
dot_refine_dialog_new (GimpProcedure       *procedure,
                       GimpProcedureConfig *config)
{
  DotRefineDialog *dialog;
  gboolean         use_header_bar;

  g_object_get (gtk_settings_get_default (),
                "gtk-dialogs-use-header", &use_header_bar, NULL);
  dialog = g_object_new (DOT_TYPE_REFINE_DIALOG,
                         "procedure",      procedure,
                         "config",         config,
                         "title",          _("DOT Refine"),
                         "help-func",      gimp_standard_help_func,
                         "help-id",        gimp_procedure_get_help_id (procedure),
                         "use-header-bar", use_header_bar,
                         NULL);
  dialog->config = g_object_ref (config);

  label_buttons (dialog);
  fill (dialog);
  g_signal_connect_object (config, "notify::model", G_CALLBACK (model_changed),
                           dialog, G_CONNECT_SWAPPED);
  model_changed (dialog);

  return dialog;
}

/**
 * dot_refine_dialog_offer_continue:
 * @possible: whether the selected layer is one of the filter's
 *
 * Offers to go on from the selected layer, or leaves the offer out.
 */
void
dot_refine_dialog_offer_continue (DotRefineDialog *dialog,
                                  gboolean         possible)
{
  gtk_widget_set_visible (dialog->can_continue, possible);
  if (! possible)
    g_object_set (dialog->config, "continue-layer", FALSE, NULL);
}

/**
 * dot_refine_dialog_ask:
 *
 * Returns: %TRUE to refine, %FALSE where the dialog was closed
 */
gboolean
dot_refine_dialog_ask (DotRefineDialog *dialog)
{
  return ! dialog->closing && gimp_procedure_dialog_run (GIMP_PROCEDURE_DIALOG (dialog));
}

/*  The progress row has a Cancel of its own, and one is enough.  */
static void
set_buttons_running (DotRefineDialog *dialog,
                     gboolean         running)
{
  GtkDialog *parent = GTK_DIALOG (dialog);
  GtkWidget *cancel = gtk_dialog_get_widget_for_response (parent,
                                                          GTK_RESPONSE_CANCEL);

  gtk_dialog_set_response_sensitive (parent, GTK_RESPONSE_OK, ! running);
  gtk_dialog_set_response_sensitive (parent, RESPONSE_RESET, ! running);
  if (cancel)
    gtk_widget_set_visible (cancel, ! running);
}

/*  A run has the options that it started with: what would change them rests,
 *  GimpProcedureDialog's own rows too.
 */
static void
set_running (DotRefineDialog *dialog,
             gboolean         running)
{
  GtkWidget          *area = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  g_autoptr (GList)   rows = gtk_container_get_children (GTK_CONTAINER (area));

  for (GList *row = rows; row; row = row->next)
    if (row->data != dialog->content)
      gtk_widget_set_sensitive (row->data, ! running);

  /*  a run can be seen in the list of windows, too  */
  gtk_window_set_title (GTK_WINDOW (dialog),
                        running ? _("DOT Refine: refining") : _("DOT Refine"));
  set_buttons_running (dialog, running);
  gtk_widget_set_sensitive (dialog->options, ! running);
  gtk_widget_set_visible (dialog->progress, running);
}

/**
 * dot_refine_dialog_begin:
 * @cancellable: cancelled by the dialog's Cancel, Escape and window close
 *
 * Shows that a run goes on.
 */
void
dot_refine_dialog_begin (DotRefineDialog *dialog,
                         GCancellable    *cancellable)
{
  g_set_object (&dialog->cancellable, cancellable);
  dot_gallery_clear (dialog->gallery);
  show_message (dialog, NULL);
  dot_refine_dialog_set_progress (dialog, _("Starting…"), 0.0);
  set_running (dialog, TRUE);
}

/**
 * dot_refine_dialog_set_progress:
 * @message: what is being done
 * @fraction: how much of it is done
 */
void
dot_refine_dialog_set_progress (DotRefineDialog *dialog,
                                const char      *message,
                                double           fraction)
{
  dot_progress_row_set (DOT_PROGRESS_ROW (dialog->progress), message, fraction);
}

/**
 * dot_refine_dialog_add_step:
 * @frames: a #DotFrame for each candidate after an update
 *
 * Shows them.
 */
void
dot_refine_dialog_add_step (DotRefineDialog *dialog,
                            GPtrArray       *frames)
{
  dot_gallery_add (dialog->gallery, frames);
}

/**
 * dot_refine_dialog_end:
 * @problem: (nullable): one sentence about what went wrong
 *
 * Shows the options again.
 */
void
dot_refine_dialog_end (DotRefineDialog *dialog,
                       const char      *problem)
{
  g_clear_object (&dialog->cancellable);
  set_running (dialog, FALSE);
  show_message (dialog, problem);
}
