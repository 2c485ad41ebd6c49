/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Rows of numbers, of the types that PyTorch has classes for. */

#include "storage.h"

static const struct
{
  const char   *name;
  DotNumberType type;
} types[] = {
  { "FloatStorage", { 'f', 4, FALSE } },  { "HalfStorage", { 'f', 2, FALSE } },
  { "DoubleStorage", { 'f', 8, FALSE } }, { "BFloat16Storage", { 'h', 2, FALSE } },
  { "LongStorage", { 'i', 8, FALSE } },   { "IntStorage", { 'i', 4, FALSE } },
  { "ShortStorage", { 'i', 2, FALSE } },  { "CharStorage", { 'i', 1, FALSE } },
  { "ByteStorage", { 'u', 1, FALSE } },   { "BoolStorage", { 'b', 1, FALSE } },
};

/**
 * dot_storage_find_type:
 * @name: of one of PyTorch's classes
 * @type: (out): little-endian
 */
gboolean
dot_storage_find_type (const DotSlice *name, DotNumberType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (dot_slice_is (name, types[i].name))
      {
        *type = types[i].type;
        return TRUE;
      }
  return FALSE;
}

/**
 * dot_storage_get_size:
 * @size: (out): in bytes
 *
 * Returns: whether there can be as many
 */
gboolean
dot_storage_get_size (const DotStorage *storage, gsize *size)
{
  return g_size_checked_mul (size, storage->n_items, storage->type.size);
}

/**
 * dot_storage_table_new:
 *
 * Returns: (transfer full) (element-type DotSlice DotStorage): for storages by
 *   their keys, which are theirs
 */
GHashTable *
dot_storage_table_new (void)
{
  return g_hash_table_new (dot_slice_hash, dot_slice_equal);
}

/**
 * dot_storage_table_add:
 * @owner: frees it
 * @named: key, type and length
 *
 * Returns: (transfer none) (nullable): the storage of that key, a new one where
 *   there was none; %NULL where it has another type or length
 */
DotStorage *
dot_storage_table_add (GHashTable *table, GPtrArray *owner, const DotStorage *named)
{
  DotStorage *storage = g_hash_table_lookup (table, &named->key);

  if (storage)
    return storage->n_items == named->n_items && storage->type.kind == named->type.kind &&
               storage->type.size == named->type.size
             ? storage
             : NULL;

  storage = g_memdup2 (named, sizeof (*named));
  g_ptr_array_add (owner, storage);
  g_hash_table_insert (table, &storage->key, storage);
  return storage;
}
