/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "network-end.h"

/**
 * dot_network_end_new:
 * @numbers: what it takes
 *
 * Returns: (transfer full): a discriminator whose score is always 0: what an engine
 *   wants behind numbers that are looked at themselves
 */
DotNetwork *
dot_network_end_new (const DotOp *numbers, GError **error)
{
  gsize n = (gsize) numbers->channels * numbers->height * numbers->width;
  g_autoptr (DotNetwork)
    network = dot_network_new (numbers->channels, numbers->height, numbers->width);
  g_autoptr (DotArray) weight = dot_array_new (2, (gsize[]) { 1, n }, error);

  if (! weight)
    return NULL;
  dot_network_linear (network, 0, weight, NULL, 1, 1);
  return g_steal_pointer (&network);
}
