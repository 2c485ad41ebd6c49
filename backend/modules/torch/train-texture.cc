/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A judge that isn't trained: it asks how much there is of each fine pattern in
 * each part of a picture, and wants made pictures to have smooth and rough
 * parts as often as real ones do.  The distance between the two distributions
 * of a number is the one-dimensional optimal transport's, which sorting
 * computes. */

#include "train-texture.h"

#include <cmath>

namespace dot_torch
{

/* Patterns are of so many pixels a side, parts of a picture of so many. */
constexpr gint64 PATCH = 4;
constexpr gint64 PART  = 8;

/* Less power than that of one of 255 steps can't be seen. */
constexpr double UNSEEN = (2.0 / 255.0) * (2.0 / 255.0);

/* The orthonormal cosine transform of @n numbers (DCT-II): (n, n). */
static Tensor
cosines (gint64 n)
{
  Tensor frequency = at::arange (n, at::kDouble).view ({ -1, 1 });
  Tensor place     = at::arange (n, at::kDouble) + 0.5;
  Tensor rows      = (frequency * place * (M_PI / (double) n)).cos ();

  return rows / at::linalg_vector_norm (rows, 2.0, { 1 }, true);
}

/* Those of a patch of all channels, but for the ones that are flat: (15 C, C,
 * 4, 4). */
static Tensor
patterns (gint64 channels, const at::TensorOptions &options)
{
  Tensor side = cosines (PATCH);
  Tensor all  = at::einsum ("cx,iy,jz->cijxyz", { cosines (channels), side, side });

  return all.reshape ({ channels, PATCH * PATCH, channels, PATCH, PATCH })
    .slice (1, 1)
    .reshape ({ -1, channels, PATCH, PATCH })
    .to (options);
}

/* The logarithm of each pattern's power in each part of @images (B, C, H, W):
 * (15 C, B H/8 W/8).  The pixels at the border go on outside. */
static Tensor
log_powers (const Tensor &images)
{
  constexpr gint64 before = (PATCH - 1) / 2, after = PATCH / 2;
  Tensor           padded = at::replication_pad2d (images, { before, after, before, after });
  Tensor           found  = at::conv2d (padded, patterns (images.size (1), images.options ()));
  Tensor           powers = at::avg_pool2d (found.square (), { PART, PART });

  return (powers + UNSEEN).log ().transpose (0, 1).flatten (1);
}

/* The (b, n) @values of this rank beside those of all others, in the order of
 * ranks: (b, ranks n). */
static Tensor
gather (const Tensor &values, Ranks *ranks)
{
  if (! ranks)
    return values;

  gint64 n   = values.size (1);
  Tensor all = at::zeros ({ values.size (0), ranks->size * n }, values.options ());

  all.narrow (1, ranks->number * n, n).copy_ (values);
  ranks->sum (all);
  return all;
}

/**
 * texture_loss:
 * @made: (B, C, H, W), which a gradient goes back to
 * @real: as many
 * @ranks: (nullable): whose pictures together are those that are compared; the
 *   loss of all is the mean of theirs
 *
 * W₂² between the distributions of each pattern's log power, which is the mean
 * of (aₖ − bₖ)² over both in order; then the mean over the patterns.
 */
Tensor
texture_loss (const Tensor &made, const Tensor &real, Ranks *ranks)
{
  Tensor own    = log_powers (made);
  Tensor all    = gather (own.detach (), ranks);
  Tensor wanted = std::get<0> (gather (log_powers (real), ranks).sort (1));
  Tensor places = all.argsort (true, 1).argsort (true, 1);

  if (ranks)
    places = places.narrow (1, ranks->number * own.size (1), own.size (1));
  return (own - wanted.gather (1, places)).square ().mean ();
}

} // namespace dot_torch
