/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

typedef struct _DotTar DotTar;

DotTar          *dot_tar_open (const char *path, guint64 memory_limit, GError **error);
gboolean         dot_tar_next (DotTar *tar, const char **name, GError **error);
GBytes          *dot_tar_read (DotTar *tar, guint64 max_size, GError **error);
const GPtrArray *dot_tar_get_links (const DotTar *tar);
void             dot_tar_close (DotTar *tar);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotTar, dot_tar_close)

G_END_DECLS
