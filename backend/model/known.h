/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "manifest.h"

G_BEGIN_DECLS

GStrv        dot_known_list (void);
char        *dot_known_find_folder (const char *id);
DotManifest *dot_known_read (const char *id, const char *folder);
gboolean     dot_known_check (const char *id, const DotManifest *manifest, GError **error);

G_END_DECLS
