/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "trust-dialog.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "display.h"
#include "pages/trust-question.h"

/* Whether a model that nobody has said yes to is a program.  What else is
 * wrong with it comes up when it is loaded. */
static gboolean
needs_trust (const DotRefineOptions *options)
{
  g_autoptr (DotModel) model = dot_refine_options_find_model (options, NULL);
  g_autoptr (GError) error   = NULL;

  if (model)
    dot_model_trust_check (model, &error);
  return g_error_matches (error, DOT_ERROR, DOT_ERROR_NOT_TRUSTED);
}

/**
 * dot_trust_dialog_ask:
 * @parent: (nullable): the dialog that the run was started from, or %NULL
 *   where GIMP alone started it
 * @options: get the person's yes
 *
 * Asks before a model that is a program runs, and asks nothing of others.
 * Where there is no display nobody is asked, and the backend refuses.
 *
 * Returns: %FALSE where the person said no
 */
gboolean
dot_trust_dialog_ask (GtkWindow *parent, DotRefineOptions *options)
{
  GtkWidget *dialog;
  int        response;

  if (! needs_trust (options) || ! dot_display_open (parent))
    return TRUE;

  dialog = dot_trust_question_new (parent, options->model);
  if (! parent)
    gimp_window_set_transient (GTK_WINDOW (dialog));

  response = gtk_dialog_run (GTK_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  options->trust = response == GTK_RESPONSE_ACCEPT;
  return options->trust;
}
