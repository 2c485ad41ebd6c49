/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What torch.save() writes: a zip with a pickle, and a member for each row of
 * numbers. */

#include "torch-file-zip.h"

#include "pickle-error.h"
#include "pickle.h"
#include "zip-directory.h"

#include "base/intl.h"

#include <string.h>

#define PICKLE     "data.pkl"
#define MAX_MEMBER 1024

/* @root: what all members' names begin with. */
typedef struct
{
  const char     *path;
  DotSlice        file;
  DotPickleArena *arena;
  GHashTable     *directory;
  GHashTable     *storages;
  DotSlice        root;
  gboolean        big_endian;
} Container;

static gboolean
fail (const Container *container, const char *reason, GError **error)
{
  return dot_pickle_error_damaged (container->path, reason, error) != NULL;
}

/* The folder of the one pickle. */
static gboolean
find_root (Container *container)
{
  GHashTableIter iter;
  gpointer       name;
  guint          n = 0;

  g_hash_table_iter_init (&iter, container->directory);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (dot_slice_ends_with (name, "/" PICKLE))
      {
        container->root = *(const DotSlice *) name;
        container->root.size -= sizeof (PICKLE) - 1;
        n++;
      }
  return n == 1;
}

/* The member called @folder and @key, in the root. */
static gboolean
find_member (const Container *container, const char *folder, const DotSlice *key, DotSlice *bytes)
{
  g_autoptr (GByteArray) name = g_byte_array_new ();
  DotSlice slice;

  if (container->root.size + key->size > MAX_MEMBER)
    return FALSE;
  g_byte_array_append (name, container->root.bytes, container->root.size);
  g_byte_array_append (name, (const guint8 *) folder, strlen (folder));
  g_byte_array_append (name, key->bytes, key->size);
  slice = (DotSlice) { name->data, name->len };
  return dot_zip_directory_find (container->directory, &container->file, &slice, bytes);
}

static gboolean
read_byte_order (Container *container, GError **error)
{
  DotSlice key  = { NULL, 0 };
  DotSlice text = { NULL, 0 };

  if (! find_member (container, "byteorder", &key, &text) || dot_slice_is (&text, "little"))
    return TRUE;
  container->big_endian = dot_slice_is (&text, "big");
  return container->big_endian || fail (container, _ ("its numbers' byte order is unknown"), error);
}

static gboolean
find_items (const Container *container, DotStorage *storage, GError **error)
{
  DotSlice bytes;
  gsize    size;

  if (! find_member (container, "data/", &storage->key, &bytes))
    return fail (container, _ ("the numbers of an array are missing"), error);
  if (! bytes.bytes)
    return fail (container, _ ("its members are packed"), error);
  if (! dot_storage_get_size (storage, &size) || bytes.size != size)
    return fail (container, _ ("the numbers of an array are missing"), error);
  storage->items = bytes.bytes;
  return TRUE;
}

static DotStorage *
find_storage (gpointer data, const DotStorage *named, GError **error)
{
  const Container *container = data;
  DotStorage      *storage = dot_storage_table_add (container->storages, container->arena->storages,
                                                    named);

  if (! storage)
    return dot_pickle_error_damaged (container->path,
                                     _ ("the same numbers have two types or lengths"),
                                     error);
  storage->type.big_endian = container->big_endian;
  return storage->items || find_items (container, storage, error) ? storage : NULL;
}

static DotPickleValue *
load_pickle (Container *container, GError **error)
{
  DotPickle pickle = { .path         = container->path,
                       .arena        = container->arena,
                       .container    = container,
                       .find_storage = find_storage };
  DotSlice  key    = { NULL, 0 };
  DotSlice  bytes;

  if (! find_member (container, PICKLE, &key, &bytes))
    return dot_pickle_error_damaged (container->path, _ ("it is cut off"), error);
  if (! bytes.bytes)
    return dot_pickle_error_damaged (container->path, _ ("its members are packed"), error);
  return dot_pickle_load (&pickle, &bytes, error);
}

/**
 * dot_torch_file_zip_load:
 * @file: stays mapped as long as @arena lives
 *
 * Returns: (transfer none): what was saved
 */
DotPickleValue *
dot_torch_file_zip_load (const char     *path,
                         const DotSlice *file,
                         DotPickleArena *arena,
                         GError        **error)
{
  g_autoptr (GHashTable) directory = dot_zip_directory_read (file);
  g_autoptr (GHashTable) storages  = dot_storage_table_new ();
  Container container              = { .path      = path,
                                       .file      = *file,
                                       .arena     = arena,
                                       .directory = directory,
                                       .storages  = storages };

  if (! directory || ! find_root (&container))
    return dot_pickle_error_damaged (path, _ ("its list of members is damaged"), error);
  return read_byte_order (&container, error) ? load_pickle (&container, error) : NULL;
}
