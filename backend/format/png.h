/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GByteArray *dot_png_add_texts (const guint8      *png,
                               gsize              size,
                               const char *const *keys,
                               const char *const *texts);
char       *dot_png_find_text (const guint8 *png, gsize size, const char *key, gsize max);

G_END_DECLS
