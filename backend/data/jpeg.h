/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dot_jpeg_is_jpeg (const guint8 *bytes, gsize n_bytes);
gboolean dot_jpeg_has_end (const guint8 *bytes, gsize n_bytes);

G_END_DECLS
