/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Opens, lists, and reads every array in the shape that it says it has: .npz,
 * .safetensors or one of PyTorch's files, which are told apart by content. */

#include "fuzz.h"

#include "format/weights.h"

static void
read_array (DotWeights *weights, const char *key)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotArray) array = NULL;
  DotShape shape;

  if (dot_weights_get_shape (weights, key, &shape, &error))
    array = dot_weights_read (weights, key, shape.n_dims, shape.axes, &error);
  g_assert_true ((array != NULL) == (error == NULL));
  fuzz_check (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotWeights) weights = NULL;
  g_auto (GStrv) keys            = NULL;

  weights = dot_weights_open (fuzz_write ("input", data, size), &error);
  fuzz_check (error);
  if (weights)
    keys = dot_weights_list_keys (weights);
  for (guint i = 0; keys && keys[i]; i++)
    read_array (weights, keys[i]);
  return 0;
}
