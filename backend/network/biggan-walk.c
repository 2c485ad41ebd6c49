/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How many blocks there are, and which of them attention follows, is read from
 * the file. */

#include "biggan-walk.h"

#define MAX_BLOCKS 8

void
dot_biggan_walk_clear (DotBigganWalk *walk)
{
  g_clear_pointer (&walk->block, g_free);
  g_clear_pointer (&walk->attention, g_free);
}

/**
 * dot_biggan_walk_name_part:
 * @part: of the block
 *
 * Returns: (transfer full): a layer's name
 */
char *
dot_biggan_walk_name_part (const DotBigganWalk *walk, const char *part, const char *suffix)
{
  return g_strdup_printf ("%s.%s%s", walk->block, part, suffix);
}

static gboolean
has_array (DotWeights *weights, const char *layer, const char *name)
{
  g_autofree char *key = g_strconcat (layer, name, NULL);

  return dot_weights_has (weights, key);
}

/* Finds what is called by the walk's number.
 * Returns: %FALSE behind the last block */
static gboolean
find_block (DotBigganWalk *walk)
{
  const DotBigganNames *names    = walk->names;
  guint                 follower = walk->number + (names->counted ? 1 : 0);
  g_autofree char      *conv     = NULL;
  g_autofree char *attention = g_strdup_printf ("%s%u%s", names->block, follower, names->attention);

  dot_biggan_walk_clear (walk);
  walk->block = g_strdup_printf ("%s%u%s", names->block, walk->number, names->inner);
  conv        = dot_biggan_walk_name_part (walk, names->conv1, names->conv);
  if (has_array (walk->weights, attention, names->gamma))
    walk->attention = g_steal_pointer (&attention);
  return walk->index < MAX_BLOCKS && dot_biggan_names_has (names, walk->weights, conv);
}

/**
 * dot_biggan_walk_begin:
 * @walk: all zero
 *
 * Returns: whether there is a block
 */
gboolean
dot_biggan_walk_begin (DotBigganWalk *walk, const DotBigganNames *names, DotWeights *weights)
{
  walk->names   = names;
  walk->weights = weights;
  return find_block (walk);
}

/**
 * dot_biggan_walk_next:
 *
 * Returns: whether there is another block
 */
gboolean
dot_biggan_walk_next (DotBigganWalk *walk)
{
  walk->index++;
  walk->number += walk->attention && walk->names->counted ? 2 : 1;
  return find_block (walk);
}

/**
 * dot_biggan_walk_count:
 *
 * Returns: how many blocks there are
 */
guint
dot_biggan_walk_count (const DotBigganNames *names, DotWeights *weights)
{
  g_auto (DotBigganWalk) walk = { NULL };
  guint n                     = 0;

  for (gboolean more = dot_biggan_walk_begin (&walk, names, weights); more;
       more          = dot_biggan_walk_next (&walk))
    n++;
  return n;
}

/**
 * dot_biggan_walk_has_shortcut:
 *
 * Returns: whether the block has a convolution in its shortcut
 */
gboolean
dot_biggan_walk_has_shortcut (const DotBigganWalk *walk)
{
  g_autofree char *shortcut = dot_biggan_walk_name_part (walk, walk->names->shortcut,
                                                         walk->names->conv);

  return dot_biggan_names_has (walk->names, walk->weights, shortcut);
}
