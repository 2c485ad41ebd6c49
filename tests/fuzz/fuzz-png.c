/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The text that a picture carries, not of more than a megabyte. */

#include "fuzz.h"

#include "format/png.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = dot_png_find_text (data, size, "dot-refine", 1 << 20);

  g_assert_true (! text || g_utf8_validate (text, -1, NULL));
  return 0;
}
