/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "import-dialog.h"

#include <glib/gi18n-lib.h>

#include "architecture-combo.h"
#include "widgets/background.h"
#include "core/import-id.h"
#include "widgets/message-bar.h"
#include "widgets/optional-file.h"
#include "widgets/progress-row.h"
#include "widgets/question.h"
#include "widgets/row-label.h"
#include "widgets/shrink.h"
#include "trust-question.h"

/**
 * DotImportDialog:
 *
 * Asks for a generator's and a discriminator's file and how they are built,
 * and makes a model of them.
 */

/* Of the rows so much can be seen at least, in GTK's pixels. */
#define LEAST_HEIGHT 100

/* the first N_NEEDED have to be there */
typedef enum
{
  FILE_GENERATOR,
  FILE_DISCRIMINATOR,
  N_NEEDED,
  FILE_CLASSES = N_NEEDED,
  FILE_KEY_MAP,
  FILE_DESCRIPTION,
  N_FILES
} File;

struct _DotImportDialog
{
  GtkDialog parent_instance;

  DotModel       *wanted;
  GtkWidget      *grid;
  int             n_rows;
  GtkFileChooser *files[N_FILES];
  GtkWidget      *optional[N_FILES];
  GtkWidget      *architecture;
  GtkWidget      *prior;
  GtkWidget      *title;
  GtkWidget      *license;
  GtkWidget      *k_eff;
  GtkWidget      *message;
  GtkWidget      *progress;
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (DotImportDialog, dot_import_dialog, GTK_TYPE_DIALOG)

typedef struct
{
  const char *id;
  const char *label;
} Choice;

/*  the rows  */

static void
add_row (DotImportDialog *dialog, const char *text, GtkWidget *widget)
{
  GtkWidget *label = dot_row_label_new (text, widget);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_grid_attach (GTK_GRID (dialog->grid), label, 0, dialog->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (dialog->grid), widget, 1, dialog->n_rows, 1, 1);
  dialog->n_rows++;
}

/* What was wrong with the last try isn't with the next. */
static void
forget_problem (DotImportDialog *dialog)
{
  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), NULL);
}

static void
update_import (DotImportDialog *dialog)
{
  gboolean complete = TRUE;

  forget_problem (dialog);
  for (int i = 0; i < N_NEEDED; i++)
    {
      g_autofree char *path = gtk_file_chooser_get_filename (dialog->files[i]);

      complete = complete && path;
    }
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT, complete);
}

/* Programs are described by a file of their own, where weights need to be
 * told more of. */
static void
update_rows (DotImportDialog *dialog)
{
  gboolean program = dot_architecture_combo_is_program (
    DOT_ARCHITECTURE_COMBO (dialog->architecture));

  forget_problem (dialog);
  gtk_widget_set_sensitive (dialog->prior, ! program);
  gtk_widget_set_sensitive (dialog->optional[FILE_KEY_MAP], ! program);
  gtk_widget_set_sensitive (dialog->optional[FILE_DESCRIPTION], program);
}

/* What the file is, and a model.json beside it, say; a file that can't be any
 * network is named at once.
 * Returns: whether something says how the network is built */
static gboolean
look_into (DotImportDialog *dialog, GtkFileChooser *chooser, const char *path)
{
  g_autoptr (GError) error      = NULL;
  DotPrior         prior        = gtk_combo_box_get_active (GTK_COMBO_BOX (dialog->prior));
  gboolean         is_generator = chooser == dialog->files[FILE_GENERATOR];
  g_autofree char *architecture = NULL;

  architecture = dot_import_guess_architecture (path, is_generator, &prior, &error);
  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), error ? error->message : NULL);
  if (error)
    return FALSE;

  dot_architecture_combo_follow (DOT_ARCHITECTURE_COMBO (dialog->architecture), architecture);
  gtk_combo_box_set_active (GTK_COMBO_BOX (dialog->prior), prior);
  return architecture != NULL;
}

static gboolean
is_described (const char *path)
{
  g_autofree char *folder   = g_path_get_dirname (path);
  g_autofree char *manifest = g_build_filename (folder, "model.json", NULL);

  return g_file_test (manifest, G_FILE_TEST_EXISTS);
}

/* Authors' files often hold both networks: then one is enough to choose.  What a
 * program is, or a model.json says, isn't said of one file alone. */
static void
take_both (DotImportDialog *dialog, GtkFileChooser *chooser, const char *path)
{
  gboolean         is_generator = chooser == dialog->files[FILE_GENERATOR];
  GtkFileChooser  *other        = dialog->files[is_generator ? FILE_DISCRIMINATOR : FILE_GENERATOR];
  DotPrior         prior        = DOT_PRIOR_NORMAL;
  g_autofree char *chosen       = gtk_file_chooser_get_filename (other);
  g_autofree char *architecture = NULL;

  if (chosen || is_described (path) ||
      dot_architecture_combo_is_program (DOT_ARCHITECTURE_COMBO (dialog->architecture)))
    return;
  architecture = dot_import_guess_architecture (path, ! is_generator, &prior, NULL);
  if (! architecture)
    return;

  gtk_file_chooser_set_filename (other, path);
  update_import (dialog);
}

/* The other files are mostly where the first is. */
static void
file_set (GtkFileChooser *chooser, DotImportDialog *dialog)
{
  g_autofree char *folder = gtk_file_chooser_get_current_folder (chooser);
  g_autofree char *chosen = gtk_file_chooser_get_filename (chooser);

  for (int i = 0; folder && i < N_FILES; i++)
    {
      g_autofree char *path = gtk_file_chooser_get_filename (dialog->files[i]);

      if (! path)
        gtk_file_chooser_set_current_folder (dialog->files[i], folder);
    }
  update_import (dialog);
  if (chosen && look_into (dialog, chooser, chosen))
    take_both (dialog, chooser, chosen);
}

/* @patterns: separated by spaces */
static void
add_filter (GtkFileChooser *chooser, const char *name, const char *patterns)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  g_auto (GStrv) each   = g_strsplit (patterns, " ", -1);

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; each[i]; i++)
    gtk_file_filter_add_pattern (filter, each[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkWidget *
make_weights (DotImportDialog *dialog, File which, const char *title)
{
  GtkWidget *button = gtk_file_chooser_button_new (title, GTK_FILE_CHOOSER_ACTION_OPEN);

  dialog->files[which] = GTK_FILE_CHOOSER (button);
  add_filter (dialog->files[which], _ ("Weights and TorchScript (.npz, .safetensors, .pt, .pth)"),
              "*.npz *.safetensors *.pt *.pth *.pkl *.ckpt");
  add_filter (dialog->files[which], _ ("All files"), "*");
  g_signal_connect (button, "file-set", G_CALLBACK (file_set), dialog);
  return button;
}

static GtkWidget *
make_optional (DotImportDialog *dialog, File which, const char *title, const char *tooltip)
{
  GtkWidget *file = dot_optional_file_new (title, GTK_FILE_CHOOSER_ACTION_OPEN);

  dialog->optional[which] = file;
  dialog->files[which]    = dot_optional_file_get_chooser (DOT_OPTIONAL_FILE (file));
  g_signal_connect_swapped (file, "notify::file", G_CALLBACK (forget_problem), dialog);
  gtk_widget_set_tooltip_text (file, tooltip);
  return file;
}

static GtkWidget *
make_classes (DotImportDialog *dialog)
{
  GtkWidget *file;

  file = make_optional (
    dialog, FILE_CLASSES, _ ("Open the Class Table"),
    _ (
      "Optional: a text file with a line for each label, its WordNet id, ImageNet index and name, separated by tabs"));
  add_filter (dialog->files[FILE_CLASSES], _ ("Tables (.tsv, .txt)"), "*.tsv *.txt");
  return file;
}

static GtkWidget *
make_key_map (DotImportDialog *dialog)
{
  GtkWidget *file;

  file = make_optional (
    dialog, FILE_KEY_MAP, _ ("Open the Key Map"),
    _ (
      "Optional: a JSON file that says what our arrays are called in the files, for weights that PyTorch saved"));
  add_filter (dialog->files[FILE_KEY_MAP], _ ("Key maps (.json)"), "*.json *.JSON");
  return file;
}

static GtkWidget *
make_description (DotImportDialog *dialog)
{
  GtkWidget *file;

  file = make_optional (
    dialog, FILE_DESCRIPTION, _ ("Open the Description"),
    _ (
      "For TorchScript without a model.json beside it: a JSON file like that, which says how the programs are called"));
  add_filter (dialog->files[FILE_DESCRIPTION], _ ("Descriptions (.json)"), "*.json *.JSON");
  return file;
}

static GtkWidget *
make_combo (const Choice *choices, gsize n_choices)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (gsize i = 0; i < n_choices; i++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (combo), choices[i].id,
                               gettext (choices[i].label));
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), 0);
  dot_shrink_combo (GTK_COMBO_BOX (combo));
  return combo;
}

static GtkWidget *
make_architecture (DotImportDialog *dialog)
{
  GtkWidget *combo = dot_architecture_combo_new ();

  dot_shrink_combo (GTK_COMBO_BOX (combo));
  g_signal_connect_swapped (combo, "changed", G_CALLBACK (update_rows), dialog);
  return combo;
}

static GtkWidget *
make_prior (void)
{
  static const Choice choices[] = {
    { "normal", N_ ("Normal") },
    { "uniform", N_ ("Uniform, −1 to 1") },
  };
  return make_combo (choices, G_N_ELEMENTS (choices));
}

static GtkWidget *
make_entry (const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  return entry;
}

static GtkWidget *
make_k_eff (DotImportDialog *dialog)
{
  GtkWidget *button;

  button = gtk_check_button_new_with_mnemonic (
    _ ("_Estimate the Lipschitz constants of all classes now"));
  gtk_widget_set_tooltip_text (
    button,
    _ (
      "Takes long where there are many classes; without it each class is estimated when it is first refined"));
  return button;
}

static void
add_rows (DotImportDialog *dialog)
{
  dialog->architecture = make_architecture (dialog);
  dialog->prior        = make_prior ();
  dialog->title        = make_entry (_ ("what lists call it"));
  dialog->license      = make_entry (_ ("unknown"));
  dialog->k_eff        = make_k_eff (dialog);

  add_row (dialog,
           _ ("_Generator"), make_weights (dialog, FILE_GENERATOR, _ ("Open the Generator")));
  add_row (dialog, _ ("_Discriminator"),
           make_weights (dialog, FILE_DISCRIMINATOR, _ ("Open the Discriminator")));
  add_row (dialog, _ ("_Architecture"), dialog->architecture);
  add_row (dialog, _ ("Latents’ _prior"), dialog->prior);
  add_row (dialog, _ ("_Title"), dialog->title);
  add_row (dialog, _ ("_Licence"), dialog->license);
  add_row (dialog, _ ("Cla_ss table"), make_classes (dialog));
  add_row (dialog, _ ("_Key map"), make_key_map (dialog));
  add_row (dialog, _ ("Desc_ription"), make_description (dialog));
  gtk_grid_attach (GTK_GRID (dialog->grid), dialog->k_eff, 0, dialog->n_rows, 2, 1);
  update_rows (dialog);
}

/* What is known of the model that the files are wanted for. */
static void
prefill (DotImportDialog *dialog)
{
  DotModel *wanted = dialog->wanted;

  if (! wanted)
    return;

  gtk_entry_set_text (GTK_ENTRY (dialog->title), dot_model_get_title (wanted));
  gtk_entry_set_text (GTK_ENTRY (dialog->license), dot_model_get_license (wanted));
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (dialog->architecture),
                               dot_model_get_architecture (wanted));
  gtk_combo_box_set_active (GTK_COMBO_BOX (dialog->prior), dot_model_get_prior (wanted));
}

/*  the import  */

static void
stop (DotImportDialog *dialog)
{
  if (dialog->cancellable)
    g_cancellable_cancel (dialog->cancellable);
}

static char *
get_text (GtkWidget *entry)
{
  char *text = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (entry))));

  if (*text)
    return text;

  g_free (text);
  return NULL;
}

/* (nullable): a row that rests says nothing */
static char *
get_optional (DotImportDialog *dialog, File which)
{
  if (! gtk_widget_get_sensitive (dialog->optional[which]))
    return NULL;
  return gtk_file_chooser_get_filename (dialog->files[which]);
}

static DotImportOptions *
make_options (DotImportDialog *dialog)
{
  DotImportOptions *options = dot_import_options_new ();

  options->generator     = gtk_file_chooser_get_filename (dialog->files[FILE_GENERATOR]);
  options->discriminator = gtk_file_chooser_get_filename (dialog->files[FILE_DISCRIMINATOR]);
  options->classes       = get_optional (dialog, FILE_CLASSES);
  options->key_map       = get_optional (dialog, FILE_KEY_MAP);
  options->description   = get_optional (dialog, FILE_DESCRIPTION);
  options->title         = get_text (dialog->title);
  options->license       = get_text (dialog->license);
  options->prior         = gtk_combo_box_get_active (GTK_COMBO_BOX (dialog->prior));
  options->k_eff         = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (dialog->k_eff));

  g_free (options->architecture);
  options->architecture = g_strdup (
    gtk_combo_box_get_active_id (GTK_COMBO_BOX (dialog->architecture)));
  if (dialog->wanted)
    {
      options->id         = g_strdup (dot_model_get_id (dialog->wanted));
      options->provenance = g_strdup (dot_model_get_provenance (dialog->wanted));
    }
  else
    {
      options->id = dot_import_id_new (options);
    }

  return options;
}

/* The progress row has a Cancel of its own, and one is enough. */
static void
set_running (DotImportDialog *dialog, gboolean running)
{
  GtkWidget *cancel = gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);

  gtk_widget_set_sensitive (dialog->grid, ! running);
  gtk_widget_set_visible (dialog->progress, running);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT, ! running);
  gtk_widget_set_visible (cancel, ! running);
}

static void
show_problem (DotImportDialog *dialog, const GError *error)
{
  const char *message = error ? error->message : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    message = _ (
      "Cancelled: no model was made, and “Import” goes on with the constants that are estimated already.");

  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), message);
}

/* What else is wrong with the files comes up when they are imported. */
static gboolean
needs_trust (const DotImportOptions *options)
{
  g_autoptr (GError) error = NULL;

  dot_import_check_trust (options, &error);
  return g_error_matches (error, DOT_ERROR, DOT_ERROR_NOT_TRUSTED);
}

/* Returns: %FALSE where the person said no to running a program */
static gboolean
ask_trust (DotImportDialog *dialog, DotImportOptions *options)
{
  GtkWidget *question;

  if (! needs_trust (options))
    return TRUE;

  question       = dot_trust_question_new_for_import (GTK_WINDOW (dialog), options->generator);
  options->trust = gtk_dialog_run (GTK_DIALOG (question)) == GTK_RESPONSE_ACCEPT;
  gtk_widget_destroy (question);
  return options->trust;
}

typedef struct
{
  const DotImportOptions *options;
  DotModel               *model;
  char                   *warning;
} Import;

/* in another thread */
static gboolean
import_model (gpointer        data,
              DotProgressFunc progress,
              gpointer        progress_data,
              GCancellable   *cancellable,
              GError        **error)
{
  Import *import = data;

  import->model = dot_import (import->options, progress, progress_data, cancellable,
                              &import->warning, error);
  return import->model != NULL;
}

static DotModel *
run_import (DotImportDialog *dialog, const DotImportOptions *options, GError **error)
{
  Import import = { .options = options };

  dialog->cancellable = g_cancellable_new ();
  dot_progress_row_set (DOT_PROGRESS_ROW (dialog->progress), _ ("Starting…"), 0.0);
  set_running (dialog, TRUE);

  dot_background_run (import_model, &import, DOT_PROGRESS_ROW (dialog->progress),
                      dialog->cancellable, error);

  g_clear_object (&dialog->cancellable);
  set_running (dialog, FALSE);
  if (import.warning)
    dot_question_warn (GTK_WIDGET (dialog), import.warning);
  g_free (import.warning);
  return import.model;
}

static DotModel *
import (DotImportDialog *dialog)
{
  g_autoptr (DotImportOptions) options = make_options (dialog);
  g_autoptr (GError) error             = NULL;
  DotModel *model;

  forget_problem (dialog);
  if (! ask_trust (dialog, options))
    {
      dot_message_bar_set (
        DOT_MESSAGE_BAR (dialog->message),
        _ (
          "The program was not run and no model was made: import again and choose “Run It” if you trust who made it, or take other files."));
      return NULL;
    }

  model = run_import (dialog, options, &error);
  show_problem (dialog, error);
  return model;
}

/*  the class  */

/* While an import goes on, closing the window and Escape stop it. */
static gboolean
dot_import_dialog_delete_event (GtkWidget *widget, GdkEventAny *event)
{
  DotImportDialog *dialog = DOT_IMPORT_DIALOG (widget);

  stop (dialog);
  return dialog->cancellable != NULL;
}

static void
dot_import_dialog_finalize (GObject *object)
{
  g_clear_pointer (&DOT_IMPORT_DIALOG (object)->wanted, dot_model_unref);

  G_OBJECT_CLASS (dot_import_dialog_parent_class)->finalize (object);
}

static void
dot_import_dialog_class_init (DotImportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize       = dot_import_dialog_finalize;
  GTK_WIDGET_CLASS (klass)->delete_event = dot_import_dialog_delete_event;
}

static void
dot_import_dialog_init (DotImportDialog *dialog)
{
}

static void
fill (DotImportDialog *dialog)
{
  GtkWidget    *area    = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  GtkWidget    *box     = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkContainer *content = GTK_CONTAINER (box);

  dialog->grid     = gtk_grid_new ();
  dialog->message  = dot_message_bar_new ();
  dialog->progress = dot_progress_row_new (_ ("_Cancel"));
  gtk_grid_set_row_spacing (GTK_GRID (dialog->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (dialog->grid), 12);
  add_rows (dialog);
  g_signal_connect_swapped (dialog->progress, "cancel", G_CALLBACK (stop), dialog);

  gtk_container_set_border_width (content, 12);
  gtk_box_pack_start (GTK_BOX (box), dot_shrink_height (dialog->grid, LEAST_HEIGHT), TRUE, TRUE, 0);
  gtk_container_add (content, dialog->message);
  gtk_container_add (content, dialog->progress);
  gtk_container_add (GTK_CONTAINER (area), box);
  gtk_widget_show_all (box);
  gtk_widget_hide (dialog->progress);
}

/**
 * dot_import_dialog_new:
 * @parent: the window that it belongs to
 * @wanted: (nullable): a model that only waits for its files
 *
 * Returns: the dialog; gtk_widget_destroy() ends it
 */
GtkWidget *
dot_import_dialog_new (GtkWindow *parent, DotModel *wanted)
{
  DotImportDialog *dialog;
  gboolean         use_header_bar;

  g_object_get (gtk_settings_get_default (), "gtk-dialogs-use-header", &use_header_bar, NULL);
  dialog         = g_object_new (DOT_TYPE_IMPORT_DIALOG, "title",
                         _ ("Import a Model"), "transient-for", parent,
                                 "modal", TRUE, "default-width", 480, "use-header-bar", use_header_bar,
                                 NULL);
  dialog->wanted = wanted ? dot_model_ref (wanted) : NULL;
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Import"),
                          GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  fill (dialog);
  prefill (dialog);
  update_import (dialog);
  return GTK_WIDGET (dialog);
}

/**
 * dot_import_dialog_run:
 *
 * Asks until a model is imported or the person cancels.
 *
 * Returns: (transfer full) (nullable): the model
 */
DotModel *
dot_import_dialog_run (DotImportDialog *dialog)
{
  DotModel *model = NULL;

  while (! model && gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT)
    model = import (dialog);
  return model;
}
