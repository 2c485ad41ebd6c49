/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotCandidates:
 * @batch: B
 * @seeds: (B), −1 where the latent came from a file
 * @classes: (B), the model's
 * @labels: (B)
 * @latents: (B, d)
 * @update: how many updates brought the candidates where they are
 * @starts: (nullable): (B, d) where those brought them; then @latents is where
 *   they began
 * @moments: (nullable): (B, d) Adam's v, with @starts
 * @k_eff: (nullable): (B) the constants of those updates, with @starts
 *
 * What a run starts from.
 */
typedef struct
{
  gsize            batch;
  gint64          *seeds;
  const DotClass **classes;
  guint           *labels;
  double          *latents;
  guint            update;
  double          *starts;
  double          *moments;
  double          *k_eff;
} DotCandidates;

gsize    dot_candidates_count (DotModel *model, const DotRefineOptions *options);
gboolean dot_candidates_init (DotCandidates          *candidates,
                              DotModel               *model,
                              const DotRefineOptions *options,
                              GError                **error);
void     dot_candidates_clear (DotCandidates *candidates);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotCandidates, dot_candidates_clear)

G_END_DECLS
