/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "key-map.h"

G_BEGIN_DECLS

gboolean dot_convert_copy (const char   *source,
                           const char   *target,
                           GCancellable *cancellable,
                           GError      **error);
gboolean dot_convert_weights (const char   *source,
                              guint         role,
                              GHashTable   *rules,
                              const char   *target,
                              GCancellable *cancellable,
                              GError      **error);

G_END_DECLS
