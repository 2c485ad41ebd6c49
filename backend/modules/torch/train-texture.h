/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How far the grain of made pictures is from that of real ones.  C++, for
 * modules/torch/ only. */

#pragma once

#include "train-ranks.h"

namespace dot_torch
{

Tensor texture_loss (const Tensor &made, const Tensor &real, Ranks *ranks);

} // namespace dot_torch
