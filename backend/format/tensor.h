/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "array.h"
#include "storage.h"

G_BEGIN_DECLS

/**
 * DotTensor:
 * @offset: of its first number in @storage
 * @strides: (n_dims): how many numbers lie from one to the next along each axis
 * @n_items: the product of @shape
 *
 * An array that looks at numbers in a file.
 */
typedef struct
{
  const DotStorage *storage;
  gsize             offset;
  DotShape          shape;
  gsize             strides[DOT_ARRAY_MAX_DIMS];
  gsize             n_items;
} DotTensor;

gboolean dot_tensor_check (DotTensor *tensor);
void     dot_tensor_read (const DotTensor *tensor, float *values);

G_END_DECLS
