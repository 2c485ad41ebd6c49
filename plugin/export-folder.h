/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/settings.h"

G_BEGIN_DECLS

gboolean dot_export_folder_make (DotSettings *settings, char **folder, GError **error);
gboolean dot_export_folder_save (const char *folder, GPtrArray *frames, GError **error);

G_END_DECLS
