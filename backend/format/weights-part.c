/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files that hold a generator and a discriminator, and maybe an average of the
 * generator's training, which makes the better pictures; and such as hold one of
 * them, with what its training needed beside it. */

#include "weights-part.h"

#include <string.h>

#define MAX_PARTS 4

/* By role, the better ones first. */
static const char *const parts[][MAX_PARTS] = {
  { "state_dict/generator_ema.", "G_ema/", "state_dict/generator.", "G/" },
  { "state_dict/discriminator.", "D/" },
};

/* What a network by itself is in, beside its optimiser. */
#define ALONE "state_dict/"

/* Whether all arrays are in dictionaries. */
static gboolean
is_checkpoint (GStrv keys)
{
  for (guint i = 0; keys[i]; i++)
    if (! strchr (keys[i], '/'))
      return FALSE;
  return TRUE;
}

static gboolean
has_part (GStrv keys, const char *part)
{
  for (guint i = 0; keys[i]; i++)
    if (g_str_has_prefix (keys[i], part))
      return TRUE;
  return FALSE;
}

/**
 * dot_weights_part_find:
 * @role: 0 for the generator, 1 for the discriminator
 *
 * Returns: (nullable): what the names of that network's arrays begin with, in a
 *   file of several, or of one and its training; %NULL where all are of one
 */
const char *
dot_weights_part_find (DotWeights *weights, guint role)
{
  g_auto (GStrv) keys = dot_weights_list_keys (weights);

  for (guint i = 0; i < MAX_PARTS && parts[role][i]; i++)
    if (has_part (keys, parts[role][i]))
      return parts[role][i];
  return is_checkpoint (keys) && has_part (keys, ALONE) ? ALONE : NULL;
}

/**
 * dot_weights_part_open:
 * @path: as of dot_weights_open()
 * @role: 0 for the generator, 1 for the discriminator
 *
 * Returns: (transfer full): the file, of which only the arrays of that network
 *   are there, where it has several
 */
DotWeights *
dot_weights_part_open (const char *path, guint role, GError **error)
{
  g_autoptr (DotWeights) weights = dot_weights_open (path, error);
  const char *part               = weights ? dot_weights_part_find (weights, role) : NULL;

  if (part)
    dot_weights_enter (weights, part);
  return g_steal_pointer (&weights);
}
