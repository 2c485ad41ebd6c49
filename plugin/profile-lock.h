/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PROFILE_LOCK_H__
#define __DOT_PROFILE_LOCK_H__

#include <glib.h>

G_BEGIN_DECLS

int  dot_profile_lock (void);
void dot_profile_unlock (int lock);

G_END_DECLS

#endif /* __DOT_PROFILE_LOCK_H__ */
