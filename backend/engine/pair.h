/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PAIR_H__
#define __DOT_PAIR_H__

#include "transport/transport.h"

G_BEGIN_DECLS

/* What a pair is asked in a refinement only. */
gboolean dot_pair_can_advance (DotPair *pair);
gboolean dot_pair_advance (DotPair          *pair,
                           const DotAdvance *advance,
                           const guint      *labels,
                           gsize             batch,
                           float            *images,
                           GCancellable     *cancellable,
                           GError          **error);

G_END_DECLS

#endif /* __DOT_PAIR_H__ */
