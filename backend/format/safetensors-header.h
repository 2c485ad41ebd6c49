/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "array.h"

G_BEGIN_DECLS

/**
 * DotSafetensor:
 * @name: its key
 * @kind: 'f' floating point, 'h' bfloat16, 'i' signed, 'u' unsigned, 'b' bool
 * @item_size: in bytes
 * @n_items: the product of @shape
 * @begin, @end: where its items are, counted from the end of the header
 *
 * An array in a safetensors file.
 */
typedef struct
{
  char    *name;
  char     kind;
  guint    item_size;
  DotShape shape;
  gsize    n_items;
  gsize    begin;
  gsize    end;
} DotSafetensor;

GHashTable *dot_safetensors_header_parse (const char *text,
                                          gsize       length,
                                          gsize       data_size,
                                          const char *path,
                                          GError    **error);

G_END_DECLS
