/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotInversionOptions:
 * @klass: what the picture shows
 * @starts: how many latents it starts from: the mean one, and others that are drawn
 * @seed: of the first one that is drawn; the next ones follow
 * @steps: of Adam; after each fifth of them half of the starts are left, which are
 *   farthest
 * @step_size: of the first step; the last one's is 0
 * @map_share: what counts that the discriminator's maps differ by, which is at most 4,
 *   as the pixels' mean square; 0: they aren't asked for
 * @progress: (nullable) (scope call):
 *
 * How a latent is looked for.
 */
typedef struct
{
  const DotClass *klass;
  guint           starts;
  guint           seed;
  guint           steps;
  double          step_size;
  double          map_share;
  DotProgressFunc progress;
  gpointer        user_data;
} DotInversionOptions;

#define DOT_INVERSION_STARTS    16
#define DOT_INVERSION_STEPS     150
#define DOT_INVERSION_STEP_SIZE 0.1
#define DOT_INVERSION_MAP_SHARE 0.5

/**
 * DotInversion:
 * @latent: (d)
 * @image: (C, H, W): what it makes
 * @distance: the root of the mean square of what that and the picture differ by; both
 *   are in [−1, 1]
 * @score: D's of @image
 * @start: which of the starts came there; 0 is the mean latent
 * @stopped: whether a person had enough before the last step
 *
 * The latent whose picture was nearest, by its pixels and by what the discriminator sees.
 */
typedef struct
{
  double  *latent;
  float   *image;
  double   distance;
  double   score;
  guint    start;
  gboolean stopped;
} DotInversion;

DotInversion *dot_inversion_find (DotPair                   *pair,
                                  const double              *target,
                                  const DotInversionOptions *options,
                                  GCancellable              *cancellable,
                                  GError                   **error);
void          dot_inversion_free (DotInversion *inversion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotInversion, dot_inversion_free)

G_END_DECLS
