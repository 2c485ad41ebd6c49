/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "engine.h"

#include "gpu.h"
#include "base/module.h"

/* By DotEngine; there is none for "automatic".  The last is the native engine
 * on a GPU. */
static const char *const module_names[] = { NULL, "dotrefine-native.so", "dotrefine-torch.so",
                                            "dotrefine-cuda.so" };

#define NATIVE_ON_GPU 3

/**
 * dot_engine_load:
 * @engine: which, not %DOT_ENGINE_AUTO
 * @device: what it is to compute on: the native engine has a module for each
 *
 * Returns: (transfer none): the engine, or %NULL with
 *   %DOT_ERROR_NO_BACKEND
 */
const DotEngineClass *
dot_engine_load (DotEngine engine, DotDevice device, GError **error)
{
  guint module = engine;

  if (engine == DOT_ENGINE_NATIVE && device == DOT_DEVICE_CUDA)
    module = NATIVE_ON_GPU;
  return dot_module_load (module_names[module], DOT_ENGINE_SYMBOL, DOT_ENGINE_ABI, error);
}

/**
 * dot_engine_check:
 * @description: (out) (transfer full) (optional): libraries, versions, devices
 *
 * Loads the engines that aren't loaded yet.
 *
 * Returns: %FALSE with one sentence where there is none
 */
gboolean
dot_engine_check (char **description, GError **error)
{
  const DotEngineClass *native = dot_engine_load (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, NULL);
  const DotEngineClass *gpu    = dot_gpu_may_exist ()
                                   ? dot_engine_load (DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, NULL)
                                   : NULL;
  const DotEngineClass *torch  = dot_engine_load (DOT_ENGINE_TORCH, DOT_DEVICE_CPU,
                                                 native || gpu ? NULL : error);
  const DotEngineClass *all[]  = { native, gpu, torch };
  g_autoptr (GString) text     = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i])
      {
        g_autofree char *one = all[i]->describe ();

        g_string_append_printf (text, "%s%s", text->len ? "; " : "", one);
      }

  if (! native && ! gpu && ! torch)
    return FALSE;
  if (description)
    *description = g_strdup (text->str);
  return TRUE;
}

/**
 * dot_engine_measure_peak:
 * @precision: float32 or bfloat16
 * @convolution: (out): floating-point operations a second of a large
 *   convolution
 * @product: (out): of a large product of matrices
 *
 * Times both on this processor, as the native engine would compute them: what
 * an update can be compared with.
 */
gboolean
dot_engine_measure_peak (DotPrecision precision,
                         double      *convolution,
                         double      *product,
                         GError     **error)
{
  const DotPeakClass *peak = dot_module_load (module_names[DOT_ENGINE_NATIVE], DOT_PEAK_SYMBOL,
                                              DOT_PEAK_ABI, error);

  return peak && peak->measure (precision, convolution, product, error);
}
