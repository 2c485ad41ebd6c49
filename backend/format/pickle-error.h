/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "slice.h"

G_BEGIN_DECLS

gpointer dot_pickle_error_damaged (const char *path, const char *reason, GError **error);
gpointer dot_pickle_error_call (const char     *path,
                                const DotSlice *module,
                                const DotSlice *name,
                                GError        **error);
gpointer dot_pickle_error_object (const char     *path,
                                  const DotSlice *module,
                                  const DotSlice *name,
                                  GError        **error);

G_END_DECLS
