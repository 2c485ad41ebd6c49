/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_FID_H__
#define __DOT_FID_H__

#include "statistics.h"

gboolean dot_fid (const DotStatistics *one,
                  const DotStatistics *other,
                  double              *fid,
                  GError             **error);

#endif /* __DOT_FID_H__ */
