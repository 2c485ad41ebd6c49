/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A projected discriminator.  C++, for modules/torch/ only. */

#pragma once

#include "train-maps.h"
#include "train-network.h"
#include "train-optimizer.h"

namespace dot_torch
{

/* What discriminators are shown in an update.
 * @wrong_labels: of the real pictures a second time, with a @mismatch */
struct Shown
{
  Tensor real, fake, labels, fake_labels, wrong_labels;
  double mismatch;
};

/* Of one of the heads. */
struct Head
{
  TrainNetwork network;
  Adam         adam;
  double       pixels; /* of what its scores are the mean of */
};

class ProjectedJudge
{
public:
  ProjectedJudge (const DotTrainerProjected &source, const Place &place, at::ScalarType numbers);

  /* The mixed maps of pictures, one a head. */
  std::vector<Tensor> look (const Tensor &images);

  std::vector<Tensor> losses (const Shown &shown, bool advance, DotJudgeFigures *figures);
  Tensor              scores (const Tensor &images, const Tensor &labels, Statistics statistics);

  double              weight;
  std::vector<Tensor> channel_mixing, scale_mixing;
  Tensor              scale;
  std::vector<Head>   heads;

private:
  FeatureMaps    features;
  at::ScalarType compute;

  Tensor head_loss (Head            &head,
                    const Tensor    &map,
                    const Shown     &shown,
                    bool             advance,
                    DotJudgeFigures *figures);
  Tensor mix (const Tensor &map, const Tensor &mixing);
  Tensor head_scores (Head                      &head,
                      const std::vector<Tensor> &weights,
                      const Tensor              &map,
                      const Tensor              &labels,
                      Statistics                 statistics);
};

} // namespace dot_torch
