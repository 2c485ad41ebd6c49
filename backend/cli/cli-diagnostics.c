/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 *
 * cli-diagnostics.c: what a report of a bug should say.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-output.h"
#include "cli.h"

/**
 * cli_diagnostics:
 *
 * Shows the versions of the program and its backend, and what the GPU says
 * when it is asked to compute.  What doesn't work is part of the answer, and
 * no failure.
 */
void
cli_diagnostics (void)
{
  g_autoptr (GPtrArray) models  = dot_model_list ();
  g_auto (GStrv)        folders = dot_model_folders_list ();
  g_autoptr (GError)    error   = NULL;
  g_autofree char      *backend = NULL;
  g_autofree char      *gpu     = NULL;

  if (! dot_backend_check (&backend, &error))
    backend = g_strdup (error->message);
  dot_gpu_describe (&gpu);

  cli_print ("DOT Refine: %s\n", DOT_VERSION);
  cli_print (_("Backend: %s\n"), backend);
  cli_print (_("GPU: %s\n"), gpu);
  cli_print (_("Processors: %u\n"), g_get_num_processors ());
  for (guint i = 0; folders[i]; i++)
    cli_print (_("Folder of models: %s\n"), folders[i]);
  for (guint i = 0; i < models->len; i++)
    {
      const char *problem = dot_model_get_problem (models->pdata[i]);

      cli_print (_("Model: %s %s\n"), dot_model_get_id (models->pdata[i]),
                 problem ? problem : "");
    }
}
