/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "gpu.h"

#include "probe.h"
#include "base/module.h"

#include "base/intl.h"

#include <gmodule.h>

#define MODULE_NAME "dotrefine-cuda.so"

/**
 * dot_gpu_may_exist:
 *
 * Looks for the driver's device file: where it isn't, nothing need ask CUDA.
 */
gboolean
dot_gpu_may_exist (void)
{
  return g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS) ||
         g_file_test ("/dev/dxg", G_FILE_TEST_EXISTS);
}

/**
 * dot_gpu_describe:
 * @description: (out) (transfer full): the GPU's name, architecture, memory
 *   and cuDNN's version, or why there is none that works
 *
 * Asks the GPU to compute a convolution.  This initialises CUDA: it is for
 * diagnostics only, and nothing that runs on the CPU calls it.
 *
 * Returns: whether the result was right
 */
gboolean
dot_gpu_describe (char **description)
{
  const DotProbeClass *probe;
  char                 text[256] = "";
  gboolean             works;

  if (! dot_module_exists (MODULE_NAME))
    {
      *description = g_strdup (_ ("this build has no CUDA part"));
      return FALSE;
    }
  probe = dot_module_load (MODULE_NAME, DOT_PROBE_SYMBOL, DOT_PROBE_ABI, NULL);
  if (! probe)
    {
      *description = g_strdup (g_module_error ());
      return FALSE;
    }
  works        = probe->probe (text, sizeof (text));
  *description = g_strdup (text);
  return works;
}
