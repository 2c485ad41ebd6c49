/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Networks whose first colour is blue, as ones whose first colour is red. */

#include "biggan-colours.h"

static void
swap_numbers (float *a, float *b)
{
  float number = *a;

  *a = *b;
  *b = number;
}

/**
 * dot_biggan_colours_swap:
 * @taken: whether colours are what the last convolution takes, or else puts out
 *
 * Exchanges red and blue there.
 */
void
dot_biggan_colours_swap (DotBuilder *builder, gboolean taken)
{
  const DotOp *op     = builder->error ? NULL : dot_network_get_output (builder->network);
  gsize        window = op ? op->weight->shape[2] * op->weight->shape[3] : 0;
  gsize        size   = taken || ! op ? window : window * op->weight->shape[1];

  for (gsize first = 0; op && first < op->weight->n_items; first += 3 * size)
    for (gsize i = first; i < first + size; i++)
      swap_numbers (&op->weight->data[i], &op->weight->data[i + 2 * size]);
  if (op && ! taken)
    swap_numbers (&op->bias->data[0], &op->bias->data[2]);
}
