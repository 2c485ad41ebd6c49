/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The generator's last layers, which learn to smooth its pictures.  C++, for
 * modules/torch/ only. */

#pragma once

#include "train-objective.h"

namespace dot_torch
{

void update_retouch (Trainer &trainer, const DotTrainerBatch &batch, DotTrainerFigures *figures);

} // namespace dot_torch
