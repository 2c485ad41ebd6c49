/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "number.h"
#include "slice.h"

G_BEGIN_DECLS

/**
 * DotStorage:
 * @key: what it is called in its file
 * @items: (nullable): its numbers, in the mapped file; %NULL until they are found
 *
 * Numbers in a row that one or several tensors look at.
 */
typedef struct
{
  DotSlice      key;
  DotNumberType type;
  gsize         n_items;
  const guint8 *items;
} DotStorage;

gboolean    dot_storage_find_type (const DotSlice *name, DotNumberType *type);
gboolean    dot_storage_get_size (const DotStorage *storage, gsize *size);
GHashTable *dot_storage_table_new (void);
DotStorage *dot_storage_table_add (GHashTable *table, GPtrArray *owner, const DotStorage *named);

G_END_DECLS
