/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The question before a program runs that nobody has said yes to.  The
 * answer that Return gives is no. */

#include "config.h"

#include "trust-question.h"

#include <glib/gi18n-lib.h>

#include "widgets/shrink.h"

/* @text: has a %s, for @name */
static GtkWidget *
question_new (GtkWindow *parent, const char *text, const char *name)
{
  g_autofree char *shown = g_filename_display_name (name);
  GtkWidget       *dialog;

  dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_WARNING, GTK_BUTTONS_NONE,
                                   _ ("Run the program in this model?"));
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Trust This Model?"));
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), text, shown);
  dot_shrink_message (GTK_MESSAGE_DIALOG (dialog));
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("R_un It"),
                          GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  return dialog;
}

/**
 * dot_trust_question_new:
 * @parent: (nullable): the window that it belongs to
 * @model: what the model is called
 *
 * Returns: a dialog whose response is %GTK_RESPONSE_ACCEPT for yes
 */
GtkWidget *
dot_trust_question_new (GtkWindow *parent, const char *model)
{
  return question_new (parent,
                       _ ("The files of %s are TorchScript, which is a program: it "
                          "could read, change and delete whatever you can. Run it only "
                          "if you trust who made it."),
                       model);
}

/**
 * dot_trust_question_new_for_import:
 * @parent: the window that it belongs to
 * @generator: the path of one of the files
 *
 * An import puts the program where it is trusted from then on, so its yes is
 * for good.
 *
 * Returns: a dialog whose response is %GTK_RESPONSE_ACCEPT for yes
 */
GtkWidget *
dot_trust_question_new_for_import (GtkWindow *parent, const char *generator)
{
  return question_new (parent,
                       _ ("%s is TorchScript, which is a program: it could read, "
                          "change and delete whatever you can. Run it only if you trust "
                          "who made it. Once it is imported, it runs without a question."),
                       generator);
}
