/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/settings.h"

G_BEGIN_DECLS

typedef struct _DotLayers DotLayers;

DotLayers  *dot_layers_new (GimpImage **target, gboolean show, DotScale scale);
gboolean    dot_layers_add (DotLayers *layers, GPtrArray *frames, GError **error);
gboolean    dot_layers_show (DotLayers *layers);
void        dot_layers_end (DotLayers *layers);
gboolean    dot_layers_is_empty (DotLayers *layers);
GimpLayer **dot_layers_get_list (DotLayers *layers);
void        dot_layers_free (DotLayers *layers);
GStrv       dot_layers_read_states (GimpImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotLayers, dot_layers_free)

G_END_DECLS
