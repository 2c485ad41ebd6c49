/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "algebra.h"

#include "base/module.h"

/**
 * dot_metrics_load:
 *
 * Loads the module that knows linear algebra and transport problems, at the first
 * call.
 *
 * Returns: (transfer none): it, or %NULL with %DOT_ERROR_NO_BACKEND
 */
const DotMetricsClass *
dot_metrics_load (GError **error)
{
  static GMutex                 lock;
  static const DotMetricsClass *loaded;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  DotMetricsModuleFunc get_class;
  GModule             *module;

  if (loaded)
    return loaded;

  module = dot_module_open (DOT_METRICS_MODULE, DOT_METRICS_SYMBOL, (gpointer *) &get_class, error);
  if (! module)
    return NULL;
  if (! get_class || get_class ()->abi != DOT_METRICS_ABI)
    {
      dot_module_fail_version (module, error);
      return NULL;
    }

  /* BLAS has threads, which can't be unloaded. */
  g_module_make_resident (module);
  loaded = get_class ();
  return loaded;
}
