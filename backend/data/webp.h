/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

#define DOT_WEBP_ABI    1
#define DOT_WEBP_MODULE "dotrefine-webp.so"
#define DOT_WEBP_SYMBOL "dot_webp_module"

/**
 * DotWebpClass:
 * @abi: %DOT_WEBP_ABI
 * @get_size: of a picture that needn't be whole
 * @decode: fills (height, width, 4) 8-bit RGBA, if that is what @size says
 *
 * What needs libwebp, and is loaded at run time.  A module exports
 * `const DotWebpClass *dot_webp_module (void)`.
 */
typedef struct
{
  guint abi;
  gboolean (*get_size) (gconstpointer bytes, gsize n_bytes, guint *width, guint *height);
  gboolean (*decode) (gconstpointer bytes, gsize n_bytes, guint8 *pixels, gsize size);
} DotWebpClass;

gboolean            dot_webp_is_webp (gconstpointer bytes, gsize n_bytes);
const DotWebpClass *dot_webp_load (void);

G_END_DECLS
