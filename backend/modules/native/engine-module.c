/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The native engine as a module: on the CPU. */

#include "modules/plan/native-engine.h"

#include <gmodule.h>

static const DotEngineClass native_class = {
  .abi             = DOT_ENGINE_ABI,
  .describe        = dot_context_describe,
  .create          = dot_native_engine_create,
  .create_scripts  = dot_native_engine_create_scripts,
  .destroy         = dot_native_engine_destroy,
  .get_device_name = dot_native_engine_get_device_name,
  .add_blend       = dot_native_engine_add_blend,
  .generate        = dot_native_engine_generate,
  .score           = dot_native_engine_score,
  .discriminate    = dot_native_engine_discriminate,
  .backward        = dot_native_engine_backward,
};

G_MODULE_EXPORT const DotEngineClass *dot_engine_module (void);

G_MODULE_EXPORT const DotEngineClass *
dot_engine_module (void)
{
  return &native_class;
}
