/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What is loaded at run time only, so that no program needs it to start. */

#include "module.h"

#include "paths.h"

#include "intl.h"

static char *
find_module (const char *name)
{
  g_auto (GStrv) folders = dot_paths_get_module_folders ();

  for (guint i = 0; folders[i]; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/**
 * dot_module_open:
 * @name: "dotrefine-torch.so", in one of the folders for modules
 * @symbol: of the function that it exports
 * @function: (out): that one; %NULL where there is none
 *
 * Returns: (transfer full): the module, or %NULL with %DOT_ERROR_NO_BACKEND
 */
GModule *
dot_module_open (const char *name, const char *symbol, gpointer *function, GError **error)
{
  g_autofree char *path   = find_module (name);
  GModule         *module = NULL;

  if (path)
    module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (! path)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                 _ ("The backend %s is missing: install DOT Refine again, or "
                    "set DOT_REFINE_MODULE_DIR to its folder."),
                 name);
  else if (! module)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                 _ ("The backend can't be loaded (%s): install what it "
                    "needs, or install DOT Refine again."),
                 g_module_error ());
  else if (! g_module_symbol (module, symbol, function))
    *function = NULL;
  return module;
}

/**
 * dot_module_fail_version:
 * @module: (transfer full): opened, but not what is needed
 *
 * Closes a module of another version.
 */
void
dot_module_fail_version (GModule *module, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
               _ ("The backend %s is of another version: install DOT Refine "
                  "again."),
               g_module_name (module));
  g_module_close (module);
}
