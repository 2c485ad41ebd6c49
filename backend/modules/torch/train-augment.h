/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Augmentation that gradients go through.  C++, for modules/torch/ only. */

#pragma once

#include "torch-common.h"
#include "train/trainer.h"

namespace dot_torch
{

Tensor augmented (const Tensor &images, const Tensor &numbers, DotAugment which);

} // namespace dot_torch
