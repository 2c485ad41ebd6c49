/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include "base/shard.h"

G_BEGIN_DECLS

/**
 * DotConstant:
 * @klass: a class
 * @latent: k_eff(y)
 * @target: K_eff(y)
 */
typedef struct
{
  const DotClass *klass;
  double          latent;
  double          target;
} DotConstant;

GArray *dot_constants_find (DotPair        *pair,
                            const DotClass *only,
                            const char     *work,
                            DotShard        shard,
                            DotProgressFunc progress,
                            gpointer        user_data,
                            GCancellable   *cancellable,
                            GError        **error);

G_END_DECLS
