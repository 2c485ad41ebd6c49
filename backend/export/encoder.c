/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

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
  return dot_module_load (DOT_ENCODER_MODULE, DOT_ENCODER_SYMBOL, DOT_ENCODER_ABI, error);
}
