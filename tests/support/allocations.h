/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __ALLOCATIONS_H__
#define __ALLOCATIONS_H__

#include <glib.h>

void allocations_begin (void);
void allocations_end (gsize *largest, gsize *count);

#endif /* __ALLOCATIONS_H__ */
