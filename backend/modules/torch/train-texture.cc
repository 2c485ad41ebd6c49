/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A judge that isn't trained: it asks how much there is of each pattern in each
 * part of a picture, and in the whole of it, and wants made pictures to have
 * smooth and rough parts as often as real ones do, and hatchings as seldom.  The
 * distance between the two distributions of a number is the one-dimensional
 * optimal transport's, which sorting computes. */

#include "train-texture.h"

#include <cmath>

namespace dot_torch
{

/* Patterns of a part are of so many pixels a side, fine enough to tell a hatching of
 * three pixels from one of two, and looked for at each second pixel; parts of a
 * picture are of as many. */
constexpr gint64 SIDE   = 8;
constexpr gint64 STRIDE = 2;

/* Those of the whole are taken together with so many neighbours a side. */
constexpr gint64 GROUP = 2;

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

/* Those of the three-dimensional transform of a patch of all channels, but for
 * the ones that are flat: (63 C, C, 8, 8). */
static Tensor
patterns (gint64 channels, const at::TensorOptions &options)
{
  Tensor side = cosines (SIDE);
  Tensor all  = at::einsum ("cx,iy,jz->cijxyz", { cosines (channels), side, side });

  return all.reshape ({ channels, SIDE * SIDE, channels, SIDE, SIDE })
    .slice (1, 1)
    .reshape ({ -1, channels, SIDE, SIDE })
    .to (options);
}

/* The logarithm of each pattern's power in each part of @images (B, C, H, W):
 * (63 C, B H/8 W/8).  The pixels at the border go on outside. */
static Tensor
log_powers_of_parts (const Tensor &images)
{
  constexpr gint64 before = (SIDE - 1) / 2, after = SIDE / 2, part = SIDE / STRIDE;
  Tensor           padded = at::replication_pad2d (images, { before, after, before, after });
  Tensor           all    = patterns (images.size (1), images.options ());
  Tensor           found  = at::conv2d (padded, all, {}, STRIDE);
  Tensor           powers = at::avg_pool2d (found.square (), { part, part });

  return (powers + UNSEEN).log ().transpose (0, 1).flatten (1);
}

/* The logarithm of the power that each group of patterns has in each of @images
 * as a whole: (C H/2 W/2, B). */
static Tensor
log_powers (const Tensor &images)
{
  gint64 channels = images.size (1);
  Tensor colors   = cosines (channels).to (images.options ());
  Tensor rows     = cosines (images.size (2)).to (images.options ());
  Tensor columns  = cosines (images.size (3)).to (images.options ());
  Tensor opponent = at::conv2d (images, colors.view ({ channels, channels, 1, 1 }));
  Tensor found    = rows.matmul (opponent).matmul (columns.t ());
  Tensor powers   = at::avg_pool2d (found.square (), { GROUP, GROUP });

  return (powers + UNSEEN).log ().flatten (1).t ();
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

/* The mean over the rows of W₂² between each row's numbers @made and @real (b,
 * n), where a gradient goes back to @made: the mean of (aₖ − bₖ)² over both in
 * order. */
static Tensor
distance (const Tensor &made, const Tensor &real, Ranks *ranks)
{
  gint64 n      = made.size (1);
  Tensor wanted = std::get<0> (gather (real, ranks).sort (1));
  Tensor places = gather (made.detach (), ranks).argsort (true, 1).argsort (true, 1);

  if (ranks)
    places = places.narrow (1, ranks->number * n, n);
  return (made - wanted.gather (1, places)).square ().mean ();
}

/**
 * texture_loss:
 * @made: (B, C, H, W), which a gradient goes back to
 * @real: as many
 * @ranks: (nullable): whose pictures together are those that are compared; the
 *   loss of all is the mean of theirs
 *
 * W₂² between the distributions of log power in made and in real pictures: the
 * mean over the patterns of parts, and that over those of the whole, added up.
 */
Tensor
texture_loss (const Tensor &made, const Tensor &real, Ranks *ranks)
{
  Tensor parts = distance (log_powers_of_parts (made), log_powers_of_parts (real), ranks);

  return parts + distance (log_powers (made), log_powers (real), ranks);
}

} // namespace dot_torch
