/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method/method.h"

G_BEGIN_DECLS

/* The authors' pairs of points of the plane, in double: perceptrons of four layers
 * with leaky relu between them. */
typedef struct _ToyPair ToyPair;

ToyPair *toy_pair_open (const char *folder, const char *name);
void     toy_pair_close (ToyPair *pair);
void     toy_pair_generate (const ToyPair *pair, const double *latents, gsize n, double *points);
void     toy_pair_score (const ToyPair *pair,
                         gboolean       latent,
                         const double  *points,
                         gsize          n,
                         double        *scores,
                         double        *gradients);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToyPair, toy_pair_close)

G_END_DECLS
