/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/* The sizes of every synthetic pair but where a test says else. */
#define SYNTHETIC_LATENT   4
#define SYNTHETIC_CHANNELS 2

/**
 * SyntheticPair:
 * @generator, @discriminator: arrays by their key
 *
 * A tiny pair of the sngan-projection layout, whose arrays a test can change
 * before they are written.
 */
typedef struct
{
  GHashTable *generator;
  GHashTable *discriminator;
} SyntheticPair;

SyntheticPair *synthetic_pair_new (guint blocks, guint labels);
void           synthetic_pair_free (SyntheticPair *pair);
void           synthetic_pair_write (SyntheticPair *pair, const char *folder);
void           synthetic_set (GHashTable  *arrays,
                              const char  *key,
                              float        value,
                              guint        n_dims,
                              const gsize *shape);
void           synthetic_remove (GHashTable *arrays, const char *key);
void synthetic_model_write (const char *models, const char *id, guint labels, const char *classes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyntheticPair, synthetic_pair_free)

G_END_DECLS
