/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "array.h"

G_BEGIN_DECLS

typedef struct _DotWeights DotWeights;

DotWeights *dot_weights_open (const char *path, GError **error);
void        dot_weights_close (DotWeights *weights);
const char *dot_weights_get_path (DotWeights *weights);
GStrv       dot_weights_list_keys (DotWeights *weights);
void        dot_weights_enter (DotWeights *weights, const char *part);
gboolean    dot_weights_has (DotWeights *weights, const char *key);
gboolean    dot_weights_get_shape (DotWeights *weights,
                                   const char *key,
                                   DotShape   *shape,
                                   GError    **error);
DotArray   *dot_weights_read (DotWeights  *weights,
                              const char  *key,
                              guint        n_dims,
                              const gsize *shape,
                              GError     **error);
gboolean    dot_weights_get_number (DotWeights *weights, const char *name, double *number);
gboolean    dot_weights_get_attribute (DotWeights *weights, const char *name, double *number);

guint dot_weights_get_axis (DotWeights *weights,
                            const char *key,
                            guint       n_dims,
                            guint       axis,
                            GError    **error);
guint dot_weights_get_side (DotWeights *weights,
                            const char *flat,
                            guint       flat_axis,
                            const char *layer,
                            guint       layer_axis,
                            GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotWeights, dot_weights_close)

G_END_DECLS
