/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "manifest.h"

const char *const dot_manifest_roles[2] = { "generator", "discriminator" };

static gboolean
is_script (const char *name)
{
  return g_strcmp0 (name, DOT_SCRIPT_ARCHITECTURE) == 0;
}

/**
 * dot_manifest_has_script:
 *
 * Returns: whether one of the files at least is TorchScript
 */
gboolean
dot_manifest_has_script (const DotManifest *manifest)
{
  return is_script (manifest->architecture) || is_script (manifest->discriminator_architecture);
}

void
dot_manifest_free (DotManifest *manifest)
{
  if (! manifest)
    return;

  g_free (manifest->title);
  g_free (manifest->license);
  g_free (manifest->provenance);
  g_free (manifest->architecture);
  g_free (manifest->discriminator_architecture);
  for (int i = 0; i < 2; i++)
    {
      g_free (manifest->files[i]);
      g_free (manifest->checksums[i]);
    }
  g_clear_pointer (&manifest->classes, g_array_unref);
  g_free (manifest->k_eff);
  g_free (manifest);
}
