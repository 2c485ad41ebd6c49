/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

guint       dot_presets_builtin_get_n (void);
const char *dot_presets_builtin_get_name (guint index);
JsonObject *dot_presets_builtin_get_settings (guint index);

G_END_DECLS
