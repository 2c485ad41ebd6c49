/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Labels as a run takes them. */

#include "fuzz.h"

#include "refine/candidates.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static DotModel *model               = NULL;
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (GError) error             = NULL;
  g_auto (DotCandidates) candidates    = {
    0,
  };

  if (! model)
    model = dot_model_find (MODELS_DIR "/imagenet10-64", NULL);
  g_assert_nonnull (model);

  options->labels = g_strdup (fuzz_write ("labels.npy", data, size));
  dot_candidates_init (&candidates, model, options, &error);
  fuzz_check (error);
  return 0;
}
