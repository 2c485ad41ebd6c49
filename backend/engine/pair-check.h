/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

gboolean dot_pair_check_scores (DotPair      *pair,
                                const char   *discriminator,
                                char        **warning,
                                GCancellable *cancellable,
                                GError      **error);

G_END_DECLS
