/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is to be saved or added of a gallery. */

#include "config.h"

#include "gallery-frames.h"

static GPtrArray *
get_frames (DotGallery *gallery, gboolean all)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);

  for (guint i = 0; i < dot_gallery_get_n_candidates (gallery); i++)
    for (guint j = 0; j < dot_gallery_get_n_positions (gallery); j++)
      if (all || dot_gallery_is_selected (gallery, i))
        g_ptr_array_add (frames, dot_frame_ref (dot_gallery_get_frame (gallery, i, j)));
  return frames;
}

/**
 * dot_gallery_frames_all:
 *
 * Returns: (transfer full) (element-type DotFrame): all there are, candidate by
 *   candidate, the first update first
 */
GPtrArray *
dot_gallery_frames_all (DotGallery *gallery)
{
  return get_frames (gallery, TRUE);
}

/**
 * dot_gallery_frames_selected:
 *
 * Returns: (transfer full) (element-type DotFrame): all of the selected
 *   candidates, in the same order
 */
GPtrArray *
dot_gallery_frames_selected (DotGallery *gallery)
{
  return get_frames (gallery, FALSE);
}
