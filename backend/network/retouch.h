/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The two layers that a generator's picture goes through where it retouches it:
 * x + c2 (relu (c1 (x))). */
#define DOT_RETOUCH_PREFIX "retouch/"
#define DOT_RETOUCH_FIRST  DOT_RETOUCH_PREFIX "c1"
#define DOT_RETOUCH_SECOND DOT_RETOUCH_PREFIX "c2"

gboolean dot_retouch_write (const char   *source,
                            const char   *target,
                            guint         width,
                            guint64       seed,
                            GCancellable *cancellable,
                            GError      **error);

G_END_DECLS
