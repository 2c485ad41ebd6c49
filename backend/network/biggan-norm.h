/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "biggan-walk.h"

G_BEGIN_DECLS

/**
 * DotBigganCondition:
 * @builder: of the generator
 * @value: the latent, and behind it the class's embedding, where there is one
 * @n_labels: classes
 * @latent: numbers of the whole latent
 * @chunk: how many of them each block has for itself
 * @embedding: numbers of a class; 0 where norms have tables of classes
 *
 * What says how a generator's batch norms scale and shift.
 */
typedef struct
{
  DotBuilder *builder;
  guint       value;
  gsize       n_labels;
  gsize       latent;
  gsize       chunk;
  gsize       embedding;
} DotBigganCondition;

guint dot_biggan_norm_add (const DotBigganCondition *condition,
                           const DotBigganWalk      *walk,
                           const char               *part,
                           guint                     input);
guint dot_biggan_norm_add_last (DotBuilder *builder, const DotBigganNames *names, guint input);

G_END_DECLS
