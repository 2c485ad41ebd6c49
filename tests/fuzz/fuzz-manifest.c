/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "fuzz.h"

#include "model/manifest.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char      *path               = fuzz_write ("model.json", data, size);
  g_autofree char *folder             = g_path_get_dirname (path);
  g_autoptr (GError) error            = NULL;
  g_autoptr (GError) other            = NULL;
  g_autoptr (DotManifest) manifest    = dot_manifest_read (folder, &error);
  g_autoptr (DotManifest) description = dot_manifest_read_description (path, &other);

  g_assert_true ((manifest != NULL) == (error == NULL));
  g_assert_true ((description != NULL) == (other == NULL));
  fuzz_check (error);
  fuzz_check (other);
  return 0;
}
