/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method-class.h"

G_BEGIN_DECLS

/**
 * DotDrawsSource:
 * @prior: of the latents
 * @truncation: how far from 0 they may be; 0: the whole prior
 * @dimension: d
 * @seeds: (B) the candidates'
 * @origins: (B, d) where they begin: their draw 0
 *
 * What #DotDraws are made of.
 */
typedef struct
{
  DotPrior       prior;
  double         truncation;
  gsize          dimension;
  const guint32 *seeds;
  const double  *origins;
} DotDrawsSource;

DotDraws dot_draws_new (const DotDrawsSource *source);

G_END_DECLS
