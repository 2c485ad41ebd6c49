/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "safetensors-header.h"

G_BEGIN_DECLS

typedef struct _DotSafetensors DotSafetensors;

DotSafetensors      *dot_safetensors_open (const char *path, GError **error);
void                 dot_safetensors_close (DotSafetensors *file);
const char          *dot_safetensors_get_path (DotSafetensors *file);
GStrv                dot_safetensors_list_keys (DotSafetensors *file);
const DotSafetensor *dot_safetensors_look_up (DotSafetensors *file, const char *key);
gboolean             dot_safetensors_get_shape (DotSafetensors *file,
                                                const char     *key,
                                                DotShape       *shape,
                                                GError        **error);
DotArray            *dot_safetensors_read (DotSafetensors *file,
                                           const char     *key,
                                           guint           n_dims,
                                           const gsize    *shape,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotSafetensors, dot_safetensors_close)

/**
 * DotSafetensorsFunc:
 *
 * Returns: (transfer full): the array under @key, of the shape that was told
 */
typedef DotArray *(*DotSafetensorsFunc) (const char *key, gpointer user_data, GError **error);

typedef struct _DotSafetensorsWriter DotSafetensorsWriter;

DotSafetensorsWriter *dot_safetensors_writer_new (const char *path);
void                  dot_safetensors_writer_declare (DotSafetensorsWriter *writer,
                                                      const char           *key,
                                                      const DotShape       *shape);
gboolean              dot_safetensors_writer_write (DotSafetensorsWriter *writer,
                                                    DotSafetensorsFunc    get,
                                                    gpointer              user_data,
                                                    GError              **error);
void                  dot_safetensors_writer_free (DotSafetensorsWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotSafetensorsWriter, dot_safetensors_writer_free)

G_END_DECLS
