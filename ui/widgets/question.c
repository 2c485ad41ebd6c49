/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "question.h"

#include <glib/gi18n-lib.h>

#include "shrink.h"

static GtkWindow *
find_window (GtkWidget *widget)
{
  GtkWidget *top = widget ? gtk_widget_get_toplevel (widget) : NULL;

  return GTK_IS_WINDOW (top) ? GTK_WINDOW (top) : NULL;
}

/**
 * dot_question_ask:
 * @asker: (nullable): in the window that the question belongs to
 * @question: one sentence
 * @detail: what it means, one or two sentences
 * @yes: the button that does it, with a mnemonic
 *
 * Asks before something that can't be had back, or takes long; Enter and Escape leave it.
 *
 * Returns: whether the person said yes
 */
gboolean
dot_question_ask (GtkWidget *asker, const char *question, const char *detail, const char *yes)
{
  GtkWidget *dialog;
  int        response;

  dialog = gtk_message_dialog_new (find_window (asker),
                                   GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE, "%s", question);
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", detail);
  dot_shrink_message (GTK_MESSAGE_DIALOG (dialog));
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL, yes,
                          GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  response = gtk_dialog_run (GTK_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  return response == GTK_RESPONSE_ACCEPT;
}

/**
 * dot_question_warn:
 * @asker: (nullable): in the window that it belongs to
 * @warning: one sentence on something that has worked all the same
 *
 * Waits until that is read.
 */
void
dot_question_warn (GtkWidget *asker, const char *warning)
{
  GtkWidget *dialog;

  dialog = gtk_message_dialog_new (find_window (asker),
                                   GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_WARNING, GTK_BUTTONS_CLOSE, "%s", warning);
  dot_shrink_message (GTK_MESSAGE_DIALOG (dialog));
  gtk_dialog_run (GTK_DIALOG (dialog));
  gtk_widget_destroy (dialog);
}
