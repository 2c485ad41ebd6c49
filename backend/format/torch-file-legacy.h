/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "pickle-value.h"

G_BEGIN_DECLS

DotPickleValue *dot_torch_file_legacy_load (const char     *path,
                                            const DotSlice *file,
                                            DotPickleArena *arena,
                                            GError        **error);

G_END_DECLS
