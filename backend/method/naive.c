/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The same as dot.c without the distance: gradient ascent on the score. */

#include "method-list.h"

#include "base/intl.h"

const DotMethodClass dot_method_naive = {
  .kind      = DOT_METHOD_KIND_PATH,
  .needs     = DOT_METHOD_NEEDS_K_EFF,
  .step_size = 0.01,
  .updates   = 16,
  .assumes   = N_ ("A higher score is a better picture, however far away it lies."),
};
