/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "help.h"

#include <glib/gi18n-lib.h>

#include "dot.h"

/* Where reading begins; the page leads to the others. */
#define FIRST_PAGE "dialog.html"

/* gtk_show_uri_on_window() tells nobody that there is no program for it. */
static gboolean
open_address (GtkWindow *parent, const char *address, GError **error)
{
  GdkDisplay *display                     = gtk_widget_get_display (GTK_WIDGET (parent));
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);

  gdk_app_launch_context_set_screen (context, gtk_window_get_screen (parent));
  gdk_app_launch_context_set_timestamp (context, gtk_get_current_event_time ());
  return g_app_info_launch_default_for_uri (address, G_APP_LAUNCH_CONTEXT (context), error);
}

/**
 * dot_help_show:
 * @parent: the window that asks for it
 * @folder: (nullable): where the help is installed; %NULL where it isn't
 *
 * Opens the help with what the person reads pages of the web with.  It needs no
 * network.
 *
 * Returns: whether something was asked to show it
 */
gboolean
dot_help_show (GtkWindow *parent, const char *folder, GError **error)
{
  g_autofree char *path    = folder ? g_build_filename (folder, FIRST_PAGE, NULL) : NULL;
  g_autofree char *address = path ? g_filename_to_uri (path, NULL, NULL) : NULL;
  g_autoptr (GError) cause = NULL;

  if (! address || ! g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                           _ ("The help is not installed: install DOT Refine again, or read the "
                              "files in docs/ of its source."));
      return FALSE;
    }
  if (open_address (parent, address, &cause))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The help can't be shown (%s): open %s with a browser."), cause->message, path);
  return FALSE;
}
