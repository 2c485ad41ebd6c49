/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The plug-in's own icon, which lies in icons/ beside the executable. */

#include "config.h"

#include "icon.h"

#include "core/installed.h"

#define NAME "dot-refine"

/**
 * dot_icon_give:
 * @procedure: what GIMP shows it beside
 *
 * GIMP looks for names in themes of its own only, but reads a file from anywhere.
 */
void
dot_icon_give (GimpProcedure *procedure)
{
  g_autofree char *path  = dot_installed_find ("icons/hicolor/scalable/apps/" NAME ".svg");
  g_autoptr (GFile) file = path ? g_file_new_for_path (path) : NULL;

  if (file)
    gimp_procedure_set_icon_file (procedure, file);
  else
    gimp_procedure_set_icon_name (procedure, GIMP_ICON_EFFECT);
}

/**
 * dot_icon_use:
 *
 * Makes it the icon of all windows.
 */
void
dot_icon_use (void)
{
  g_autofree char *icons = dot_installed_find ("icons");

  if (! icons)
    return;
  gtk_icon_theme_append_search_path (gtk_icon_theme_get_default (), icons);
  gtk_window_set_default_icon_name (NAME);
}
