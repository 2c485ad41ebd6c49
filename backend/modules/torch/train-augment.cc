/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Zhao, Liu, Lin, Zhu and Han, "Differentiable augmentation for data-efficient
 * GAN training", NeurIPS 2020: real and generated pictures are changed alike,
 * and gradients go through the change. */

#include "train-augment.h"

namespace dot_torch
{

/* A picture is moved by up to this part of its size; the hole that is cut out
 * of it has this part of its side. */
constexpr double MOVED = 0.125;
constexpr double CUT   = 0.5;

/* Column @i of the numbers, as (B, 1, 1, 1). */
static Tensor
column (const Tensor &numbers, gint64 i)
{
  return numbers.select (1, i).view ({ -1, 1, 1, 1 });
}

/* Brightness by up to ±0.5, saturation from 0 to 2, contrast from 0.5 to
 * 1.5. */
static Tensor
change_color (const Tensor &images, const Tensor &numbers)
{
  Tensor x    = images + (column (numbers, 0) - 0.5);
  Tensor gray = x.mean (1, true);

  x            = gray + (x - gray) * (column (numbers, 1) * 2.0);
  Tensor level = x.mean ({ 1, 2, 3 }, true);
  return level + (x - level) * (column (numbers, 2) + 0.5);
}

/* A number in (0, 1) as one of the whole numbers from @first to @last. */
static Tensor
whole_number (const Tensor &number, gint64 first, gint64 last)
{
  return (number * (double) (last - first + 1)).floor ().clamp_max (last - first).to (at::kLong) +
         first;
}

/* Moves by whole pixels; what comes in from outside is 0. */
static Tensor
move (const Tensor &images, const Tensor &numbers)
{
  gint64 height = images.size (2), width = images.size (3);
  gint64 down   = (gint64) (height * MOVED + 0.5);
  gint64 across = (gint64) (width * MOVED + 0.5);
  auto   whole  = numbers.options ().dtype (at::kLong);
  Tensor y      = at::arange (height, whole).view ({ 1, -1, 1 }) +
             whole_number (numbers.select (1, 3), -down, down).view ({ -1, 1, 1 });
  Tensor x = at::arange (width, whole).view ({ 1, 1, -1 }) +
             whole_number (numbers.select (1, 4), -across, across).view ({ -1, 1, 1 });
  Tensor padded = at::constant_pad_nd (images, { 1, 1, 1, 1 });
  Tensor places = (y + 1).clamp (0, height + 1) * (width + 2) + (x + 1).clamp (0, width + 1);

  places = places.view ({ images.size (0), 1, -1 }).expand ({ -1, images.size (1), -1 });
  return padded.flatten (2).gather (2, places).view (images.sizes ());
}

/* For each pixel of one axis, whether the hole covers it: (B, size). */
static Tensor
covered (const Tensor &number, gint64 size)
{
  gint64 hole   = (gint64) (size * CUT + 0.5);
  Tensor middle = whole_number (number, 0, size - (hole % 2)).unsqueeze (1);
  Tensor places = at::arange (size, middle.options ()).unsqueeze (0);

  return places.ge (middle - hole / 2).logical_and (places.lt (middle - hole / 2 + hole));
}

static Tensor
cut (const Tensor &images, const Tensor &numbers)
{
  Tensor rows    = covered (numbers.select (1, 5), images.size (2));
  Tensor columns = covered (numbers.select (1, 6), images.size (3));
  Tensor hole    = rows.unsqueeze (2).logical_and (columns.unsqueeze (1));

  return images.masked_fill (hole.unsqueeze (1), 0.0);
}

/* @numbers is (B, DOT_AUGMENT_NUMBERS), each in (0, 1). */
Tensor
augmented (const Tensor &images, const Tensor &numbers, DotAugment which)
{
  Tensor x = images;

  if (which & DOT_AUGMENT_COLOR)
    x = change_color (x, numbers);
  if (which & DOT_AUGMENT_TRANSLATION)
    x = move (x, numbers);
  if (which & DOT_AUGMENT_CUTOUT)
    x = cut (x, numbers);
  return x;
}

} // namespace dot_torch
