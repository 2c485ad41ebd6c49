/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "dot.h"

G_BEGIN_DECLS

#define DOT_TYPE_PRESETS (dot_presets_get_type ())
G_DECLARE_FINAL_TYPE (DotPresets, dot_presets, DOT, PRESETS, GObject)

DotPresets *dot_presets_new (const char *path);
const char *dot_presets_get_problem (DotPresets *presets);
GStrv       dot_presets_list (DotPresets *presets);
gboolean    dot_presets_is_own (DotPresets *presets, const char *name);
JsonObject *dot_presets_find (DotPresets *presets, const char *name);
gboolean    dot_presets_save (DotPresets *presets,
                              const char *name,
                              JsonObject *settings,
                              GError    **error);
gboolean    dot_presets_rename (DotPresets *presets,
                                const char *name,
                                const char *new_name,
                                GError    **error);
gboolean    dot_presets_remove (DotPresets *presets, const char *name, GError **error);

G_END_DECLS
