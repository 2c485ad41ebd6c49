/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a generator paints, and the same without its grain: where there is little
 * detail of the finest size it is taken for grain and shrunk (Wiener's filter, on
 * Haar's wavelets at each pixel), and colours are smoothed as photographs' are.
 * Two layers learn the difference. */

#include "train-retouch.h"

namespace dot_torch
{

/* Colours in [0, 1] to what the eye takes for their lightness (ITU-R BT.601). */
constexpr double LIGHTNESS[] = { 0.299, 0.587, 0.114 };

/* Detail is compared with that of a window of so many pixels a side. */
constexpr gint64 WINDOW = 5;

/* Where there is no detail at all nothing is divided by. */
constexpr double TINY = 1e-9;

/* (B, 1, H, W) of (B, 3, H, W). */
static Tensor
lightness_of (const Tensor &images)
{
  Tensor weights = at::tensor (at::ArrayRef<double> (LIGHTNESS), images.options ());

  return (images * weights.view ({ 1, 3, 1, 1 })).sum (1, true);
}

/* Each pixel and, with the weight @side each, its two neighbours in a row; then
 * the same in columns. */
static Tensor
softened (const Tensor &images, double side)
{
  Tensor padded = at::replication_pad2d (images, { 1, 1, 1, 1 });
  Tensor rows   = (1.0 - 2.0 * side) * padded.slice (2, 1, -1) +
                side * (padded.slice (2, 0, -2) + padded.slice (2, 2));

  return (1.0 - 2.0 * side) * rows.slice (3, 1, -1) +
         side * (rows.slice (3, 0, -2) + rows.slice (3, 2));
}

/* c max (0, P − σ²) / P with P the mean of c² around, and σ what grain has. */
static Tensor
shrunk (const Tensor &detail, double grain)
{
  constexpr gint64 around = WINDOW / 2;
  Tensor padded = at::replication_pad2d (detail.square (), { around, around, around, around });
  Tensor power  = at::avg_pool2d (padded, WINDOW, 1);

  return detail * (power - grain * grain).clamp_min (0.0) / (power + TINY);
}

/* Haar's four coefficients of the 2×2 pixels at each place; what is made of each
 * by its four places is averaged. */
static Tensor
without_grain (const Tensor &image, double diagonal, double straight)
{
  Tensor padded = at::replication_pad2d (image, { 1, 1, 1, 1 });
  Tensor top = padded.slice (2, 0, -1), bottom = padded.slice (2, 1);
  Tensor a = top.slice (3, 0, -1), b = top.slice (3, 1);
  Tensor c = bottom.slice (3, 0, -1), d = bottom.slice (3, 1);
  Tensor mean  = (a + b + c + d) / 2.0;
  Tensor right = shrunk ((a + c - b - d) / 2.0, straight);
  Tensor down  = shrunk ((a + b - c - d) / 2.0, straight);
  Tensor cross = shrunk ((a + d - b - c) / 2.0, diagonal);

  a = (mean + right + down + cross).slice (2, 1).slice (3, 1);
  b = (mean - right + down - cross).slice (2, 1).slice (3, 0, -1);
  c = (mean + right - down - cross).slice (2, 0, -1).slice (3, 1);
  d = (mean - right - down + cross).slice (2, 0, -1).slice (3, 0, -1);
  /* Half of the sum is a pixel, and there are four such. */
  return (a + b + c + d) / 8.0;
}

/* (B, 3, H, W) in [−1, 1], without what is taken for grain. */
static Tensor
smoothed (const Tensor &images, const DotTrainerRetouch &how)
{
  Tensor lightness = lightness_of (images);
  Tensor colours   = softened (images - lightness, how.colors);

  return (without_grain (lightness, how.grain, how.edges) + colours).clamp (-1.0, 1.0);
}

/**
 * update_retouch:
 *
 * One step of Adam on the averaged generator's retouching, to the mean square
 * of its pictures' distance from what its pictures would be without grain and
 * without retouching.
 */
void
update_retouch (Trainer &trainer, const DotTrainerBatch &batch, DotTrainerFigures *figures)
{
  TrainNetwork &network = trainer.average;
  Tensor        painted;
  Tensor        images   = network.forward (network.prepare (false, trainer.compute),
                                            samples (trainer, network, batch.latents, batch.size),
                                            labels_of (trainer, batch.fake_labels, batch.size),
                                            Statistics::OWN, &painted);
  Tensor        wanted   = smoothed (painted.detach (), trainer.retouch);
  Tensor        loss     = (images.to (wanted.scalar_type ()) - wanted).square ().mean ();
  Tensor        tail     = network.tail (DOT_RETOUCH_PREFIX);
  Tensor        gradient = flat_gradient (loss, network, DOT_RETOUCH_PREFIX);

  figures->loss = loss.item<double> ();

  c10::NoGradGuard no_grad;

  trainer.retouch_adam.step (tail, gradient, batch.rate, batch.update);
}

} // namespace dot_torch
