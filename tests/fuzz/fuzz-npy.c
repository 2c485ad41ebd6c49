/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "fuzz.h"

#include "format/npy.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error  = NULL;
  g_autofree double *values = NULL;
  DotNpyHeader       header;

  values = dot_npy_read (fuzz_write ("input.npy", data, size), &header, &error);
  g_assert_true ((values != NULL) == (error == NULL));
  fuzz_check (error);
  return 0;
}
