/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which pictures of a gallery have no right to their score. */

#include "config.h"

#include "gallery-collapse.h"

static gboolean
is_collapsed (DotGallery *gallery, guint candidate, guint position)
{
  return dot_collapse_check (dot_gallery_get_frame (gallery, candidate, position),
                             dot_gallery_get_frame (gallery, candidate, 0));
}

/* Returns: from which position on the candidate is collapsed, to the end; how
 * many positions there are where it isn't */
static guint
find_first (DotGallery *gallery, guint candidate)
{
  guint position = dot_gallery_get_n_positions (gallery);

  while (position > 0 && is_collapsed (gallery, candidate, position - 1))
    position--;
  return position;
}

/**
 * dot_gallery_collapse_find:
 * @update: (out): the first update of it
 *
 * Returns: whether any candidate ends with pictures that are collapsed,
 *   dot_collapse_check()
 */
gboolean
dot_gallery_collapse_find (DotGallery *gallery, guint *update)
{
  guint n     = dot_gallery_get_n_positions (gallery);
  guint first = n;

  for (guint i = 0; i < dot_gallery_get_n_candidates (gallery); i++)
    first = MIN (first, find_first (gallery, i));
  if (first == n)
    return FALSE;

  *update = dot_gallery_get_update (gallery, first);
  return TRUE;
}
