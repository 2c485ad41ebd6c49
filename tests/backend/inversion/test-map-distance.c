/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How far maps are apart, against what is known and central differences. */

#include "inversion/map-distance.h"

#include <glib.h>
#include <string.h>

#define CHANNELS 5
#define PIXELS   3
#define N        (CHANNELS * PIXELS)
#define SHARE    0.7

static void
draw (float *map)
{
  for (int i = 0; i < N; i++)
    map[i] = (float) g_test_rand_double_range (-1.0, 1.0);
}

static double
measure (const float *map, const float *target)
{
  return dot_map_distance_loss (map, target, CHANNELS, PIXELS, SHARE, NULL);
}

/* Directions count: ‖u − v‖² is 0 for the same, 4 for opposite ones, 2 for those at right
 * angles. */
static void
test_known (void)
{
  float map[N], other[N];

  draw (map);
  for (int i = 0; i < N; i++)
    other[i] = 3.0f * map[i];
  g_assert_cmpfloat_with_epsilon (measure (map, other), 0.0, 1e-6);
  for (int i = 0; i < N; i++)
    other[i] = -map[i];
  g_assert_cmpfloat_with_epsilon (measure (map, other), 4.0 * SHARE, 1e-6);

  memset (map, 0, sizeof (map));
  memset (other, 0, sizeof (other));
  for (int p = 0; p < PIXELS; p++)
    {
      map[p]            = 1.0f;
      other[PIXELS + p] = 2.0f;
    }
  g_assert_cmpfloat_with_epsilon (measure (map, other), 2.0 * SHARE, 1e-6);
}

static void
test_gradient (void)
{
  const float h = 1.0f / 512.0f;
  float       map[N], target[N];
  double      gradient[N];

  draw (map);
  draw (target);
  g_assert_cmpfloat (dot_map_distance_loss (map, target, CHANNELS, PIXELS, SHARE, gradient), ==,
                     measure (map, target));
  for (int i = 0; i < N; i++)
    {
      float  kept = map[i];
      float  ends[2];
      double high, low;

      ends[0] = map[i] = kept + h;
      high             = measure (map, target);
      ends[1] = map[i] = kept - h;
      low              = measure (map, target);
      map[i]           = kept;
      g_assert_cmpfloat_with_epsilon (gradient[i], (high - low) / ((double) ends[0] - ends[1]),
                                      1e-4);
    }
}

/* Where there is nothing at all it stays a number. */
static void
test_nothing (void)
{
  float  map[N] = { 0.0f };
  float  target[N];
  double gradient[N];

  draw (target);
  g_assert_cmpfloat_with_epsilon (dot_map_distance_loss (map, target, CHANNELS, PIXELS, SHARE,
                                                         gradient),
                                  SHARE, 1e-6);
  g_assert_cmpfloat (measure (map, map), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-distance/known", test_known);
  g_test_add_func ("/map-distance/gradient", test_gradient);
  g_test_add_func ("/map-distance/nothing", test_nothing);
  return g_test_run ();
}
