/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "pickle-value.h"

G_BEGIN_DECLS

/**
 * DotTorchFileNames:
 * @values: (element-type utf8 DotPickleValue): tensors, numbers and texts, and
 *   objects by the names of their arrays' begin
 * @keys: (element-type utf8): of the tensors, in the order of the file
 *
 * What lies in a file, by names as PyTorch gives them.
 */
typedef struct
{
  GHashTable *values;
  GPtrArray  *keys;
} DotTorchFileNames;

gboolean dot_torch_file_names_init (DotTorchFileNames *names,
                                    DotPickleValue    *root,
                                    const char        *path,
                                    GError           **error);
void     dot_torch_file_names_clear (DotTorchFileNames *names);

G_END_DECLS
