/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The 2-D sets of the paper's Figure 3, made as they are asked for: item i of
 * a seed is the same point on every machine. */

#include "dataset-private.h"
#include "base/random.h"

#include <math.h>

/* Five by five means with a distance of 2; all is scaled to a deviation of
 * about 1. */
#define GRID           5
#define GRID_DISTANCE  2.0
#define GRID_DEVIATION 0.05
#define GRID_SCALE     (1.0 / 2.828)

/* Angles 1.5π … 4.5π; the radius is the angle. */
#define ROLL_FIRST     (1.5 * G_PI)
#define ROLL_LENGTH    (3.0 * G_PI)
#define ROLL_DEVIATION 0.25
#define ROLL_SCALE     (1.0 / 7.5)

static void
draw_normal (guint64 seed, guint64 item, double values[2])
{
  guint32 words[4];

  dot_random_words (seed, DOT_STREAM_POINT, 1, item, words);
  dot_random_box_muller (dot_random_uniform_32 (words[0]), dot_random_uniform_32 (words[1]),
                         values);
}

static void
read_gaussians (guint64 seed, guint64 item, float point[2])
{
  guint32 words[4];
  guint   mean[2];
  double  noise[2];

  dot_random_words (seed, DOT_STREAM_POINT, 0, item, words);
  mean[0] = (guint) (dot_random_uniform_32 (words[0]) * GRID);
  mean[1] = (guint) (dot_random_uniform_32 (words[1]) * GRID);
  draw_normal (seed, item, noise);
  for (guint i = 0; i < 2; i++)
    {
      double centre = GRID_DISTANCE * ((double) mean[i] - (GRID - 1) / 2.0);

      point[i] = (float) (GRID_SCALE * (centre + GRID_DEVIATION * noise[i]));
    }
}

static void
read_roll (guint64 seed, guint64 item, float point[2])
{
  guint32 words[4];
  double  t;
  double  noise[2];

  dot_random_words (seed, DOT_STREAM_POINT, 0, item, words);
  t = ROLL_FIRST + ROLL_LENGTH * dot_random_uniform_32 (words[0]);
  draw_normal (seed, item, noise);
  point[0] = (float) (ROLL_SCALE * (t * cos (t) + ROLL_DEVIATION * noise[0]));
  point[1] = (float) (ROLL_SCALE * (t * sin (t) + ROLL_DEVIATION * noise[1]));
}

static gboolean
open_points (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  dataset->channels = 2;
  dataset->size     = 1;
  dataset->flip     = FALSE;
  g_ptr_array_add (dataset->names, g_strdup (dataset->kind->name));
  return TRUE;
}

const DotDatasetKind dot_dataset_gaussians_25 = {
  .name       = "gaussians-25",
  .open       = open_points,
  .read_point = read_gaussians,
};

const DotDatasetKind dot_dataset_swiss_roll = {
  .name       = "swiss-roll",
  .open       = open_points,
  .read_point = read_roll,
};
