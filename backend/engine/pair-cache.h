/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "model/model.h"

G_BEGIN_DECLS

typedef void (*DotPairCacheFunc) (GKeyFile *file, gpointer data);

void      dot_pair_cache_append_settings (GString *key, DotModel *model);
GKeyFile *dot_pair_cache_load (DotModel *model, const char *kind);
gboolean  dot_pair_cache_export (DotModel   *model,
                                 const char *kind,
                                 const char *path,
                                 GError    **error);
void      dot_pair_cache_change (DotModel        *model,
                                 const char      *kind,
                                 DotPairCacheFunc change,
                                 gpointer         data);

G_END_DECLS
