/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "many-dialog.h"

#include <glib/gi18n-lib.h>

#include "display.h"
#include "widgets/question.h"

/* GIMP takes seconds for more, to add them and to undo them. */
#define MAX_LAYERS 200

/**
 * dot_many_dialog_ask:
 * @parent: (nullable): the filter's dialog, or %NULL where GIMP alone started
 *   the run
 * @n_layers: how many there will be
 *
 * Asks before GIMP gets more layers than anybody looks through.  Where there
 * is no display nobody is asked, and they are made.
 *
 * Returns: %FALSE where the person said no
 */
gboolean
dot_many_dialog_ask (GtkWindow *parent, guint64 n_layers)
{
  g_autofree char *question = NULL;

  if (n_layers <= MAX_LAYERS || ! dot_display_open (parent))
    return TRUE;

  question = g_strdup_printf (ngettext ("Make %u layer?", "Make %u layers?", (gulong) n_layers),
                              (guint) MIN (n_layers, G_MAXUINT));
  return dot_question_ask (
    (GtkWidget *) parent, question,
    _ (
      "GIMP takes long to add so many, and to undo them. For fewer keep fewer updates, or turn “Add each step as it comes” off and choose."),
    _ ("_Make Them"));
}
