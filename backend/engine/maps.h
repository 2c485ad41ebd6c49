/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "transport/transport.h"

G_BEGIN_DECLS

/* Maps of so many sizes are taken, all at this one. */
#define DOT_MAPS_MOST 4
#define DOT_MAPS_SIDE 16

/**
 * DotMaps:
 *
 * What a discriminator sees in a picture: maps from inside of it, of several sizes.
 */
typedef struct _DotMaps DotMaps;

DotMaps     *dot_maps_new (DotPair *pair, GError **error);
void         dot_maps_free (DotMaps *maps);
const guint *dot_maps_get_channels (const DotMaps *maps, guint *n_maps);
gsize        dot_maps_get_items (const DotMaps *maps);
gboolean     dot_maps_find (DotMaps      *maps,
                            const double *images,
                            const guint  *labels,
                            gsize         batch,
                            float        *numbers,
                            GError      **error);
gboolean     dot_maps_backward (DotMaps      *maps,
                                const double *images,
                                const double *cotangents,
                                const guint  *labels,
                                gsize         batch,
                                double       *gradients,
                                GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotMaps, dot_maps_free)

G_END_DECLS
