/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

double dot_k_eff_get (DotPair        *pair,
                      const DotClass *klass,
                      DotSpace        space,
                      DotProgressFunc progress,
                      gpointer        user_data,
                      GCancellable   *cancellable,
                      GError        **error);
double dot_k_eff_estimate_trial (DotPair      *pair,
                                 DotSpace      space,
                                 guint         trial,
                                 guint         pairs,
                                 GCancellable *cancellable,
                                 GError      **error);
double dot_k_eff_estimate (DotPair        *pair,
                           const DotClass *klass,
                           DotSpace        space,
                           guint           pairs,
                           DotProgressFunc progress,
                           gpointer        user_data,
                           GCancellable   *cancellable,
                           GError        **error);
