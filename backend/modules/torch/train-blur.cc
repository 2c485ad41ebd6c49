/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What judges see at the beginning of a training, so that they and the
 * generator agree on shapes before they look at the grain: Karras et al.,
 * "Alias-free generative adversarial networks", NeurIPS 2021, and Sauer,
 * Schwarz and Geiger, "StyleGAN-XL", SIGGRAPH 2022. */

#include "train-blur.h"

#include <algorithm>
#include <cmath>

namespace dot_torch
{

/* So many deviations of the window are computed with. */
constexpr double REACH = 3.0;

/* exp (−x² / 2σ²) of the whole numbers from −@reach to @reach, which sum up to
 * 1: (1, 1, 2 @reach + 1). */
static Tensor
make_window (double sigma, gint64 reach, const at::TensorOptions &options)
{
  Tensor x      = at::arange (-reach, reach + 1, at::kDouble) / sigma;
  Tensor window = (x.square () * -0.5).exp ();

  return (window / window.sum ()).view ({ 1, 1, -1 }).to (options);
}

/**
 * blurred:
 * @images: (B, C, H, W)
 * @sigma: the deviation of a Gaussian, in pixels
 *
 * The pixels at the border go on outside.
 *
 * Returns: @images itself where the window reaches less than a pixel, which is
 *   with σ under 1/3
 */
Tensor
blurred (const Tensor &images, double sigma)
{
  gint64 reach = std::min ((gint64) (sigma * REACH), std::min (images.size (2), images.size (3)));
  gint64 channels = images.size (1);

  if (reach < 1)
    return images;

  Tensor window = make_window (sigma, reach, images.options ()).expand ({ channels, 1, -1 });
  Tensor padded = at::replication_pad2d (images, { reach, reach, reach, reach });
  Tensor rows = at::conv2d (padded, window.unsqueeze (2), {}, { 1, 1 }, at::IntArrayRef ({ 0, 0 }),
                            { 1, 1 }, channels);

  return at::conv2d (rows, window.unsqueeze (3), {}, { 1, 1 }, at::IntArrayRef ({ 0, 0 }), { 1, 1 },
                     channels);
}

} // namespace dot_torch
