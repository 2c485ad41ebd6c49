/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of a picture, in a person's words. */

#include "config.h"

#include "picture-text.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "core/nearness.h"

static char *
describe_seed (const DotFrame *frame)
{
  return frame->seed >= 0 ? g_strdup_printf (_ ("seed %" PRId64), frame->seed) : NULL;
}

static char *
describe_update (const DotFrame *frame)
{
  return frame->update > 0 ? g_strdup_printf (_ ("update %u"), frame->update)
                           : g_strdup (_ ("before refinement"));
}

/**
 * dot_picture_text_caption:
 *
 * Returns: (transfer full): "goldfish · seed 7 · update 4"
 */
char *
dot_picture_text_caption (DotGallery *gallery, guint candidate, guint position)
{
  const DotFrame  *frame  = dot_gallery_get_frame (gallery, candidate, position);
  g_autofree char *seed   = describe_seed (frame);
  g_autofree char *update = describe_update (frame);

  if (! seed)
    return g_strjoin (" · ", frame->class_name, update, NULL);
  return g_strjoin (" · ", frame->class_name, seed, update, NULL);
}

/**
 * dot_picture_text_short:
 *
 * Returns: (transfer full): what tells it from the others: "seed 7", or which
 *   one it is where it has none
 */
char *
dot_picture_text_short (DotGallery *gallery, guint candidate, guint position)
{
  char *seed = describe_seed (dot_gallery_get_frame (gallery, candidate, position));

  return seed ? seed : g_strdup_printf ("%u", candidate + 1);
}

/**
 * dot_picture_text_help:
 *
 * Returns: (transfer full): the caption, and the numbers with what they mean,
 *   a line each
 */
char *
dot_picture_text_help (DotGallery *gallery, guint candidate, guint position)
{
  const DotFrame  *frame   = dot_gallery_get_frame (gallery, candidate, position);
  g_autofree char *caption = dot_picture_text_caption (gallery, candidate, position);
  g_autofree char *numbers = NULL;
  g_autofree char *start   = NULL;

  /* TRANSLATORS: a picture's caption, then what its numbers mean */
  numbers = g_strdup_printf (
    _ (
      "%s\nScore %.2f: how real the network that judges finds the picture, next to others of the same model\nDistance %.2f: how far the picture has moved from where it started"),
    caption, dot_gallery_get_score (gallery, candidate, position),
    dot_gallery_get_distance (gallery, candidate, position));
  if (frame->picture_distance > 0.0)
    start = dot_nearness_get_text (frame->picture_distance);
  return g_strjoin ("\n", numbers, start, NULL);
}
