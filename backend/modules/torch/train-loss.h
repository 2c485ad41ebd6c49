/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is minimised.  C++, for modules/torch/ only. */

#pragma once

#include "torch-common.h"
#include "train/trainer.h"

#include <functional>

namespace dot_torch
{

Tensor discriminator_loss (DotLoss loss, const Tensor &real, const Tensor &fake);
Tensor matching_loss (DotLoss       loss,
                      const Tensor &real,
                      const Tensor &fake,
                      const Tensor &wrong,
                      double        mismatch);
Tensor generator_loss (DotLoss loss, const Tensor &fake);
Tensor slopes (const std::function<Tensor (const Tensor &)> &discriminator, const Tensor &images);

} // namespace dot_torch
