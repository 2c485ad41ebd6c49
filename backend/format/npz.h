/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "npy.h"
#include "zip-writer.h"

G_BEGIN_DECLS

typedef struct _DotNpz DotNpz;

DotNpz     *dot_npz_open (const char *path, GError **error);
void        dot_npz_close (DotNpz *npz);
const char *dot_npz_get_path (DotNpz *npz);
GStrv       dot_npz_list_members (DotNpz *npz);
GStrv       dot_npz_list_keys (DotNpz *npz);
gboolean    dot_npz_has (DotNpz *npz, const char *key);
gboolean    dot_npz_get_header (DotNpz *npz, const char *key, DotNpyHeader *header, GError **error);
DotArray   *dot_npz_read (DotNpz      *npz,
                          const char  *key,
                          guint        n_dims,
                          const gsize *shape,
                          GError     **error);
double *dot_npz_read_doubles (DotNpz *npz, const char *key, DotNpyHeader *header, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotNpz, dot_npz_close)

/* A zip writer with one function more. */
typedef DotZipWriter DotNpzWriter;

gboolean dot_npz_writer_add (DotNpzWriter *writer,
                             const char   *key,
                             const float  *values,
                             guint         n_dims,
                             const gsize  *shape,
                             GError      **error);
gboolean dot_npz_writer_add_doubles (DotNpzWriter *writer,
                                     const char   *key,
                                     const double *values,
                                     guint         n_dims,
                                     const gsize  *shape,
                                     GError      **error);

#define dot_npz_writer_new   dot_zip_writer_new
#define dot_npz_writer_watch dot_zip_writer_watch
#define dot_npz_writer_close dot_zip_writer_close
#define dot_npz_writer_free  dot_zip_writer_free

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotNpzWriter, dot_zip_writer_free)

G_END_DECLS
