/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "model/model.h"

G_BEGIN_DECLS

/* Of the latents that constants are estimated from. */
#define DOT_K_EFF_SEED 0

double dot_k_eff_cache_look_up (DotModel       *model,
                                const DotClass *klass,
                                DotSpace        space,
                                guint           pairs);
void   dot_k_eff_cache_store (DotModel       *model,
                              const DotClass *klass,
                              DotSpace        space,
                              guint           pairs,
                              double          k);

G_END_DECLS
