/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_RANDOM_H__
#define __DOT_RANDOM_H__

#include <glib.h>

G_BEGIN_DECLS

/* Ends keep what one seed draws for different things apart.  0 are latents. */
typedef enum
{
  DOT_RANDOM_ORDER = 1,
  DOT_RANDOM_FLIP  = 2,
  DOT_RANDOM_POINT = 3
} DotRandomEnd;

void     dot_random_draw (guint64      seed,
                          DotRandomEnd end,
                          guint32      block,
                          guint64      item,
                          guint32      words[4]);
guint32 *dot_random_order (guint64 seed, guint32 epoch, guint32 n);

G_END_DECLS

#endif /* __DOT_RANDOM_H__ */
