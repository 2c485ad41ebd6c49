/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "display.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

/**
 * dot_display_open:
 * @parent: (nullable): the filter's dialog, or %NULL where it has none and GTK
 *   hasn't been started yet
 *
 * Returns: whether there is a display to ask the person on
 */
gboolean
dot_display_open (GtkWindow *parent)
{
  if (parent)
    return TRUE;
  if (! gtk_init_check (NULL, NULL))
    return FALSE;

  gimp_ui_init (GETTEXT_PACKAGE);
  return TRUE;
}
