/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* TorchScript files.  C++, for modules/torch/ only. */

#pragma once

#include "torch-engine.h"

#include <torch/script.h>

namespace dot_torch
{

[[noreturn]] void  fail (DotError code, char *sentence);
std::string        reason_of (const std::string &what);
std::string        shape_of (at::IntArrayRef sizes);
torch::jit::Module read_module (const char *path, torch::Device device);
void               reset_random_numbers (const Place &place);

} // namespace dot_torch
