/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Discriminator optimal transport (Tanaka, NeurIPS 2019): dot_transport() is its
 * Algorithms 1 to 3, dot_objective_gradient() what they descend. */

#include "method-list.h"

#include "base/intl.h"

const DotMethodClass dot_method_dot = {
  .kind      = DOT_METHOD_KIND_PATH,
  .needs     = DOT_METHOD_NEEDS_K_EFF,
  .step_size = 0.01,
  .updates   = 16,
  .assumes = N_ ("The discriminator is a Lipschitz function, of whatever scale; with a "
                 "normal prior gradients are projected, with a uniform one latents are "
                 "clipped."),
};
