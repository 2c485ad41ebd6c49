/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where a run begins that starts from a person's own picture. */

#include "refine-picture.h"

#include "engine/pair.h"
#include "inversion/inversion-target.h"

#include "base/intl.h"

typedef struct
{
  DotProgressFunc progress;
  gpointer        user_data;
} Listener;

/* A person is told what Stop does. */
static void
show_progress (const char *message, double fraction, gpointer data)
{
  const Listener *listener = data;

  if (listener->progress)
    listener->progress (
      _ ("Looking for the picture nearest to yours (Stop takes the nearest so far)"),
                        fraction, listener->user_data);
}

/**
 * dot_refine_picture_find:
 * @options: have a picture
 * @klass: what it shows
 *
 * Returns: (transfer full): the nearest latent; where @cancellable ends it, so far
 */
DotInversion *
dot_refine_picture_find (DotPair                *pair,
                         const DotRefineOptions *options,
                         const DotClass         *klass,
                         DotProgressFunc         progress,
                         gpointer                user_data,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autofree double  *target   = dot_inversion_target_decode (options->picture, _ ("The image"),
                                                              dot_pair_get_model (pair), error);
  Listener            listener = { progress, user_data };
  DotInversionOptions search   = {
      .klass     = klass,
      .starts    = DOT_INVERSION_STARTS,
      .seed      = (guint) options->seed,
      .steps     = DOT_INVERSION_STEPS,
      .step_size = DOT_INVERSION_STEP_SIZE,
      .map_share = DOT_INVERSION_MAP_SHARE,
      .progress  = show_progress,
      .user_data = &listener,
  };

  return target ? dot_inversion_find (pair, target, &search, cancellable, error) : NULL;
}
