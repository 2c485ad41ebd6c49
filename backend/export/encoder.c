/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "encoder.h"

#include "base/module.h"

/**
 * dot_encoder_load:
 *
 * Loads the module that knows GIF, WebP and fonts, at the first call.
 *
 * Returns: (transfer none): it, or %NULL with %DOT_ERROR_NO_BACKEND
 */
const DotEncoderClass *
dot_encoder_load (GError **error)
{
  static GMutex                 lock;
  static const DotEncoderClass *loaded;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  DotEncoderModuleFunc get_class;
  GModule             *module;

  if (loaded)
    return loaded;

  module = dot_module_open (DOT_ENCODER_MODULE, DOT_ENCODER_SYMBOL, (gpointer *) &get_class, error);
  if (! module)
    return NULL;
  if (! get_class || get_class ()->abi != DOT_ENCODER_ABI)
    {
      dot_module_fail_version (module, error);
      return NULL;
    }

  /* Fonts stay in their caches, which can't be unloaded. */
  g_module_make_resident (module);
  loaded = get_class ();
  return loaded;
}
