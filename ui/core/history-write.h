/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "dot.h"

G_BEGIN_DECLS

gboolean dot_history_write (const char *folder,
                            GDateTime  *time,
                            JsonObject *settings,
                            JsonArray  *parts,
                            GPtrArray  *first,
                            GPtrArray  *last,
                            GError    **error);

G_END_DECLS
