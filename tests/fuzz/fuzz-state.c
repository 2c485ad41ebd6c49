/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The state that a picture carries, of the shipped model. */

#include "fuzz.h"

#include "refine/state.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static DotModel *model     = NULL;
  g_autofree char *json      = g_strndup ((const char *) data, size);
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotState) state = NULL;

  if (! model)
    model = dot_model_find (MODELS_DIR "/imagenet10-64", NULL);
  g_assert_nonnull (model);

  state = dot_state_parse (json, model, &error);
  g_assert_true ((state != NULL) == (error == NULL));
  fuzz_check (error);
  return 0;
}
