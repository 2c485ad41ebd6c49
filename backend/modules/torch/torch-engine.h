/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the engines on libtorch share.  C++, for modules/torch/ only. */

#pragma once

#include <torch/torch.h>

#include <memory>

#include "engine/engine.h"
#include "torch-common.h"

namespace dot_torch
{

/* A pair: images are in [−1, 1], shapes are those of one sample. */
struct Engine
{
  Place               place;
  std::vector<gint64> latent_shape, image_shape;

  virtual ~Engine () = default;

  virtual Tensor generate (const Tensor &latents, const Tensor &labels)    = 0;
  virtual guint  add_blend (guint first, guint second, double amount)      = 0;
  virtual Tensor discriminate (const Tensor &images, const Tensor &labels) = 0;
};

std::unique_ptr<Engine> script_engine_new (const DotScript &script, const Place &place);

} // namespace dot_torch
