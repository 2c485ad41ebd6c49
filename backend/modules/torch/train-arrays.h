/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A trainer's arrays, one after the other.  C++, for modules/torch/ only. */

#pragma once

#include "train-network.h"
#include "train-optimizer.h"
#include "train-projected.h"

namespace dot_torch
{

/* Who is told of arrays, and whether what is left in them is taken. */
struct Visit
{
  bool                store;
  DotTrainerArrayFunc func;
  gpointer            user_data;
  GError            **error;
};

bool visit_parameters (const Visit                    &to,
                       const std::string              &whose,
                       const std::vector<std::string> &names,
                       const std::vector<Tensor>      &values);
bool visit_network (const Visit &to, const std::string &whose, TrainNetwork &network);
bool visit_adam (const Visit &to, const std::string &whose, Adam &adam);
bool visit_projected (const Visit &to, ProjectedJudge &judge);

} // namespace dot_torch
