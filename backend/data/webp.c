/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures in WebP, by a module. */

#include "webp.h"

#include "base/module.h"

#include <string.h>

/**
 * dot_webp_is_webp:
 *
 * Returns: whether a file's bytes begin as WebP does
 */
gboolean
dot_webp_is_webp (gconstpointer bytes, gsize n_bytes)
{
  return n_bytes >= 12 && memcmp (bytes, "RIFF", 4) == 0 &&
         memcmp ((const char *) bytes + 8, "WEBP", 4) == 0;
}

/**
 * dot_webp_load:
 *
 * Returns: (transfer none) (nullable): what knows WebP
 */
const DotWebpClass *
dot_webp_load (void)
{
  return dot_module_load (DOT_WEBP_MODULE, DOT_WEBP_SYMBOL, DOT_WEBP_ABI, NULL);
}
