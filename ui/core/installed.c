/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "installed.h"

/**
 * dot_installed_find:
 * @name: of a file or folder
 *
 * Looks for what was installed beside the running program.
 *
 * Returns: (transfer full) (type filename) (nullable): its path, or %NULL
 */
char *
dot_installed_find (const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder  = program ? g_path_get_dirname (program) : NULL;
  g_autofree char *path    = folder ? g_build_filename (folder, name, NULL) : NULL;

  return path && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}
