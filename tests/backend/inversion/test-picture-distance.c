/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How far pictures are apart, against hand-made ones and central differences. */

#include "inversion/picture-distance.h"

#include <glib.h>

#define SIDE     8
#define CHANNELS 3
#define N        (CHANNELS * SIDE * SIDE)

static void
draw (float *image, double *target)
{
  for (int i = 0; i < N; i++)
    {
      image[i]  = (float) g_test_rand_double_range (-1.0, 1.0);
      target[i] = g_test_rand_double_range (-1.0, 1.0);
    }
}

static double
loss_of (const float *image, const double *target)
{
  double gradient[N];

  return dot_picture_distance_loss (image, target, CHANNELS, SIDE, gradient);
}

/* The gradient lets one number move at a time; the loss is a square, so that central
 * differences have no error of their own. */
static void
test_gradient (void)
{
  const float h = 1.0f / 64.0f;
  float       image[N];
  double      target[N], gradient[N];

  draw (image, target);
  dot_picture_distance_loss (image, target, CHANNELS, SIDE, gradient);
  for (int i = 0; i < N; i++)
    {
      float  kept = image[i];
      float  ends[2];
      double high, low;

      ends[0] = image[i] = kept + h;
      high               = loss_of (image, target);
      ends[1] = image[i] = kept - h;
      low                = loss_of (image, target);
      image[i]           = kept;
      g_assert_cmpfloat_with_epsilon (gradient[i], (high - low) / ((double) ends[0] - ends[1]),
                                      1e-6 * (1.0 + ABS (gradient[i])) / 10.0);
    }
}

/* What is the same in all pixels is as large at every size; what alternates is gone
 * at half of it. */
static void
test_scales (void)
{
  float  image[N];
  double target[N] = { 0.0 };

  for (int i = 0; i < N; i++)
    image[i] = 0.5f;
  g_assert_cmpfloat_with_epsilon (loss_of (image, target), 0.25, 1e-12);
  g_assert_cmpfloat_with_epsilon (dot_picture_distance_measure (image, target, N), 0.5, 1e-12);

  for (int i = 0; i < N; i++)
    image[i] = i % 2 ? 0.5f : -0.5f;
  g_assert_cmpfloat_with_epsilon (loss_of (image, target), 0.125, 1e-12);
  g_assert_cmpfloat_with_epsilon (dot_picture_distance_measure (image, target, N), 0.5, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-distance/gradient", test_gradient);
  g_test_add_func ("/picture-distance/scales", test_scales);
  return g_test_run ();
}
