/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What torch.save() wrote before PyTorch 1.6: five pickles in a row (a number to
 * know it by, a version, the writer's computer, what was saved, and the keys of
 * its numbers), and then the numbers, each row after its length. */

#include "torch-file-legacy.h"

#include "pickle-error.h"
#include "pickle.h"

#include "base/intl.h"

#include <string.h>

#define MAGIC   "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e"
#define VERSION 1001

typedef struct
{
  const char     *path;
  DotPickleArena *arena;
  GHashTable     *storages;
} Container;

static gboolean
fail (const Container *container, const char *reason, GError **error)
{
  return dot_pickle_error_damaged (container->path, reason, error) != NULL;
}

static DotStorage *
find_storage (gpointer data, const DotStorage *named, GError **error)
{
  const Container *container = data;
  DotStorage      *storage = dot_storage_table_add (container->storages, container->arena->storages,
                                                    named);

  if (! storage)
    dot_pickle_error_damaged (container->path,
                              _ ("the same numbers have two types or lengths"), error);
  return storage;
}

/* Version and computer. */
static gboolean
check_head (const Container *container, DotPickle *pickle, DotSlice *rest, GError **error)
{
  const DotPickleValue *version = dot_pickle_load (pickle, rest, error);
  const DotPickleValue *system  = version ? dot_pickle_load (pickle, rest, error) : NULL;
  const DotPickleValue *little  = NULL;

  if (! system)
    return FALSE;
  if (version->kind != DOT_PICKLE_INTEGER || version->integer != VERSION)
    return fail (container, _ ("its version is unknown"), error);
  if (system->kind == DOT_PICKLE_DICTIONARY)
    little = dot_pickle_value_look_up (system, "little_endian");
  if (! little || little->kind != DOT_PICKLE_BOOLEAN || ! little->integer)
    return fail (container, _ ("its numbers' byte order is unknown"), error);
  return TRUE;
}

static gboolean
read_row (const Container *container, const DotPickleValue *key, DotSlice *rest, GError **error)
{
  DotStorage *storage = NULL;
  DotSlice    bytes;
  guint64     n;
  gsize       size;

  if (key->kind == DOT_PICKLE_TEXT)
    storage = g_hash_table_lookup (container->storages, &key->text);
  if (! storage || storage->items || ! dot_storage_get_size (storage, &size))
    return fail (container, _ ("its instructions don't fit together"), error);
  if (! dot_slice_take_number (rest, 8, &n) || n != storage->n_items ||
      ! dot_slice_take (rest, size, &bytes))
    return fail (container, _ ("the numbers of an array are missing"), error);
  storage->items = bytes.bytes;
  return TRUE;
}

static gboolean
check_all_are_found (const Container *container, GError **error)
{
  GHashTableIter iter;
  gpointer       storage;

  g_hash_table_iter_init (&iter, container->storages);
  while (g_hash_table_iter_next (&iter, NULL, &storage))
    if (! ((const DotStorage *) storage)->items)
      return fail (container, _ ("the numbers of an array are missing"), error);
  return TRUE;
}

static gboolean
read_rows (const Container *container, DotPickle *pickle, DotSlice *rest, GError **error)
{
  const DotPickleValue *keys = dot_pickle_load (pickle, rest, error);

  if (! keys)
    return FALSE;
  if (keys->kind != DOT_PICKLE_LIST)
    return fail (container, _ ("its instructions don't fit together"), error);
  for (guint i = 0; i < dot_pickle_value_get_length (keys); i++)
    if (! read_row (container, dot_pickle_value_get_item (keys, i), rest, error))
      return FALSE;
  return check_all_are_found (container, error);
}

static gboolean
has_magic (const DotSlice *file)
{
  DotSlice rest = *file;
  DotSlice begin;

  return dot_slice_take (&rest, sizeof (MAGIC) - 1, &begin) &&
         memcmp (begin.bytes, MAGIC, begin.size) == 0;
}

/**
 * dot_torch_file_legacy_load:
 * @file: stays mapped as long as @arena lives
 *
 * Returns: (transfer none): what was saved
 */
DotPickleValue *
dot_torch_file_legacy_load (const char     *path,
                            const DotSlice *file,
                            DotPickleArena *arena,
                            GError        **error)
{
  g_autoptr (GHashTable) storages = dot_storage_table_new ();
  Container       container       = { .path = path, .arena = arena, .storages = storages };
  DotPickle       pickle          = { .path         = path,
                                      .arena        = arena,
                                      .container    = &container,
                                      .find_storage = find_storage };
  DotSlice        rest            = *file;
  DotSlice        magic;
  DotPickleValue *value;

  if (! has_magic (file))
    return dot_pickle_error_damaged (path, _ ("its version is unknown"), error);
  dot_slice_take (&rest, sizeof (MAGIC) - 1, &magic);
  if (! check_head (&container, &pickle, &rest, error))
    return NULL;
  value = dot_pickle_load (&pickle, &rest, error);
  return value && read_rows (&container, &pickle, &rest, error) ? value : NULL;
}
