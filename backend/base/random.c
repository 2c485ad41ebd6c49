/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* All that is drawn, as functions of a seed and of what it is for: the same on
 * every machine, and a training that goes on from a checkpoint needs no more
 * than the step's number. */

#include "random.h"

#include <math.h>

/*  words, and numbers of them  */

#define PHILOX_ROUNDS 10

static void
philox_round (guint32 c[4], const guint32 k[2])
{
  guint64 p0 = (guint64) 0xD2511F53u * c[0];
  guint64 p1 = (guint64) 0xCD9E8D57u * c[2];
  guint32 c1 = c[1];
  guint32 c3 = c[3];

  c[0] = (guint32) (p1 >> 32) ^ c1 ^ k[0];
  c[1] = (guint32) p1;
  c[2] = (guint32) (p0 >> 32) ^ c3 ^ k[1];
  c[3] = (guint32) p0;
}

/**
 * dot_random_philox:
 *
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011): four random words for a counter and a key.
 */
void
dot_random_philox (const guint32 counter[4], const guint32 key[2], guint32 block[4])
{
  guint32 k[2] = { key[0], key[1] };

  memcpy (block, counter, 4 * sizeof (guint32));
  for (int round = 0; round < PHILOX_ROUNDS; round++)
    {
      philox_round (block, k);
      k[0] += 0x9E3779B9u;
      k[1] += 0xBB67AE85u;
    }
}

/* A word's upper 24 bits, in the open interval (0, 1): a float has them all. */
static double
uniform_24 (guint32 word)
{
  return ((word >> 8) + 0.5) / 16777216.0;
}

/**
 * dot_random_uniform_32:
 *
 * Returns: a whole word, in the open interval (0, 1)
 */
double
dot_random_uniform_32 (guint32 word)
{
  return (word + 0.5) / 4294967296.0;
}

/* 53 bits of two words, in the open interval (0, 1): a double has them all. */
static double
uniform_53 (guint32 high, guint32 low)
{
  return ((high >> 5) * 67108864.0 + (low >> 6) + 0.5) / 9007199254740992.0;
}

/**
 * dot_random_box_muller:
 * @u, @v: uniform in (0, 1)
 * @values: (out): two normal numbers (Box and Muller, "A note on the
 *   generation of random normal deviates", 1958)
 */
void
dot_random_box_muller (double u, double v, double values[2])
{
  double radius = sqrt (-2.0 * log (u));
  double angle  = 2.0 * G_PI * v;

  values[0] = radius * cos (angle);
  values[1] = radius * sin (angle);
}

/*  what a model draws  */

/**
 * dot_random_coordinates:
 * @seed: the first word of Philox's key; @stream is the second
 * @attempt: attempt by attempt there are others for the same coordinates
 * @values: (out): coordinates 2 @block and 2 @block + 1 of a latent
 *
 * They are rounded to float, so that a last bit of another machine's logarithm
 * does not make another latent.
 */
void
dot_random_coordinates (DotPrior  prior,
                        guint32   seed,
                        DotStream stream,
                        guint32   block,
                        guint32   attempt,
                        double    values[2])
{
  dot_random_numbered (prior, seed, stream, 0, block, attempt, values);
}

/*  what a method draws  */

/**
 * dot_random_numbered:
 * @number: of the latent, where a seed has many
 *
 * As dot_random_coordinates(), whose latents have the number 0.
 */
void
dot_random_numbered (DotPrior  prior,
                     guint32   seed,
                     DotStream stream,
                     guint32   number,
                     guint32   block,
                     guint32   attempt,
                     double    values[2])
{
  const guint32 key[2]     = { seed, stream };
  const guint32 counter[4] = { block, attempt, number, 0 };
  guint32       word[4];
  double        u, v;

  dot_random_philox (counter, key, word);
  u = uniform_53 (word[0], word[1]);
  v = uniform_53 (word[2], word[3]);

  if (prior == DOT_PRIOR_NORMAL)
    dot_random_box_muller (u, v, values);
  else
    {
      values[0] = 2.0 * u - 1.0;
      values[1] = 2.0 * v - 1.0;
    }
  values[0] = (float) values[0];
  values[1] = (float) values[1];
}

/**
 * dot_random_noise:
 * @part: of the step, where that needs several
 * @values: (out): (n) normal numbers, rounded to float
 */
void
dot_random_noise (guint32   seed,
                  DotStream stream,
                  guint32   step,
                  guint32   part,
                  double   *values,
                  gsize     n)
{
  for (gsize i = 0; i < n; i += 2)
    {
      double two[2];

      dot_random_numbered (DOT_PRIOR_NORMAL, seed, stream, step, (guint32) (i / 2), part, two);
      values[i] = two[0];
      if (i + 1 < n)
        values[i + 1] = two[1];
    }
}

/**
 * dot_random_chance:
 *
 * Returns: a number in (0, 1) of 53 bits
 */
double
dot_random_chance (guint32 seed, DotStream stream, guint32 step, guint32 part)
{
  const guint32 key[2]     = { seed, stream };
  const guint32 counter[4] = { 0, part, step, 0 };
  guint32       word[4];

  dot_random_philox (counter, key, word);
  return uniform_53 (word[0], word[1]);
}

/*  what a training draws  */

/**
 * dot_random_words:
 * @block: where one item needs several draws
 * @words: (out): four random words
 *
 * Philox, keyed by the seed.
 */
void
dot_random_words (guint64 seed, DotStream stream, guint32 block, guint64 item, guint32 words[4])
{
  const guint32 key[2]     = { (guint32) seed, (guint32) (seed >> 32) };
  const guint32 counter[4] = { (guint32) item, (guint32) (item >> 32), block, stream };

  dot_random_philox (counter, key, words);
}

/**
 * dot_random_uniform:
 * @values: (out): (n) in (0, 1)
 */
void
dot_random_uniform (guint64 seed, DotStream stream, guint64 step, float *values, gsize n)
{
  for (gsize i = 0; i < n; i += 4)
    {
      guint32 words[4];

      dot_random_words (seed, stream, (guint32) (i / 4), step, words);
      for (gsize j = 0; j < 4 && i + j < n; j++)
        values[i + j] = (float) uniform_24 (words[j]);
    }
}

/**
 * dot_random_normal:
 * @values: (out): (n), by Box and Muller in double
 */
void
dot_random_normal (guint64 seed, DotStream stream, guint64 step, float *values, gsize n)
{
  for (gsize i = 0; i < n; i += 4)
    {
      guint32 words[4];

      dot_random_words (seed, stream, (guint32) (i / 4), step, words);
      for (gsize j = 0; j < 4 && i + j < n; j += 2)
        {
          double two[2];

          dot_random_box_muller (uniform_24 (words[j]), uniform_24 (words[j + 1]), two);
          values[i + j] = (float) two[0];
          if (i + j + 1 < n)
            values[i + j + 1] = (float) two[1];
        }
    }
}

/**
 * dot_random_latents:
 * @values: (out): (n) coordinates of the prior
 */
void
dot_random_latents (DotPrior  prior,
                    guint64   seed,
                    DotStream stream,
                    guint64   step,
                    float    *values,
                    gsize     n)
{
  if (prior == DOT_PRIOR_NORMAL)
    {
      dot_random_normal (seed, stream, step, values, n);
      return;
    }

  dot_random_uniform (seed, stream, step, values, n);
  for (gsize i = 0; i < n; i++)
    values[i] = 2.0f * values[i] - 1.0f;
}

/**
 * dot_random_labels:
 * @n_labels: 0 and 1 give 0 only
 * @labels: (out): (n), each as likely
 */
void
dot_random_labels (guint64   seed,
                   DotStream stream,
                   guint64   step,
                   guint     n_labels,
                   gint32   *labels,
                   gsize     n)
{
  for (gsize i = 0; i < n; i += 4)
    {
      guint32 words[4];

      dot_random_words (seed, stream, (guint32) (i / 4), step, words);
      for (gsize j = 0; j < 4 && i + j < n; j++)
        labels[i + j] = (gint32) (((guint64) words[j] * MAX (n_labels, 1)) >> 32);
    }
}

/**
 * dot_random_order:
 *
 * An order of @n items by Fisher and Yates.
 *
 * Returns: (transfer full) (array length=n): each of 0 … n − 1 once
 */
guint32 *
dot_random_order (guint64 seed, guint32 epoch, guint32 n)
{
  guint32 *order = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    order[i] = i;
  for (guint32 i = n; i > 1; i--)
    {
      guint32 words[4];
      guint32 j, other;

      dot_random_words (seed, DOT_STREAM_ORDER, epoch, i, words);
      /* 64 bits, of which the remainder's bias is some 1e-10 at most. */
      j            = (guint32) ((((guint64) words[1] << 32) | words[0]) % i);
      other        = order[j];
      order[j]     = order[i - 1];
      order[i - 1] = other;
    }
  return order;
}

/*  what a measurement draws  */

/**
 * dot_random_subset:
 * @subset: its number; those of two sets have different ones
 * @chosen: (out): (size) different indices below @n, by the first steps of
 *   Fisher and Yates's shuffle; word i of Philox is ⌊u (n − i) / 2³²⌋ further
 *
 * Draws a subset, the same on every machine.
 */
void
dot_random_subset (guint32 seed, guint32 subset, gsize n, gsize size, gsize *chosen)
{
  const guint32     key[2] = { seed, DOT_STREAM_SUBSET };
  g_autofree gsize *all    = g_new (gsize, n);
  guint32           word[4];

  for (gsize i = 0; i < n; i++)
    all[i] = i;
  for (gsize i = 0; i < size; i++)
    {
      const guint32 counter[4] = { i / 4, subset, 0, 0 };
      gsize         j;

      if (i % 4 == 0)
        dot_random_philox (counter, key, word);
      j         = i + (gsize) (((guint64) word[i % 4] * (n - i)) >> 32);
      chosen[i] = all[j];
      all[j]    = all[i];
    }
}
