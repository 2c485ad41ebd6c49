/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "style.h"

/**
 * dot_style_add:
 * @css: what is to look otherwise than the theme has it
 *
 * For a class of widgets, when the first of them is made.  GIMP's own style
 * has the application's priority; this goes above.
 */
void
dot_style_add (const char *css)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  GdkScreen *screen                   = gdk_screen_get_default ();

  gtk_css_provider_load_from_data (provider, css, -1, NULL);
  if (screen)
    gtk_style_context_add_provider_for_screen (screen, GTK_STYLE_PROVIDER (provider),
                                               GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}
