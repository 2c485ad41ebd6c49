/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The feature network of a projected discriminator.  C++, for modules/torch/
 * only. */

#pragma once

#include "script-file.h"
#include "train/trainer.h"

namespace dot_torch
{

/* A TorchScript module that gives %DOT_FEATURE_MAPS maps of pictures.  It isn't
 * trained, but gradients go through it to the pictures. */
class FeatureMaps
{
public:
  FeatureMaps (const DotFeatureNetwork &source, const Place &place, at::ScalarType numbers);

  std::vector<Tensor> compute (const Tensor &images);

private:
  std::string        path;
  torch::jit::Module module;
  Place              place;
  at::ScalarType     compute_type;
  guint              side;

  torch::jit::IValue  call (const Tensor &images);
  std::vector<Tensor> take (const torch::jit::IValue &value, gint64 n);
};

} // namespace dot_torch
