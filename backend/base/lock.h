/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What lets go of nothing. */
#define DOT_LOCK_NONE (-1)

/**
 * DotLock:
 *
 * Holds a folder, or bytes of a file, against other processes, and against other
 * locks of this one.
 */
typedef int DotLock;

gboolean dot_lock_try (DotLock *lock, const char *folder);
void     dot_lock_wait (DotLock *lock, const char *folder);
gboolean dot_lock_try_bytes (DotLock *lock, const char *file, guint first, guint n);
void     dot_lock_wait_bytes (DotLock *lock, const char *file, guint first, guint n);
void     dot_lock_release (DotLock *lock);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotLock, dot_lock_release)

G_END_DECLS
