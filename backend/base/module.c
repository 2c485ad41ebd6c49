/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is loaded at run time only, so that no program needs it to start. */

#include "module.h"

#include "dot.h"
#include "paths.h"

#include "intl.h"

#include <gmodule.h>

typedef gconstpointer (*ClassFunc) (void);

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

static GModule *
open_path (const char *path, GError **error)
{
  GModule *module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (! module)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                 _ (
                   "The backend can't be loaded (%s): install what it needs, allow more memory, or "
                   "install DOT Refine again."),
                 g_module_error ());
  return module;
}

static GModule *
open_module (const char *name, GError **error)
{
  g_autofree char *path = find_module (name);

  if (path)
    return open_path (path, error);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
               _ ("The backend %s is missing: install DOT Refine again, or "
                  "set DOT_REFINE_MODULE_DIR to its folder."),
               name);
  return NULL;
}

/* What every class begins with. */
static gboolean
has_abi (gconstpointer klass, guint abi)
{
  return klass && *(const guint *) klass == abi;
}

static gconstpointer
get_class (GModule *module, const char *symbol, guint abi, GError **error)
{
  ClassFunc     func  = NULL;
  gconstpointer klass = NULL;

  /* Libraries have threads and caches, which can't be unloaded. */
  g_module_make_resident (module);
  if (g_module_symbol (module, symbol, (gpointer *) &func) && func)
    klass = func ();
  if (has_abi (klass, abi))
    return klass;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
               _ ("The backend %s is of another version: install DOT Refine again."),
               g_module_name (module));
  return NULL;
}

static gconstpointer
load_class (const char *name, const char *symbol, guint abi, GError **error)
{
  GModule *module = open_module (name, error);

  return module ? get_class (module, symbol, abi, error) : NULL;
}

/**
 * dot_module_exists:
 *
 * Returns: whether there is a module called @name, which may still not load
 */
gboolean
dot_module_exists (const char *name)
{
  g_autofree char *path = find_module (name);

  return path != NULL;
}

/**
 * dot_module_load:
 * @name: "dotrefine-torch.so", in one of the folders for modules
 * @symbol: of the function that it exports, which takes nothing and returns a
 *   class: a struct that begins with a #guint, its abi
 * @abi: what that one must be
 *
 * Loads a module, and with it its libraries, at the first call; for libtorch
 * that takes most of a second.  A failure is tried again at the next call.
 *
 * Returns: (transfer none): the class, or %NULL with %DOT_ERROR_NO_BACKEND
 */
gconstpointer
dot_module_load (const char *name, const char *symbol, guint abi, GError **error)
{
  static GMutex      lock;
  static GHashTable *loaded;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *key            = g_strconcat (name, ":", symbol, NULL);
  gconstpointer    klass;

  if (! loaded)
    loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  klass = g_hash_table_lookup (loaded, key);
  if (! klass && (klass = load_class (name, symbol, abi, error)))
    g_hash_table_insert (loaded, g_steal_pointer (&key), (gpointer) klass);
  return klass;
}

/**
 * dot_module_check:
 * @path: a module's file, wherever it is
 *
 * Loads it as dot_module_load() would, and leaves it loaded.
 *
 * Returns: %FALSE with %DOT_ERROR_NO_BACKEND where that can't be
 */
gboolean
dot_module_check (const char *path, const char *symbol, guint abi, GError **error)
{
  GModule *module = open_path (path, error);

  return module && get_class (module, symbol, abi, error);
}
