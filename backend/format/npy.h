/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "array.h"

G_BEGIN_DECLS

/* Longest header that is read; NumPy itself refuses more than 10,000. */
#define DOT_NPY_MAX_HEADER 10240

/**
 * DotNpyHeader:
 * @kind: 'f', 'i', 'u' or 'b'
 * @item_size: in bytes
 * @offset: of the first item from the file's begin
 */
typedef struct
{
  char  kind;
  guint item_size;
  guint n_dims;
  gsize shape[DOT_ARRAY_MAX_DIMS];
  gsize n_items;
  gsize n_bytes;
  gsize offset;
} DotNpyHeader;

gboolean dot_npy_parse_header (const guint8 *bytes,
                               gsize         size,
                               const char   *name,
                               DotNpyHeader *header,
                               GError      **error);
gboolean dot_npy_is_float (const DotNpyHeader *header);
void     dot_npy_to_floats (const DotNpyHeader *header, const guint8 *items, float *values);
void     dot_npy_to_doubles (const DotNpyHeader *header, const guint8 *items, double *values);
double  *dot_npy_read (const char *path, DotNpyHeader *header, GError **error);
GBytes  *dot_npy_new_header (const char *descr, guint n_dims, const gsize *shape);

G_END_DECLS
