/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Adam.  C++, for modules/torch/ only. */

#pragma once

#include "torch-common.h"

namespace dot_torch
{

/* Of one network's parameters, which lie in one tensor. */
struct Adam
{
  Tensor first, second;
  double beta1, beta2;

  Adam (const Tensor &flat, const double betas[2]);

  void step (Tensor &flat, const Tensor &gradient, double rate, guint64 t);
};

} // namespace dot_torch
