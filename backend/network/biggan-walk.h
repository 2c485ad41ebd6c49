/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "biggan-names.h"

G_BEGIN_DECLS

/**
 * DotBigganWalk:
 * @index: of a block, from 0
 * @number: of its name
 * @block: what its arrays' names begin with
 * @attention: (nullable): what follows it
 *
 * Goes through a file's blocks.
 */
typedef struct
{
  const DotBigganNames *names;
  DotWeights           *weights;
  guint                 index;
  guint                 number;
  char                 *block;
  char                 *attention;
} DotBigganWalk;

guint    dot_biggan_walk_count (const DotBigganNames *names, DotWeights *weights);
gboolean dot_biggan_walk_begin (DotBigganWalk        *walk,
                                const DotBigganNames *names,
                                DotWeights           *weights);
gboolean dot_biggan_walk_next (DotBigganWalk *walk);
void     dot_biggan_walk_clear (DotBigganWalk *walk);
char *dot_biggan_walk_name_part (const DotBigganWalk *walk, const char *part, const char *suffix);
gboolean dot_biggan_walk_has_shortcut (const DotBigganWalk *walk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotBigganWalk, dot_biggan_walk_clear)

G_END_DECLS
