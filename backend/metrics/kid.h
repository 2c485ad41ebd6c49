/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

/**
 * DotKidOptions:
 * @subsets: how many random subsets of both sets are compared; 0: both whole
 * @subset_size: how many pictures a subset has, at most as many as each set
 * @seed: decides the subsets
 */
typedef struct
{
  guint   subsets;
  gsize   subset_size;
  guint32 seed;
} DotKidOptions;

gboolean dot_kid (const float         *one,
                  gsize                n,
                  const float         *other,
                  gsize                m,
                  gsize                size,
                  const DotKidOptions *options,
                  double              *mean,
                  double              *deviation,
                  GCancellable        *cancellable,
                  GError             **error);
