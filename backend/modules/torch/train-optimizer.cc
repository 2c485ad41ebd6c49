/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "train-optimizer.h"

#include <cmath>

namespace dot_torch
{

constexpr double EPSILON = 1e-8;

Adam::Adam (const Tensor &flat, const double betas[2])
    : first (at::zeros_like (flat)), second (at::zeros_like (flat)), beta1 (betas[0]),
      beta2 (betas[1])
{
}

/* In Chainer's form: p −= α √(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε). */
void
Adam::step (Tensor &flat, const Tensor &gradient, double rate, guint64 t)
{
  double scaled = rate * std::sqrt (1.0 - std::pow (beta2, (double) t)) /
                  (1.0 - std::pow (beta1, (double) t));

  first.lerp_ (gradient, 1.0 - beta1);
  second.mul_ (beta2).addcmul_ (gradient, gradient, 1.0 - beta2);
  flat.addcdiv_ (first, second.sqrt ().add_ (EPSILON), -scaled);
}

} // namespace dot_torch
