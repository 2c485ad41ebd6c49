/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "engine.h"

#include "paths.h"

#include "backend-intl.h"

#include <gmodule.h>

#define MODULE_NAME "dotrefine-torch.so"

static char *
find_module (void)
{
  g_auto (GStrv) folders = dot_paths_get_module_folders ();

  for (guint i = 0; folders[i]; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], MODULE_NAME, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static const DotEngineClass *
open_module (const char *path,
             GError    **error)
{
  GModule            *module = g_module_open (path, G_MODULE_BIND_LAZY
                                                    | G_MODULE_BIND_LOCAL);
  DotEngineModuleFunc get_class;

  if (! module)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                   _("The backend can't be loaded (%s): install libtorch, or "
                     "install DOT Refine again."), g_module_error ());
      return NULL;
    }
  if (! g_module_symbol (module, DOT_ENGINE_SYMBOL, (gpointer *) &get_class)
      || get_class ()->abi != DOT_ENGINE_ABI)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                   _("The backend %s is of another version: install DOT Refine "
                     "again."), path);
      g_module_close (module);
      return NULL;
    }

  /* libtorch can't be unloaded once its threads run.  */
  g_module_make_resident (module);
  return get_class ();
}

/**
 * dot_engine_load:
 *
 * Loads the engine's module, and with it libtorch, at the first call; takes
 * most of a second.  A failure is tried again at the next call.
 *
 * Returns: (transfer none): the engine, or %NULL with
 *   %DOT_ERROR_NO_BACKEND
 */
const DotEngineClass *
dot_engine_load (GError **error)
{
  static GMutex                lock;
  static const DotEngineClass *loaded = NULL;
  g_autoptr (GMutexLocker)     locker = g_mutex_locker_new (&lock);
  g_autofree char             *path   = NULL;

  if (loaded)
    return loaded;

  path = find_module ();
  if (! path)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                   _("The backend %s is missing: install DOT Refine again, or "
                     "set DOT_REFINE_MODULE_DIR to its folder."), MODULE_NAME);
      return NULL;
    }
  return loaded = open_module (path, error);
}

/**
 * dot_backend_check:
 * @description: (out) (transfer full) (optional): library, version, devices
 *
 * Loads the backend if it isn't loaded yet.
 *
 * Returns: %FALSE with one sentence where it can't be
 */
gboolean
dot_backend_check (char   **description,
                   GError **error)
{
  const DotEngineClass *engine = dot_engine_load (error);

  if (! engine)
    return FALSE;
  if (description)
    *description = engine->describe ();
  return TRUE;
}
