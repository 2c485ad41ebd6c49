/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Sauer, Chitta, Müller and Geiger, "Projected GANs converge faster", NeurIPS
 * 2021: small discriminators on the features of a network that is not trained,
 * which are mixed at random across channels and scales. */

#include "train-projected.h"

#include "train-loss.h"

namespace dot_torch
{

/* That of the heads' batch norms is PyTorch's. */
constexpr double EPSILON = 1e-5;

ProjectedJudge::ProjectedJudge (const DotTrainerProjected &source,
                                const Place               &place,
                                at::ScalarType             numbers)
    : weight (source.weight), scale (tensor_of (source.heads->scale, place)),
      features (source.features, place, numbers), compute (numbers)
{
  for (const DotArray *array : source.heads->channel_mixing)
    channel_mixing.push_back (tensor_of (array, place));
  for (const DotArray *array : source.heads->scale_mixing)
    scale_mixing.push_back (tensor_of (array, place));
  for (gsize i = 0; i < DOT_FEATURE_MAPS; i++)
    {
      TrainNetwork network (source.heads->networks[i], place, EPSILON);
      Adam         adam (network.flat, source.betas);

      heads.push_back (
        { std::move (network), std::move (adam), (double) source.heads->n_pixels[i] });
    }
}

/* A convolution that keeps the size; nothing of it is trained. */
Tensor
ProjectedJudge::mix (const Tensor &map, const Tensor &mixing)
{
  Tensor x       = map.to (compute).contiguous (at::MemoryFormat::ChannelsLast);
  gint64 padding = mixing.size (2) / 2;

  return at::conv2d (x, mixing.to (compute), {}, 1, padding);
}

/* m_i = ccm_i ∗ (scale_i f_i); the coarsest is o_3 = m_3, and further
 * o_i = m_i + bilinear (csm_i ∗ o_{i+1}). */
std::vector<Tensor>
ProjectedJudge::look (const Tensor &images)
{
  std::vector<Tensor> maps = features.compute (images);

  for (int i = DOT_FEATURE_MAPS - 1; i >= 0; i--)
    {
      maps[i] = mix (maps[i], channel_mixing[i] * scale[i]);
      if (i + 1 < DOT_FEATURE_MAPS)
        maps[i] = maps[i] + at::upsample_bilinear2d (mix (maps[i + 1], scale_mixing[i]),
                                                     { maps[i].size (2), maps[i].size (3) }, false);
    }
  return maps;
}

/* (B): a head's network ends with a sum over pixels. */
Tensor
ProjectedJudge::head_scores (Head                      &head,
                             const std::vector<Tensor> &weights,
                             const Tensor              &map,
                             const Tensor              &labels,
                             Statistics                 statistics)
{
  return head.network.forward (weights, map, labels, statistics).view (-1) / head.pixels;
}

/* Nothing before the heads is trained, so no gradient goes back there, and real
 * and made pictures go through it together. */
static std::vector<Tensor>
look_at_both (ProjectedJudge &judge, const Tensor &real, const Tensor &fake)
{
  c10::NoGradGuard no_grad;

  return judge.look (at::cat ({ real, fake }));
}

/* The hinge loss of a head.  Real and made pictures are batches of their own to
 * the batch norms.  With @advance the running statistics take in both. */
Tensor
ProjectedJudge::head_loss (Head            &head,
                           const Tensor    &map,
                           const Shown     &shown,
                           bool             advance,
                           DotJudgeFigures *figures)
{
  gint64              n           = shown.real.size (0);
  Statistics          statistics  = advance ? Statistics::TRACK : Statistics::BATCH;
  std::vector<Tensor> weights     = head.network.prepare (advance, compute);
  Tensor              real_map    = map.narrow (0, 0, n);
  Tensor              real_scores = head_scores (head, weights, real_map, shown.labels, statistics);
  Tensor fake_scores = head_scores (head, weights, map.narrow (0, n, n), shown.fake_labels,
                                    statistics);

  figures->real_score += real_scores.mean ().item<double> ();
  figures->fake_score += fake_scores.mean ().item<double> ();
  if (! shown.wrong_labels.defined ())
    return discriminator_loss (DOT_LOSS_HINGE, real_scores, fake_scores);

  Tensor wrong_scores = head_scores (head, weights, real_map, shown.wrong_labels,
                                     Statistics::BATCH);

  return matching_loss (DOT_LOSS_HINGE, real_scores, fake_scores, wrong_scores, shown.mismatch);
}

/* Of each head. */
std::vector<Tensor>
ProjectedJudge::losses (const Shown &shown, bool advance, DotJudgeFigures *figures)
{
  std::vector<Tensor> maps = look_at_both (*this, shown.real, shown.fake);
  std::vector<Tensor> losses;

  for (size_t i = 0; i < heads.size (); i++)
    {
      losses.push_back (head_loss (heads[i], maps[i], shown, advance, figures));
      figures->loss += losses.back ().item<double> ();
    }
  return losses;
}

/* (B): the sum of the heads' scores.  Gradients go to the pictures only. */
Tensor
ProjectedJudge::scores (const Tensor &images, const Tensor &labels, Statistics statistics)
{
  std::vector<Tensor> maps = look (images);
  Tensor              sum;

  for (gsize i = 0; i < heads.size (); i++)
    {
      Tensor score = head_scores (heads[i], heads[i].network.prepare_frozen (compute), maps[i],
                                  labels, statistics);

      sum = sum.defined () ? sum + score : score;
    }
  return sum;
}

} // namespace dot_torch
