/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* All that a run draws, as functions of the seed and the step: a run that goes
 * on from a checkpoint needs no more than the step's number. */

#include "draws.h"

#include "random.h"

#include <math.h>

/* A word's upper 24 bits, in the open interval (0, 1): a float has them all. */
static double
uniform_from_word (guint32 word)
{
  return ((word >> 8) + 0.5) / 16777216.0;
}

/**
 * dot_draw_uniform:
 * @values: (out): (n) in (0, 1)
 */
void
dot_draw_uniform (guint64 seed, DotDraw end, guint64 step, float *values, gsize n)
{
  for (gsize i = 0; i < n; i += 4)
    {
      guint32 words[4];

      dot_random_draw (seed, (DotRandomEnd) end, (guint32) (i / 4), step, words);
      for (gsize j = 0; j < 4 && i + j < n; j++)
        values[i + j] = (float) uniform_from_word (words[j]);
    }
}

/**
 * dot_draw_normal:
 * @values: (out): (n), by Box and Muller in double
 */
void
dot_draw_normal (guint64 seed, DotDraw end, guint64 step, float *values, gsize n)
{
  for (gsize i = 0; i < n; i += 4)
    {
      guint32 words[4];

      dot_random_draw (seed, (DotRandomEnd) end, (guint32) (i / 4), step, words);
      for (gsize j = 0; j < 4 && i + j < n; j++)
        {
          double radius = sqrt (-2.0 * log (uniform_from_word (words[j & 2])));
          double angle  = 2.0 * G_PI * uniform_from_word (words[j | 1]);

          values[i + j] = (float) (radius * (j & 1 ? sin (angle) : cos (angle)));
        }
    }
}

/**
 * dot_draw_latents:
 * @values: (out): (n) coordinates of the prior
 */
void
dot_draw_latents (DotPrior prior, guint64 seed, DotDraw end, guint64 step, float *values, gsize n)
{
  if (prior == DOT_PRIOR_NORMAL)
    {
      dot_draw_normal (seed, end, step, values, n);
      return;
    }

  dot_draw_uniform (seed, end, step, values, n);
  for (gsize i = 0; i < n; i++)
    values[i] = 2.0f * values[i] - 1.0f;
}

/**
 * dot_draw_labels:
 * @n_labels: 0 and 1 give 0 only
 * @labels: (out): (n), each as likely
 */
void
dot_draw_labels (guint64 seed, DotDraw end, guint64 step, guint n_labels, gint32 *labels, gsize n)
{
  for (gsize i = 0; i < n; i += 4)
    {
      guint32 words[4];

      dot_random_draw (seed, (DotRandomEnd) end, (guint32) (i / 4), step, words);
      for (gsize j = 0; j < 4 && i + j < n; j++)
        labels[i + j] = (gint32) (((guint64) words[j] * MAX (n_labels, 1)) >> 32);
    }
}
