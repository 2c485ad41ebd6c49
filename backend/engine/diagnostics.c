/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What a report of a bug should say. */

#include "dot.h"

#include "base/intl.h"

#include <sys/utsname.h>

static void
add_system (GString *text)
{
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname   kernel;

  if (uname (&kernel) != 0)
    return;

  g_string_append_printf (text, _ ("System: %s, %s %s, %s\n"), name ? name : "?", kernel.sysname,
                          kernel.release, kernel.machine);
}

/* Linux calls it so on most machines; (nullable) on the others. */
static char *
find_processor (void)
{
  g_autoptr (GRegex)
    line = g_regex_new ("^model name\\s*: (.*)$", G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *table       = NULL;

  if (! g_file_get_contents ("/proc/cpuinfo", &table, NULL, NULL) ||
      ! g_regex_match (line, table, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

static void
add_processor (GString *text)
{
  g_autofree char *name = find_processor ();

  g_string_append_printf (text, _ ("Processors: %u\n"), g_get_num_processors ());
  if (name)
    g_string_append_printf (text, _ ("Processor: %s\n"), name);
}

static void
add_models (GString *text)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  g_auto (GStrv) folders       = dot_model_folders_list ();

  for (guint i = 0; folders[i]; i++)
    g_string_append_printf (text, _ ("Folder of models: %s\n"), folders[i]);
  for (guint i = 0; i < models->len; i++)
    {
      const char *problem = dot_model_get_problem (models->pdata[i]);

      g_string_append_printf (text, _ ("Model: %s %s\n"), dot_model_get_id (models->pdata[i]),
                              problem ? problem : "");
    }
}

/**
 * dot_diagnostics_describe:
 *
 * The versions of the program and its backend, the computer, and what the GPU
 * says when it is asked to compute.  What doesn't work is part of the answer,
 * and no failure.  Loads the engines, which takes a second or two.
 *
 * Returns: (transfer full): lines of "name: value"; paths are as they are
 */
char *
dot_diagnostics_describe (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backend = NULL;
  g_autofree char *gpu     = NULL;
  GString         *text    = g_string_new (NULL);

  if (! dot_backend_check (&backend, &error))
    backend = g_strdup (error->message);
  dot_gpu_describe (&gpu);

  g_string_append_printf (text, "DOT Refine: %s\n", DOT_VERSION);
  g_string_append_printf (text, _ ("Backend: %s\n"), backend);
  g_string_append_printf (text, _ ("GPU: %s\n"), gpu);
  add_system (text);
  add_processor (text);
  add_models (text);
  return g_string_free (text, FALSE);
}
