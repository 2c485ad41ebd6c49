/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotStream:
 *
 * Streams keep what one seed draws for different things apart.  Their numbers
 * are for good: another one is another latent, or another training.
 */
typedef enum
{
  /* Of a model, with a seed of 32 bits: they stand in the key. */
  DOT_STREAM_LATENT    = 0,
  DOT_STREAM_LIPSCHITZ = 1,
  DOT_STREAM_SUBSET    = 2,

  /* Of a method, likewise. */
  DOT_STREAM_PROPOSAL    = 3,
  DOT_STREAM_NOISE       = 4,
  DOT_STREAM_CHANCE      = 5,
  DOT_STREAM_PILOT       = 6,
  DOT_STREAM_REAL        = 7,
  DOT_STREAM_CALIBRATION = 8,

  /* Of a training, with a seed of 64 bits, which fills the key: they stand in
   * the counter. */
  DOT_STREAM_ORDER                 = 1,
  DOT_STREAM_FLIP                  = 2,
  DOT_STREAM_POINT                 = 3,
  DOT_STREAM_WEIGHTS               = 16,
  DOT_STREAM_DISCRIMINATOR_LATENTS = 17,
  DOT_STREAM_DISCRIMINATOR_LABELS  = 18,
  DOT_STREAM_MIXING                = 19,
  DOT_STREAM_REAL_AUGMENT          = 20,
  DOT_STREAM_FAKE_AUGMENT          = 21,
  DOT_STREAM_GENERATOR_LATENTS     = 22,
  DOT_STREAM_GENERATOR_LABELS      = 23,
  DOT_STREAM_GENERATOR_AUGMENT     = 24,
  DOT_STREAM_SAMPLES               = 25,
  DOT_STREAM_STATISTICS            = 26,
  DOT_STREAM_STATISTICS_LABELS     = 27,
  DOT_STREAM_K_EFF                 = 28,
  DOT_STREAM_K_EFF_LABELS          = 29,
  DOT_STREAM_WRONG_LABELS          = 30
} DotStream;

/*  words, and numbers of them  */

void   dot_random_philox (const guint32 counter[4], const guint32 key[2], guint32 block[4]);
double dot_random_uniform_32 (guint32 word);
void   dot_random_box_muller (double u, double v, double values[2]);

/*  what a model draws  */

void dot_random_coordinates (DotPrior  prior,
                             guint32   seed,
                             DotStream stream,
                             guint32   block,
                             guint32   attempt,
                             double    values[2]);

/*  what a method draws  */

void   dot_random_numbered (DotPrior  prior,
                            guint32   seed,
                            DotStream stream,
                            guint32   number,
                            guint32   block,
                            guint32   attempt,
                            double    values[2]);
void   dot_random_noise (guint32   seed,
                         DotStream stream,
                         guint32   step,
                         guint32   part,
                         double   *values,
                         gsize     n);
double dot_random_chance (guint32 seed, DotStream stream, guint32 step, guint32 part);

/*  what a training draws  */

void     dot_random_words (guint64   seed,
                           DotStream stream,
                           guint32   block,
                           guint64   item,
                           guint32   words[4]);
void     dot_random_uniform (guint64 seed, DotStream stream, guint64 step, float *values, gsize n);
void     dot_random_normal (guint64 seed, DotStream stream, guint64 step, float *values, gsize n);
void     dot_random_latents (DotPrior  prior,
                             guint64   seed,
                             DotStream stream,
                             guint64   step,
                             float    *values,
                             gsize     n);
void     dot_random_labels (guint64   seed,
                            DotStream stream,
                            guint64   step,
                            guint     n_labels,
                            gint32   *labels,
                            gsize     n);
guint32 *dot_random_order (guint64 seed, guint32 epoch, guint32 n);

/*  what a measurement draws  */

void dot_random_subset (guint32 seed, guint32 subset, gsize n, gsize size, gsize *chosen);

G_END_DECLS
