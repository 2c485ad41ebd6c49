/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A blur that gradients go through.  C++, for modules/torch/ only. */

#pragma once

#include "torch-common.h"

namespace dot_torch
{

Tensor blurred (const Tensor &images, double sigma);

} // namespace dot_torch
