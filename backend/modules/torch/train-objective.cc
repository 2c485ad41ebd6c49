/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the discriminators and the generator minimise, from what the caller has
 * drawn at random. */

#include "train-objective.h"

#include "train-augment.h"
#include "train-blur.h"
#include "train-loss.h"
#include "train-texture.h"

namespace dot_torch
{

/*  what comes in  */

static Tensor
floats (const Trainer &trainer, const float *values, std::vector<gint64> shape)
{
  if (! values)
    return Tensor ();
  return at::from_blob (const_cast<float *> (values), shape, at::kFloat)
    .to (trainer.place.device, trainer.place.dtype, false, true);
}

/* Samples of a network's input. */
Tensor
samples (const Trainer &trainer, const TrainNetwork &network, const float *values, gsize n)
{
  std::vector<gint64> shape = network.input_shape;

  shape.insert (shape.begin (), (gint64) n);
  return floats (trainer, values, shape);
}

Tensor
labels_of (const Trainer &trainer, const gint32 *labels, gsize n)
{
  if (! labels)
    return Tensor ();
  return at::from_blob (const_cast<gint32 *> (labels), { (gint64) n }, at::kInt)
    .to (trainer.place.device, at::kLong);
}

/* Pictures as they are judged. */
static Tensor
change (const Trainer         &trainer,
        const Tensor          &images,
        const DotTrainerBatch &batch,
        const float           *numbers)
{
  Tensor x = blurred (images, batch.blur);

  if (batch.augment == DOT_AUGMENT_NONE || ! numbers)
    return x;
  return augmented (x, floats (trainer, numbers, { (gint64) batch.size, DOT_AUGMENT_NUMBERS }),
                    batch.augment);
}

/*  losses  */

/* Pictures for the discriminator, which no gradient goes back through. */
Tensor
make_fakes (Trainer &trainer, const DotTrainerBatch &batch, const Tensor &labels)
{
  c10::NoGradGuard no_grad;
  bool             current = batch.fakes == DOT_FAKES_CURRENT;
  bool             final   = batch.fakes == DOT_FAKES_FINAL;
  TrainNetwork    &network = current ? trainer.generator : trainer.average;
  Tensor           latents = samples (trainer, network, batch.latents, batch.size);

  return network.forward (network.prepare (batch.fakes == DOT_FAKES_AVERAGE, trainer.compute),
                          latents, labels, final ? Statistics::OWN : Statistics::BATCH);
}

/* λ mean (‖∇D‖ − 1)² between real pictures and made ones. */
static Tensor
gradient_penalty (Trainer                   &trainer,
                  const std::vector<Tensor> &weights,
                  const DotTrainerBatch     &batch,
                  const Tensor              &real,
                  const Tensor              &fake,
                  const Tensor              &labels,
                  DotTrainerFigures         *figures)
{
  Tensor part  = floats (trainer, batch.mixing, { (gint64) batch.size, 1, 1, 1 });
  Tensor mixed = part * real + (1.0 - part) * fake;
  Tensor slope = slopes (
    [&] (const Tensor &x) {
      return trainer.discriminator.forward (weights, x, labels, Statistics::BATCH);
    },
    mixed);
  Tensor penalty = trainer.penalty * (slope - 1.0).square ().mean ();

  figures->slope   = slope.mean ().item<double> ();
  figures->penalty = penalty.item<double> ();
  return penalty;
}

Shown
show (Trainer &trainer, const DotTrainerBatch &batch, const Tensor &made)
{
  Tensor images = samples (trainer, trainer.discriminator, batch.images, batch.size);

  return { change (trainer, images, batch, batch.real_numbers),
           change (trainer, made, batch, batch.fake_numbers),
           labels_of (trainer, batch.labels, batch.size),
           labels_of (trainer, batch.fake_labels, batch.size),
           batch.mismatch > 0.0 ? labels_of (trainer, batch.wrong_labels, batch.size) : Tensor (),
           batch.mismatch };
}

/* Scores (B) of real pictures, made ones, and real ones as another class, which
 * go through the discriminator together: nothing in it mixes them. */
static std::vector<Tensor>
scores_of (Trainer &trainer, const std::vector<Tensor> &weights, const Shown &shown)
{
  std::vector<Tensor> images = { shown.real, shown.fake };
  std::vector<Tensor> labels = { shown.labels, shown.fake_labels };
  Tensor              all;

  if (shown.wrong_labels.defined ())
    {
      images.push_back (shown.real);
      labels.push_back (shown.wrong_labels);
    }
  if (shown.labels.defined ())
    all = at::cat (labels);
  return trainer.discriminator.forward (weights, at::cat (images), all, Statistics::BATCH)
    .view (-1)
    .chunk ((gint64) images.size ());
}

Tensor
discriminator_objective (Trainer               &trainer,
                         const DotTrainerBatch &batch,
                         const Shown           &shown,
                         bool                   advance,
                         DotTrainerFigures     *figures)
{
  std::vector<Tensor> weights = trainer.discriminator.prepare (advance, trainer.compute);
  std::vector<Tensor> scores  = scores_of (trainer, weights, shown);
  Tensor              loss    = scores.size () > 2
                                  ? matching_loss (trainer.loss, scores[0], scores[1], scores[2], shown.mismatch)
                                  : discriminator_loss (trainer.loss, scores[0], scores[1]);

  figures->loss       = loss.item<double> ();
  figures->real_score = scores[0].mean ().item<double> ();
  figures->fake_score = scores[1].mean ().item<double> ();
  if (trainer.penalty > 0.0)
    loss = loss + gradient_penalty (trainer, weights, batch, shown.real, shown.fake, shown.labels,
                                    figures);
  return loss;
}

std::vector<Tensor>
projected_objectives (Trainer           &trainer,
                      const Shown       &shown,
                      bool               advance,
                      DotTrainerFigures *figures)
{
  return trainer.projected->losses (shown, advance, &figures->projected);
}

/* Pictures that a gradient goes back through to the generator. */
Tensor
make_images (Trainer &trainer, const DotTrainerBatch &batch, bool advance)
{
  Tensor labels  = labels_of (trainer, batch.fake_labels, batch.size);
  Tensor latents = samples (trainer, trainer.generator, batch.latents, batch.size);

  return trainer.generator.forward (trainer.generator.prepare (advance, trainer.compute), latents,
                                    labels, advance ? Statistics::TRACK : Statistics::BATCH);
}

static Tensor
plain_opinion (Trainer           &trainer,
               const Tensor      &images,
               const Tensor      &labels,
               DotTrainerFigures *figures)
{
  Tensor scores = trainer.discriminator.forward (trainer.discriminator.prepare_frozen (
                                                   trainer.compute),
                                                 images, labels, Statistics::BATCH);
  Tensor loss   = generator_loss (trainer.loss, scores);

  figures->loss       = loss.item<double> ();
  figures->fake_score = scores.mean ().item<double> ();
  return loss;
}

static Tensor
projected_opinion (Trainer         &trainer,
                   const Tensor    &images,
                   const Tensor    &labels,
                   DotJudgeFigures *figures)
{
  Tensor scores = trainer.projected->scores (images, labels, Statistics::BATCH);
  Tensor loss   = generator_loss (DOT_LOSS_HINGE, scores);

  figures->loss       = loss.item<double> ();
  figures->fake_score = scores.mean ().item<double> ();
  return loss;
}

/* Of pictures as they are, but for the blur: augmentation changes the grain. */
static Tensor
texture_opinion (Trainer               &trainer,
                 const DotTrainerBatch &batch,
                 const Tensor          &images,
                 DotTrainerFigures     *figures)
{
  Tensor real = samples (trainer, trainer.discriminator, batch.images, batch.size);
  Tensor loss = texture_loss (blurred (images, batch.blur), blurred (real, batch.blur),
                              trainer.ranks);

  figures->texture = loss.item<double> ();
  return loss;
}

/* The weighted sum of what the judges think of the generator's @images; one
 * that is alone needs no weight. */
Tensor
generator_objective (Trainer               &trainer,
                     const DotTrainerBatch &batch,
                     const Tensor          &images,
                     DotTrainerFigures     *figures)
{
  Tensor labels = labels_of (trainer, batch.fake_labels, batch.size);
  Tensor shown  = change (trainer, images, batch, batch.fake_numbers);
  Tensor loss   = at::zeros ({}, images.options ());

  if (! trainer.projected && trainer.texture == 0.0)
    return plain_opinion (trainer, shown, labels, figures);
  if (trainer.weight > 0.0)
    loss = loss + trainer.weight * plain_opinion (trainer, shown, labels, figures);
  if (trainer.projected)
    loss = loss + trainer.projected->weight *
                    projected_opinion (trainer, shown, labels, &figures->projected);
  if (trainer.texture > 0.0)
    loss = loss + trainer.texture * texture_opinion (trainer, batch, images, figures);
  return loss;
}

} // namespace dot_torch
