/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "download-dialog.h"

#include <glib/gi18n-lib.h>

#include "widgets/background.h"
#include "widgets/message-bar.h"
#include "widgets/progress-row.h"
#include "widgets/question.h"
#include "widgets/shrink.h"

/**
 * DotDownloadDialog:
 *
 * Shows the terms of a public pair, and fetches it once they are accepted.
 */

/* Of the terms so much can be seen at least, in GTK's pixels. */
#define LEAST_HEIGHT 100
#define WIDTH        520
#define WIDTH_CHARS  56
#define LEAST_CHARS  24

struct _DotDownloadDialog
{
  GtkDialog parent_instance;

  DotModel     *model;
  GtkWidget    *message;
  GtkWidget    *progress;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DotDownloadDialog, dot_download_dialog, GTK_TYPE_DIALOG)

/*  the terms  */

static void
add_text (GtkWidget *box, const char *format, const char *value)
{
  g_autofree char *sentence = g_strdup_printf (format, value);
  GtkWidget       *text     = gtk_label_new (sentence);
  GtkLabel        *label    = GTK_LABEL (text);

  gtk_label_set_xalign (label, 0.0);
  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_line_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (label, LEAST_CHARS);
  gtk_label_set_max_width_chars (label, WIDTH_CHARS);
  gtk_container_add (GTK_CONTAINER (box), text);
}

static GtkWidget *
make_terms (DotModel *model)
{
  GtkWidget       *box     = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *address = NULL;
  guint64          bytes   = dot_download_get_size (model, &address);
  g_autofree char *size    = g_format_size (bytes);

  add_text (box, "%s", dot_model_get_title (model));
  add_text (box, _ ("From: %s"), dot_model_get_provenance (model));
  add_text (box, _ ("Size: about %s, and as much again for the model that is made of it"), size);
  add_text (box, _ ("Address: %s"), address ? address : "");
  add_text (box, _ ("Terms: %s"), dot_model_get_license (model));
  return box;
}

/*  the download  */

static void
stop (DotDownloadDialog *dialog)
{
  if (! dialog->cancellable)
    return;
  dot_progress_row_set_stopping (DOT_PROGRESS_ROW (dialog->progress));
  g_cancellable_cancel (dialog->cancellable);
}

/* The progress row has a Cancel of its own, and one is enough. */
static void
set_running (DotDownloadDialog *dialog, gboolean running)
{
  GtkWidget *cancel = gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);

  gtk_widget_set_visible (dialog->progress, running);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT, ! running);
  gtk_widget_set_visible (cancel, ! running);
}

static void
show_problem (DotDownloadDialog *dialog, const GError *error)
{
  const char *message = error ? error->message : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    message = _ ("Cancelled: what has come is kept, and “Download” goes on with it.");
  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), message);
}

typedef struct
{
  DotModel *model;
  DotModel *made;
  char     *warning;
} Download;

/* in another thread */
static gboolean
download_model (gpointer        data,
                DotProgressFunc progress,
                gpointer        progress_data,
                GCancellable   *cancellable,
                GError        **error)
{
  Download *download = data;

  download->made = dot_download (download->model, NULL, DOT_DEVICE_AUTO, progress, progress_data,
                                 cancellable, &download->warning, error);
  return download->made != NULL;
}

static DotModel *
download (DotDownloadDialog *dialog)
{
  Download work            = { .model = dialog->model };
  g_autoptr (GError) error = NULL;

  dot_message_bar_set (DOT_MESSAGE_BAR (dialog->message), NULL);
  dialog->cancellable = g_cancellable_new ();
  dot_progress_row_set (DOT_PROGRESS_ROW (dialog->progress), _ ("Starting…"), 0.0);
  set_running (dialog, TRUE);

  dot_background_run (download_model, &work, DOT_PROGRESS_ROW (dialog->progress),
                      dialog->cancellable, &error);

  g_clear_object (&dialog->cancellable);
  set_running (dialog, FALSE);
  show_problem (dialog, error);
  if (work.warning)
    dot_question_warn (GTK_WIDGET (dialog), work.warning);
  g_free (work.warning);
  return work.made;
}

/*  the class  */

/* While it goes on, closing the window and Escape stop it. */
static gboolean
dot_download_dialog_delete_event (GtkWidget *widget, GdkEventAny *event)
{
  DotDownloadDialog *dialog = DOT_DOWNLOAD_DIALOG (widget);

  stop (dialog);
  return dialog->cancellable != NULL;
}

static void
dot_download_dialog_finalize (GObject *object)
{
  g_clear_pointer (&DOT_DOWNLOAD_DIALOG (object)->model, dot_model_unref);

  G_OBJECT_CLASS (dot_download_dialog_parent_class)->finalize (object);
}

static void
dot_download_dialog_class_init (DotDownloadDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize       = dot_download_dialog_finalize;
  GTK_WIDGET_CLASS (klass)->delete_event = dot_download_dialog_delete_event;
}

static void
dot_download_dialog_init (DotDownloadDialog *dialog)
{
}

static void
fill (DotDownloadDialog *dialog)
{
  GtkWidget    *area    = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  GtkWidget    *box     = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkContainer *content = GTK_CONTAINER (box);
  GtkWidget    *terms   = make_terms (dialog->model);

  dialog->message  = dot_message_bar_new ();
  dialog->progress = dot_progress_row_new (_ ("_Cancel"));
  g_signal_connect_swapped (dialog->progress, "cancel", G_CALLBACK (stop), dialog);

  gtk_container_set_border_width (content, 12);
  gtk_box_pack_start (GTK_BOX (box), dot_shrink_height (terms, LEAST_HEIGHT), TRUE, TRUE, 0);
  gtk_container_add (content, dialog->message);
  gtk_container_add (content, dialog->progress);
  gtk_container_add (GTK_CONTAINER (area), box);
  gtk_widget_show_all (box);
  gtk_widget_hide (dialog->progress);
}

/**
 * dot_download_dialog_new:
 * @parent: the window that it belongs to
 * @model: a public one that isn't there yet
 *
 * Returns: the dialog; gtk_widget_destroy() ends it
 */
GtkWidget *
dot_download_dialog_new (GtkWindow *parent, DotModel *model)
{
  DotDownloadDialog *dialog;
  gboolean           use_header_bar;

  g_object_get (gtk_settings_get_default (), "gtk-dialogs-use-header", &use_header_bar, NULL);
  dialog        = g_object_new (DOT_TYPE_DOWNLOAD_DIALOG, "title", _ ("Download a Model"), "transient-for",
                                parent, "modal", TRUE, "default-width", WIDTH, "use-header-bar",
                                use_header_bar, NULL);
  dialog->model = dot_model_ref (model);
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL,
                          _ ("_Accept the Terms and Download"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  fill (dialog);
  return GTK_WIDGET (dialog);
}

/**
 * dot_download_dialog_run:
 *
 * Asks until the model is there or the person cancels.
 *
 * Returns: (transfer full) (nullable): the model
 */
DotModel *
dot_download_dialog_run (DotDownloadDialog *dialog)
{
  DotModel *model = NULL;

  while (! model && gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT)
    model = download (dialog);
  return model;
}
