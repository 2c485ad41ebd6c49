/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "gpu.h"

#include "probe.h"
#include "base/paths.h"

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

static GModule *
open_probe (char **reason)
{
  GModule *module        = NULL;
  g_auto (GStrv) folders = dot_paths_get_module_folders ();

  for (guint i = 0; folders[i]; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], MODULE_NAME, NULL);

      if (! g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
      if (! module)
        *reason = g_strdup (g_module_error ());
      return module;
    }

  *reason = g_strdup (_ ("this build has no CUDA part"));
  return NULL;
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
  GModule         *module = open_probe (description);
  DotCudaProbeFunc probe;
  char             text[256] = "";
  gboolean         works     = FALSE;

  if (! module)
    return FALSE;

  if (g_module_symbol (module, DOT_CUDA_PROBE_SYMBOL, (gpointer *) &probe))
    works = probe (text, sizeof (text));
  *description = g_strdup (text);
  /* CUDA's own threads may still run in it. */
  g_module_make_resident (module);
  return works;
}
