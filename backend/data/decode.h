/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* No picture's file is larger. */
#define DOT_DECODE_MAX_BYTES ((gsize) 64 << 20)

gboolean dot_decode_has_suffix (const char *name);
gboolean dot_decode_picture (gconstpointer bytes,
                             gsize         n_bytes,
                             const char   *name,
                             guint         size,
                             guint8       *pixels,
                             GError      **error);
gboolean dot_decode_scale (GdkPixbuf *picture, guint size, guint8 *pixels);

G_END_DECLS
