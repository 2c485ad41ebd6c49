/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "paths.h"

#include "config.h"
#include "preferences.h"
#include "whole-file.h"

/* The folder of the running program: an installed plug-in keeps its models
 * and modules beside it. */
static char *
program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program ? g_path_get_dirname (program) : g_strdup (".");
}

static void
add_environment (GStrvBuilder *folders, const char *variable)
{
  const char *value    = g_getenv (variable);
  g_auto (GStrv) parts = g_strsplit (value ? value : "", G_SEARCHPATH_SEPARATOR_S, -1);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      g_strv_builder_add (folders, parts[i]);
}

static void
add_path (GStrvBuilder *folders, char *path)
{
  g_strv_builder_add (folders, path);
  g_free (path);
}

/**
 * dot_paths_get_user_models:
 *
 * Returns: (transfer full): the folder of the person's own models, which may
 *   not be there yet
 */
char *
dot_paths_get_user_models (void)
{
  return g_build_filename (g_get_user_data_dir (), "dot-refine", "models", NULL);
}

/**
 * dot_paths_is_installation:
 * @folder: a folder of models
 *
 * Returns: whether its models came with the program
 */
gboolean
dot_paths_is_installation (const char *folder)
{
  g_autofree char *program = program_folder ();
  g_autofree char *beside  = g_build_filename (program, "models", NULL);

  return dot_whole_file_is_same (folder, beside) ||
         dot_whole_file_is_same (folder, DOT_DATA_DIR "/models");
}

static void
add_chosen (GStrvBuilder *folders)
{
  g_auto (GStrv) chosen = dot_preferences_get_folders ();

  for (guint i = 0; chosen[i]; i++)
    g_strv_builder_add (folders, chosen[i]);
}

static GStrv
list_model_folders (gboolean with_chosen)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *program         = program_folder ();

  add_environment (folders, "DOT_REFINE_MODELS");
  add_path (folders, g_build_filename (program, "models", NULL));
  add_path (folders, dot_paths_get_user_models ());
  if (with_chosen)
    add_chosen (folders);
  g_strv_builder_add (folders, DOT_DATA_DIR "/models");
  return g_strv_builder_end (folders);
}

/**
 * dot_paths_get_model_folders:
 *
 * Returns: (transfer full): where models are looked for, first things
 *   first: $DOT_REFINE_MODELS, beside the program, the person's data
 *   folder, the folders that the person chose, the installation
 */
GStrv
dot_paths_get_model_folders (void)
{
  return list_model_folders (TRUE);
}

/**
 * dot_paths_get_trusted_folders:
 *
 * Returns: (transfer full): those whose models may be programs.  A folder
 *   that was chosen may hold anything, downloads too: it is none of them.
 */
GStrv
dot_paths_get_trusted_folders (void)
{
  return list_model_folders (FALSE);
}

/**
 * dot_paths_get_module_folders:
 *
 * Returns: (transfer full): where the engine modules are looked for;
 *   $DOT_REFINE_MODULE_DIR, where set, is the only place
 */
GStrv
dot_paths_get_module_folders (void)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *program         = program_folder ();

  if (g_getenv ("DOT_REFINE_MODULE_DIR"))
    {
      add_environment (folders, "DOT_REFINE_MODULE_DIR");
      return g_strv_builder_end (folders);
    }

  g_strv_builder_add (folders, program);
  add_path (folders, g_build_filename (program, "..", "modules", NULL));
  add_path (folders, g_build_filename (program, "..", "backend", "modules", NULL));
  g_strv_builder_add (folders, DOT_MODULE_DIR);
  return g_strv_builder_end (folders);
}

/**
 * dot_paths_get_locale_folder:
 *
 * Returns: (transfer full): where the translations are: beside the program,
 *   in the build that it lies in, or in the installation; for
 *   bindtextdomain()
 */
char *
dot_paths_get_locale_folder (void)
{
  static const char *const beside[] = { "locale", "../../po" };
  g_autofree char         *program  = program_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *folder = g_build_filename (program, beside[i], NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_canonicalize_filename (folder, NULL);
    }
  return g_strdup (DOT_LOCALE_DIR);
}
