/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How far two pictures are apart, and in which direction they come together. */

#include "picture-distance.h"

#include <math.h>

/* Pictures are halved down to this. */
#define SMALLEST_SIDE 4

static gboolean
can_halve (guint side)
{
  return side % 2 == 0 && side / 2 >= SMALLEST_SIDE;
}

static guint
count_scales (guint side)
{
  guint n = 1;

  for (; can_halve (side); side /= 2)
    n++;
  return n;
}

/* The item of a picture of half the side that an item lies in. */
static gsize
find_parent (gsize item, guint side)
{
  gsize column = item % side;
  gsize row    = item / side % side;
  gsize plane  = item / ((gsize) side * side);
  guint half   = side / 2;

  return (plane * half + row / 2) * half + column / 2;
}

static double *
halve (const double *picture, guint channels, guint side)
{
  gsize   n      = (gsize) channels * side * side;
  double *halved = g_new0 (double, n / 4);

  for (gsize i = 0; i < n; i++)
    halved[find_parent (i, side)] += picture[i] / 4.0;
  return halved;
}

/* Means are linear: those of a difference are the means' difference. */
static double
add_scales (const double *difference, guint channels, guint side, double share, double *gradient)
{
  gsize  n   = (gsize) channels * side * side;
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      sum += share * difference[i] * difference[i] / n;
      gradient[i] = 2.0 * share * difference[i] / n;
    }
  if (can_halve (side))
    {
      g_autofree double *halved = halve (difference, channels, side);
      g_autofree double *below  = g_new (double, n / 4);

      sum += add_scales (halved, channels, side / 2, share, below);
      for (gsize i = 0; i < n; i++)
        gradient[i] += below[find_parent (i, side)] / 4.0;
    }
  return sum;
}

/**
 * dot_picture_distance_measure:
 * @n: numbers of each
 *
 * Returns: the root of the mean square of what they differ by
 */
double
dot_picture_distance_measure (const float *image, const double *target, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (image[i] - target[i]) * (image[i] - target[i]);
  return sqrt (sum / n);
}

/**
 * dot_picture_distance_loss:
 * @image, @target: (channels, side, side)
 * @gradient: (out): (channels, side, side) with respect to @image
 *
 * Returns: the mean square of what they differ by, at full size, at half of it, and
 *   so on: the mean of all these, so that colours and large shapes are found before
 *   what is small
 */
double
dot_picture_distance_loss (const float  *image,
                           const double *target,
                           guint         channels,
                           guint         side,
                           double       *gradient)
{
  gsize              n          = (gsize) channels * side * side;
  g_autofree double *difference = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    difference[i] = image[i] - target[i];
  return add_scales (difference, channels, side, 1.0 / count_scales (side), gradient);
}
