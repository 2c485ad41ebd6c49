/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

#define DOT_ARRAY_MAX_DIMS 8

/**
 * DotArray:
 * @n_dims: 0 for a scalar
 * @shape: row-major
 * @n_items: the product of @shape
 * @data: (n_items)
 * @storage: what @data lies in
 *
 * Numbers in memory: weights, folded tables.
 */
typedef struct
{
  gatomicrefcount ref_count;
  guint           n_dims;
  gsize           shape[DOT_ARRAY_MAX_DIMS];
  gsize           n_items;
  float          *data;
  gpointer        storage;
} DotArray;

/**
 * DotShape:
 * @axes: (n_dims) row-major
 *
 * How large an array in a file is.
 */
typedef struct
{
  guint n_dims;
  gsize axes[DOT_ARRAY_MAX_DIMS];
} DotShape;

DotArray *dot_array_new (guint n_dims, const gsize *shape, GError **error);
DotArray *dot_array_adopt (guint8 *bytes, gsize offset, guint n_dims, const gsize *shape);
DotArray *dot_array_ref (DotArray *array);
void      dot_array_unref (DotArray *array);
gboolean  dot_array_check_finite (const DotArray *array,
                                  const char     *path,
                                  const char     *key,
                                  GError        **error);
gboolean  dot_array_check_shape (const DotShape *found,
                                 guint           n_dims,
                                 const gsize    *shape,
                                 const char     *path,
                                 const char     *key,
                                 GError        **error);
char     *dot_array_shape_to_string (guint n_dims, const gsize *shape);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotArray, dot_array_unref)

G_END_DECLS
