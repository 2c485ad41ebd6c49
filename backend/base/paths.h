/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

GStrv    dot_paths_get_model_folders (void);
GStrv    dot_paths_get_trusted_folders (void);
char    *dot_paths_get_user_models (void);
gboolean dot_paths_is_installation (const char *folder);
GStrv    dot_paths_get_module_folders (void);
char    *dot_paths_get_locale_folder (void);
