/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Philox's numbers for a method, by the candidate's seed. */

#include "draws.h"

#include "transport/latent.h"

#include "base/random.h"

static void
noise (gpointer data, gsize candidate, guint step, guint part, double *values, gsize dimension)
{
  const DotDrawsSource *source = data;

  dot_random_noise (source->seeds[candidate], DOT_STREAM_NOISE, step, part, values, dimension);
}

static double
chance (gpointer data, gsize candidate, guint step, guint part)
{
  const DotDrawsSource *source = data;

  return dot_random_chance (source->seeds[candidate], DOT_STREAM_CHANCE, step, part);
}

static void
latent (gpointer data, gsize candidate, guint number, double *point)
{
  const DotDrawsSource *source = data;

  if (number == 0)
    memcpy (point, source->origins + candidate * source->dimension,
            source->dimension * sizeof (double));
  else
    dot_latent_draw_number (source->prior, source->seeds[candidate], DOT_STREAM_PROPOSAL, number,
                            source->truncation, point, source->dimension);
}

static void
pilot (gpointer data, guint number, double *point)
{
  const DotDrawsSource *source = data;

  dot_latent_draw_number (source->prior, 0, DOT_STREAM_PILOT, number, source->truncation, point,
                          source->dimension);
}

/**
 * dot_draws_new:
 * @source: which must live as long
 *
 * Returns: draws that are the same on every machine
 */
DotDraws
dot_draws_new (const DotDrawsSource *source)
{
  return (DotDraws) { (gpointer) source, noise, chance, latent, pilot };
}
