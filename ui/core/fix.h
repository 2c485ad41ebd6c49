/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "settings.h"

G_BEGIN_DECLS

/**
 * DotFix:
 * @DOT_FIX_NONE: only the person knows
 * @DOT_FIX_MODELS: open the page of models
 * @DOT_FIX_CLASS: go to the class
 * @DOT_FIX_PROCESSOR: compute on the processor, and refine
 * @DOT_FIX_COUNT: half as many pictures, and refine
 * @DOT_FIX_FOLDER: choose another export folder
 * @DOT_FIX_SEED: start from a seed, and refine
 * @DOT_FIX_AGAIN: refine again
 * @DOT_FIX_IMAGE: put the pictures into a new image
 * @DOT_FIX_LAYERS: add the pictures to the image again
 *
 * What would help.
 */
typedef enum
{
  DOT_FIX_NONE,
  DOT_FIX_MODELS,
  DOT_FIX_CLASS,
  DOT_FIX_PROCESSOR,
  DOT_FIX_COUNT,
  DOT_FIX_FOLDER,
  DOT_FIX_SEED,
  DOT_FIX_AGAIN,
  DOT_FIX_IMAGE,
  DOT_FIX_LAYERS
} DotFix;

DotFix      dot_fix_find (const GError *problem, DotSettings *settings);
const char *dot_fix_get_label (DotFix fix);
gboolean    dot_fix_apply (DotFix fix, DotSettings *settings);

G_END_DECLS
