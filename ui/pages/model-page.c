/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "model-page.h"

#include <glib/gi18n-lib.h>

#include "dot.h"
#include "download-dialog.h"
#include "widgets/forget-button.h"
#include "import-dialog.h"
#include "widgets/message-bar.h"
#include "model-row.h"
#include "widgets/shrink.h"
#include "widgets/wrap-box.h"

/**
 * DotModelPage:
 *
 * All models that are found, and what can be done with them: import or
 * download one, remove one, look into another folder or no longer into it.
 */

/* Of the list so much can be seen at least, in GTK's pixels; mostly more. */
#define LEAST_HEIGHT 100
#define WIDTH        720
#define HEIGHT       560

struct _DotModelPage
{
  GtkDialog parent_instance;

  GtkWidget *list;
  GtkWidget *message;
  GtkWidget *download;
  GtkWidget *remove;
  GtkWidget *forget;
  char      *imported;
};

G_DEFINE_FINAL_TYPE (DotModelPage, dot_model_page, GTK_TYPE_DIALOG)

/*  the list  */

static DotModel *
get_selected (DotModelPage *page)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (page->list));

  return row ? dot_model_row_get_model (DOT_MODEL_ROW (row)) : NULL;
}

/* A Remove that can't says why. */
static void
update_remove (DotModelPage *page, DotModel *model)
{
  g_autoptr (GError) error = NULL;
  gboolean can             = model && dot_model_remove_check (model, &error);

  gtk_widget_set_sensitive (page->remove, can);
  gtk_widget_set_tooltip_text (page->remove, error ? error->message : _ ("Remove the selected model"));
}

static void
update_download (DotModelPage *page, DotModel *model)
{
  gboolean can = model && dot_download_get_size (model, NULL) > 0;

  gtk_widget_set_sensitive (page->download, can);
  gtk_widget_set_tooltip_text (
    page->download, can ? _ (
                            "Show the terms of the selected model, and fetch it if you accept them")
                        : _ ("Select a model that isn't there yet: its row says whether it can be "
                             "downloaded here"));
}

static void
update_buttons (DotModelPage *page)
{
  DotModel *model;

  if (gtk_widget_in_destruction (GTK_WIDGET (page)))
    return;

  model = get_selected (page);
  update_remove (page, model);
  update_download (page, model);
}

static void
append_model (DotModelPage *page, DotModel *model, const char *selected)
{
  GtkListBox *list = GTK_LIST_BOX (page->list);
  GtkWidget  *row  = dot_model_row_new (model);

  gtk_container_add (GTK_CONTAINER (list), row);
  if (! gtk_list_box_get_selected_row (list) || g_strcmp0 (dot_model_get_id (model), selected) == 0)
    gtk_list_box_select_row (list, GTK_LIST_BOX_ROW (row));
}

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

/* Shows what is there now; selects the model @id, or else the first. */
static void
reload (DotModelPage *page, const char *id)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  g_auto (GStrv) folders       = dot_model_folders_list ();
  g_autofree char *selected    = g_strdup (id);

  gtk_container_foreach (GTK_CONTAINER (page->list), destroy_row, NULL);
  for (guint i = 0; i < models->len; i++)
    append_model (page, models->pdata[i], selected);

  update_buttons (page);
  dot_forget_button_set_folders (DOT_FORGET_BUTTON (page->forget), (const char *const *) folders);
}

static void
show_message (DotModelPage *page, const GError *error)
{
  dot_message_bar_set (DOT_MESSAGE_BAR (page->message), error ? error->message : NULL);
}

/*  importing  */

/* A model that only waits for its files says what they are. */
static DotModel *
get_wanted (DotModelPage *page)
{
  DotModel *model = get_selected (page);

  return model && dot_model_get_problem (model) && dot_model_get_bytes (model) == 0 ? model : NULL;
}

/* @model: (transfer full) (nullable) */
static void
take_new (DotModelPage *page, DotModel *model)
{
  if (! model)
    return;

  g_free (page->imported);
  page->imported = g_strdup (dot_model_get_id (model));
  dot_model_unref (model);
  reload (page, page->imported);
}

static void
import_clicked (DotModelPage *page)
{
  GtkWidget *dialog = dot_import_dialog_new (GTK_WINDOW (page), get_wanted (page));
  DotModel  *model;

  show_message (page, NULL);
  model = dot_import_dialog_run (DOT_IMPORT_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  take_new (page, model);
}

/*  downloading  */

static void
download_clicked (DotModelPage *page)
{
  GtkWidget *dialog = dot_download_dialog_new (GTK_WINDOW (page), get_selected (page));
  DotModel  *model;

  show_message (page, NULL);
  model = dot_download_dialog_run (DOT_DOWNLOAD_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  take_new (page, model);
}

/*  removing  */

static gboolean
confirm_removal (DotModelPage *page, DotModel *model)
{
  g_autofree char *size = g_format_size (dot_model_get_bytes (model));
  GtkWidget       *dialog;
  GtkWidget       *button;
  int              response;

  dialog = gtk_message_dialog_new (GTK_WINDOW (page),
                                   GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                                   _ ("Remove the model “%s”?"),
                                   dot_model_get_title (model));
  gtk_message_dialog_format_secondary_text (
    GTK_MESSAGE_DIALOG (dialog),
    _ ("%s (%s) goes to the trash. Where there is no trash, the model's files are deleted."),
    dot_model_get_folder (model), size);
  dot_shrink_message (GTK_MESSAGE_DIALOG (dialog));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  button = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Remove"), GTK_RESPONSE_ACCEPT);
  gtk_style_context_add_class (gtk_widget_get_style_context (button),
                               GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);

  response = gtk_dialog_run (GTK_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  return response == GTK_RESPONSE_ACCEPT;
}

static void
remove_clicked (DotModelPage *page)
{
  DotModel *model          = get_selected (page);
  g_autoptr (GError) error = NULL;

  show_message (page, NULL);
  if (! model || ! confirm_removal (page, model))
    return;

  if (dot_model_remove (model, &error) && g_strcmp0 (page->imported, dot_model_get_id (model)) == 0)
    g_clear_pointer (&page->imported, g_free);
  reload (page, NULL);
  show_message (page, error);
}

/*  folders  */

static void
add_folder (DotModelPage *page, const char *folder)
{
  g_autoptr (GError) error = NULL;

  dot_model_folders_add (folder, &error);
  reload (page, NULL);
  show_message (page, error);
}

static void
add_folder_clicked (DotModelPage *page)
{
  GtkWidget *dialog;

  dialog = gtk_file_chooser_dialog_new (_ ("Add a Folder of Models"), GTK_WINDOW (page),
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Cancel"),
                                        GTK_RESPONSE_CANCEL, _ ("_Add"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), g_get_home_dir ());
  if (gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT)
    {
      g_autofree char *folder = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog));

      if (folder)
        add_folder (page, folder);
    }
  gtk_widget_destroy (dialog);
}

static void
forget_folder (DotModelPage *page, const char *folder)
{
  g_autoptr (GError) error = NULL;

  dot_model_folders_forget (folder, &error);
  reload (page, NULL);
  show_message (page, error);
}

/*  what is in the page  */

static GtkWidget *
make_list (DotModelPage *page)
{
  GtkWidget *scrolled = NULL;

  page->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (page->list), GTK_SELECTION_BROWSE);
  atk_object_set_name (gtk_widget_get_accessible (page->list), _ ("Models"));
  g_signal_connect_object (page->list, "row-selected", G_CALLBACK (update_buttons), page,
                           G_CONNECT_SWAPPED);

  scrolled = dot_shrink_height (page->list, LEAST_HEIGHT);
  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (scrolled), GTK_SHADOW_IN);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
add_button (DotModelPage *page, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, page, G_CONNECT_SWAPPED);
  gtk_container_add (GTK_CONTAINER (box), button);
  return button;
}

static GtkWidget *
make_buttons (DotModelPage *page)
{
  GtkWidget *box = dot_wrap_box_new (6);
  GtkWidget *add;

  add = add_button (page, box, _ ("_Import…"), G_CALLBACK (import_clicked));
  gtk_widget_set_tooltip_text (add, _ ("Make a model of a generator's and a discriminator's file"));
  page->download = add_button (page, box, _ ("_Download…"), G_CALLBACK (download_clicked));
  page->remove   = add_button (page, box, _ ("_Remove…"), G_CALLBACK (remove_clicked));
  add            = add_button (page, box, _ ("_Add Folder…"), G_CALLBACK (add_folder_clicked));
  gtk_widget_set_tooltip_text (add, _ ("Look for models in another folder too"));
  page->forget = dot_forget_button_new ();
  g_signal_connect_object (page->forget, "forget", G_CALLBACK (forget_folder), page,
                           G_CONNECT_SWAPPED);
  gtk_container_add (GTK_CONTAINER (box), page->forget);
  return box;
}

static void
fill (DotModelPage *page)
{
  GtkWidget    *area    = gtk_dialog_get_content_area (GTK_DIALOG (page));
  GtkWidget    *box     = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkContainer *content = GTK_CONTAINER (box);

  page->message = dot_message_bar_new ();
  gtk_container_set_border_width (content, 12);
  gtk_container_add (content, make_list (page));
  gtk_container_add (content, page->message);
  gtk_container_add (content, make_buttons (page));
  gtk_container_add (GTK_CONTAINER (area), box);
  gtk_widget_show_all (box);

  reload (page, NULL);
}

/*  the class  */

static void
dot_model_page_finalize (GObject *object)
{
  g_free (DOT_MODEL_PAGE (object)->imported);

  G_OBJECT_CLASS (dot_model_page_parent_class)->finalize (object);
}

static void
dot_model_page_class_init (DotModelPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_model_page_finalize;
}

static void
dot_model_page_init (DotModelPage *page)
{
}

/**
 * dot_model_page_new:
 * @parent: the window that it belongs to
 *
 * Returns: the page; gtk_dialog_run() shows it until it is closed, and
 *   gtk_widget_destroy() ends it
 */
GtkWidget *
dot_model_page_new (GtkWindow *parent)
{
  DotModelPage *page;
  gboolean      use_header_bar;

  g_object_get (gtk_settings_get_default (), "gtk-dialogs-use-header", &use_header_bar, NULL);
  page = g_object_new (DOT_TYPE_MODEL_PAGE, "title", _ ("Models"), "transient-for", parent, "modal",
                       TRUE, "use-header-bar", use_header_bar, "default-width", WIDTH,
                       "default-height", HEIGHT, NULL);
  gtk_dialog_add_button (GTK_DIALOG (page), _ ("_Close"), GTK_RESPONSE_CLOSE);
  gtk_dialog_set_default_response (GTK_DIALOG (page), GTK_RESPONSE_CLOSE);
  fill (page);
  return GTK_WIDGET (page);
}

/**
 * dot_model_page_get_imported:
 *
 * Returns: (transfer none) (nullable): the id of the model that was imported
 *   last
 */
const char *
dot_model_page_get_imported (DotModelPage *page)
{
  g_return_val_if_fail (DOT_IS_MODEL_PAGE (page), NULL);

  return page->imported;
}
