/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <zip.h>

G_BEGIN_DECLS

zip_source_t *dot_zip_file_new (const char *path);

G_END_DECLS
