/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "slice.h"

G_BEGIN_DECLS

GHashTable *dot_zip_directory_read (const DotSlice *file);
gboolean    dot_zip_directory_find (GHashTable     *directory,
                                    const DotSlice *file,
                                    const DotSlice *name,
                                    DotSlice       *bytes);

G_END_DECLS
