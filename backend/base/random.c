/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What a run draws for its data: pure in the seed and a number, so that a run
 * that goes on from a checkpoint sees what it would have seen. */

#include "random.h"

#include "transport/latent.h"

/**
 * dot_random_draw:
 * @block: where one item needs several draws
 * @words: (out): four random words
 *
 * Philox, keyed by the seed.
 */
void
dot_random_draw (guint64 seed, DotRandomEnd end, guint32 block, guint64 item, guint32 words[4])
{
  const guint32 key[2]     = { (guint32) seed, (guint32) (seed >> 32) };
  const guint32 counter[4] = { (guint32) item, (guint32) (item >> 32), block, end };

  dot_philox_block (counter, key, words);
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

      dot_random_draw (seed, DOT_RANDOM_ORDER, epoch, i, words);
      /* 64 bits, of which the remainder's bias is some 1e-10 at most. */
      j            = (guint32) ((((guint64) words[1] << 32) | words[0]) % i);
      other        = order[j];
      order[j]     = order[i - 1];
      order[i - 1] = other;
    }
  return order;
}
