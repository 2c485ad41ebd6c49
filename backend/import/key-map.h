/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/weights.h"

G_BEGIN_DECLS

typedef struct _DotKeyMap  DotKeyMap;
typedef struct _DotKeyRule DotKeyRule;

DotKeyMap  *dot_key_map_new_from_file (const char *path, GError **error);
void        dot_key_map_free (DotKeyMap *map);
GHashTable *dot_key_map_get_rules (DotKeyMap *map, guint file);
gboolean    dot_key_map_get_shape (const DotKeyRule *rule,
                                   DotWeights       *weights,
                                   DotShape         *shape,
                                   GError          **error);
DotArray   *dot_key_map_read (const DotKeyRule *rule, DotWeights *weights, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotKeyMap, dot_key_map_free)

G_END_DECLS
