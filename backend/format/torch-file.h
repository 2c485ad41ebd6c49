/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "array.h"

G_BEGIN_DECLS

typedef struct _DotTorchFile DotTorchFile;

DotTorchFile *dot_torch_file_open (const char *path, GError **error);
void          dot_torch_file_close (DotTorchFile *file);
const char   *dot_torch_file_get_path (DotTorchFile *file);
GStrv         dot_torch_file_list_keys (DotTorchFile *file);
gboolean      dot_torch_file_has (DotTorchFile *file, const char *key);
gboolean      dot_torch_file_get_shape (DotTorchFile *file,
                                        const char   *key,
                                        DotShape     *shape,
                                        GError      **error);
DotArray     *dot_torch_file_read (DotTorchFile *file,
                                   const char   *key,
                                   guint         n_dims,
                                   const gsize  *shape,
                                   GError      **error);
gboolean      dot_torch_file_get_number (DotTorchFile *file, const char *name, double *number);
char         *dot_torch_file_get_text (DotTorchFile *file, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotTorchFile, dot_torch_file_close)

G_END_DECLS
