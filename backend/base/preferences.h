/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"
#include "lock.h"

G_BEGIN_DECLS

GStrv    dot_preferences_get_folders (void);
gboolean dot_preferences_set_folders (const char *const *folders, GError **error);

void dot_preferences_lock (DotLock *lock);

G_END_DECLS
