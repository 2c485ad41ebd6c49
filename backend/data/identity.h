/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset-private.h"

#include <glib/gstdio.h>

G_BEGIN_DECLS

gint64 dot_identity_get_time (const GStatBuf *status);
void   dot_identity_add (DotDataset *dataset, const char *name, guint64 size, gint64 time);
void   dot_identity_add_file (DotDataset *dataset, const char *path);
char  *dot_identity_finish (DotDataset *dataset);

G_END_DECLS
