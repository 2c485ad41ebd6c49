/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "fuzz.h"

#include "pair/manifest.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char        *folder   = NULL;
  g_autoptr (GError)      error    = NULL;
  g_autoptr (DotManifest) manifest = NULL;

  folder   = g_path_get_dirname (fuzz_write ("model.json", data, size));
  manifest = dot_manifest_read (folder, &error);
  g_assert_true ((manifest != NULL) == (error == NULL));
  fuzz_check (error);
  return 0;
}
