/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PEAK_H__
#define __DOT_PEAK_H__

#include "dot.h"

G_BEGIN_DECLS

gboolean dot_peak_measure (DotPrecision precision,
                           double      *convolution,
                           double      *product,
                           GError     **error);

G_END_DECLS

#endif /* __DOT_PEAK_H__ */
