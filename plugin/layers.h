/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/settings.h"

G_BEGIN_DECLS

typedef struct _DotLayers DotLayers;

/**
 * DotLayersWhen:
 * @DOT_LAYERS_COMING: some at a time, while the run goes on
 * @DOT_LAYERS_AT_END: all at once, when all have come
 *
 * When layers go into the image; each time is one step of undo.
 */
typedef enum
{
  DOT_LAYERS_COMING,
  DOT_LAYERS_AT_END
} DotLayersWhen;

/**
 * DotLayersProgress:
 * @fraction: how much is done, 0 … 1
 *
 * Called in the thread that talks with GIMP.
 */
typedef void (*DotLayersProgress) (double fraction, gpointer user_data);

DotLayers *dot_layers_new (GimpImage   **target,
                           DotLayersWhen when,
                           gboolean      show,
                           DotScale      scale,
                           GCancellable *cancellable);
void dot_layers_set_progress (DotLayers *layers, DotLayersProgress progress, gpointer user_data);
void dot_layers_open (DotLayers *layers);
gboolean    dot_layers_add (DotLayers *layers, GPtrArray *frames, GError **error);
gboolean    dot_layers_insert_due (DotLayers *layers, GError **error);
gboolean    dot_layers_end (DotLayers *layers, GError **error);
gboolean    dot_layers_take_opened (DotLayers *layers);
gboolean    dot_layers_is_empty (DotLayers *layers);
GimpLayer **dot_layers_get_list (DotLayers *layers);
void        dot_layers_free (DotLayers *layers);
gboolean    dot_layers_check (GimpImage *image, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotLayers, dot_layers_free)

G_END_DECLS
