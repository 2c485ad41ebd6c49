/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What an update minimises.  C++, for modules/torch/ only. */

#pragma once

#include "network/retouch.h"
#include "train-network.h"
#include "train-optimizer.h"
#include "train-projected.h"
#include "train-ranks.h"

#include <memory>

namespace dot_torch
{

/* @compute: numbers of convolutions; @place.dtype of all else.
 * @weight: of the discriminator in the generator's loss; with 0 it is left as
 * it is
 * @texture: what the grain weighs in it
 * @retouch: what the averaged generator's last layers learn, whose parameters
 * @retouch_adam moves
 * @ranks: those whose batches together are one, or nullptr */
struct Trainer
{
  Place                           place;
  at::ScalarType                  compute;
  DotLoss                         loss;
  double                          penalty, weight, texture;
  DotTrainerRetouch               retouch;
  TrainNetwork                    generator, average, discriminator;
  Adam                            generator_adam, discriminator_adam, retouch_adam;
  std::unique_ptr<ProjectedJudge> projected;
  Ranks                          *ranks;

  Trainer (const DotNetwork        *g,
           const DotNetwork        *d,
           const Place             &where,
           at::ScalarType           numbers,
           const DotTrainerOptions &options)
      : place (where), compute (numbers), loss (options.loss), penalty (options.penalty),
        weight (options.weight), texture (options.texture), retouch (options.retouch),
        generator (g, where), average (g, where), discriminator (d, where),
        generator_adam (generator.flat, options.betas[0]),
        discriminator_adam (discriminator.flat, options.betas[1]),
        retouch_adam (average.tail (DOT_RETOUCH_PREFIX), options.betas[0]),
        ranks (static_cast<Ranks *> (options.ranks))
  {
    if (options.projected)
      projected = std::make_unique<ProjectedJudge> (*options.projected, where, numbers);
    for (TrainNetwork *network : { &generator, &average, &discriminator })
      network->ranks = ranks;
    for (size_t i = 0; projected && i < projected->heads.size (); i++)
      projected->heads[i].network.ranks = ranks;
  }
};

Tensor samples (const Trainer &trainer, const TrainNetwork &network, const float *values, gsize n);
Tensor labels_of (const Trainer &trainer, const gint32 *labels, gsize n);
Tensor make_fakes (Trainer &trainer, const DotTrainerBatch &batch, const Tensor &labels);
Tensor make_images (Trainer &trainer, const DotTrainerBatch &batch, bool advance);
Shown  show (Trainer &trainer, const DotTrainerBatch &batch, const Tensor &made);
Tensor discriminator_objective (Trainer               &trainer,
                                const DotTrainerBatch &batch,
                                const Shown           &shown,
                                bool                   advance,
                                DotTrainerFigures     *figures);
std::vector<Tensor> projected_objectives (Trainer           &trainer,
                                          const Shown       &shown,
                                          bool               advance,
                                          DotTrainerFigures *figures);
Tensor              generator_objective (Trainer               &trainer,
                                         const DotTrainerBatch &batch,
                                         const Tensor          &images,
                                         DotTrainerFigures     *figures);

} // namespace dot_torch
