/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A discriminator knows the pictures that it was trained on.  Of others, flat
 * ones say, or what a generator makes of latents that it has never had, its
 * score means nothing, however high it is. */

#include "collapse.h"

#include <math.h>

/* Each of 600 unrefined pictures of the shipped pair, 200 of three classes, has
 * more contrast than a quarter of its class's median; six standard deviations
 * longer is less than one of a million latents. */
#define LEAST_CONTRAST 0.25
#define MOST_EXCESS    6.0

/* The standard deviation from pixel to pixel, mean of the channels. */
static double
get_contrast (const DotFrame *frame)
{
  gsize  n   = (gsize) frame->width * frame->height;
  double all = 0.0;

  for (guint c = 0; c < frame->channels; c++)
    {
      const float *plane = frame->image + c * n;
      double       mean = 0.0, square = 0.0;

      for (gsize i = 0; i < n; i++)
        {
          mean += plane[i];
          square += (double) plane[i] * plane[i];
        }
      mean /= (double) n;
      all += sqrt (MAX (square / (double) n - mean * mean, 0.0));
    }
  return all / frame->channels;
}

/* By how many standard deviations a latent is longer than those of the prior,
 * squared: d ± √(2 d), or d / 3 ± √(4 d / 45). */
static double
get_excess (const double *latent, gsize d, DotPrior prior)
{
  gboolean normal = prior == DOT_PRIOR_NORMAL;
  double   mean   = normal ? (double) d : (double) d / 3.0;
  double   spread = sqrt ((normal ? 2.0 : 4.0 / 45.0) * (double) d);
  double   square = 0.0;

  for (gsize i = 0; i < d; i++)
    square += latent[i] * latent[i];
  return (square - mean) / spread;
}

/**
 * dot_collapse_measure:
 * @frame: one of @step
 * @model: whose it is
 *
 * Measures what dot_collapse_check() asks.
 */
void
dot_collapse_measure (DotFrame *frame, const DotStep *step, DotModel *model)
{
  const double *latent = step->latents + frame->candidate * step->latent_size;

  frame->contrast = get_contrast (frame);
  frame->excess   = get_excess (latent, step->latent_size, dot_model_get_prior (model));
}

/**
 * dot_collapse_check:
 * @first: the same candidate where it began
 *
 * Returns: whether the picture has become flat, or the latent is one that the
 *   generator was never trained on: its score means little then
 */
gboolean
dot_collapse_check (const DotFrame *frame, const DotFrame *first)
{
  return frame->contrast < LEAST_CONTRAST * first->contrast ||
         (frame->excess > MOST_EXCESS && first->excess <= MOST_EXCESS);
}
