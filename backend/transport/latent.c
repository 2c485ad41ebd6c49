/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "latent.h"

#include <math.h>

#define PHILOX_ROUNDS 10

static void
philox_round (guint32       c[4],
              const guint32 k[2])
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
 * dot_philox_block:
 *
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011): four random words for a counter and a key.
 */
void
dot_philox_block (const guint32 counter[4],
                  const guint32 key[2],
                  guint32       block[4])
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

/* 53 bits of two words, in the open interval (0, 1).  */
static double
uniform_from_words (guint32 high,
                    guint32 low)
{
  return ((high >> 5) * 67108864.0 + (low >> 6) + 0.5) / 9007199254740992.0;
}

/**
 * dot_latent_draw:
 * @seed: the first word of Philox's key; @stream is the second
 * @latent: (out): (d)
 *
 * Draws a latent of the prior: uniform in [−1, 1], or normal by Box-Muller
 * in double.  Block i of the generator gives coordinates 2i and 2i + 1.
 * The values are rounded to float, so that a last bit of another machine's
 * logarithm does not make another latent.
 */
void
dot_latent_draw (DotPrior   prior,
                 guint32    seed,
                 DotStream  stream,
                 double    *latent,
                 gsize      dimension)
{
  const guint32 key[2] = { seed, stream };

  for (gsize i = 0; i < dimension; i += 2)
    {
      const guint32 counter[4] = { (guint32) (i / 2), 0, 0, 0 };
      guint32       word[4];
      double        u, v, first, second;

      dot_philox_block (counter, key, word);
      u = uniform_from_words (word[0], word[1]);
      v = uniform_from_words (word[2], word[3]);

      if (prior == DOT_PRIOR_NORMAL)
        {
          double radius = sqrt (-2.0 * log (u));

          first  = radius * cos (2.0 * G_PI * v);
          second = radius * sin (2.0 * G_PI * v);
        }
      else
        {
          first  = 2.0 * u - 1.0;
          second = 2.0 * v - 1.0;
        }

      latent[i] = (float) first;
      if (i + 1 < dimension)
        latent[i + 1] = (float) second;
    }
}
