/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where the members of a mapped zip lie that are stored as they are.  libzip,
 * which reads the others, doesn't say where, and networks of 3 GB shall not be
 * copied. */

#include "zip-directory.h"

#define END_SIGNATURE     0x06054b50
#define END_64_SIGNATURE  0x06064b50
#define LOCATOR_SIGNATURE 0x07064b50
#define ENTRY_SIGNATURE   0x02014b50
#define MEMBER_SIGNATURE  0x04034b50

#define END_SIZE     22
#define LOCATOR_SIZE 20
#define MAX_COMMENT  65535

#define FLAG_ENCRYPTED 1
#define EXTRA_64       1
#define IS_64          0xffffffff

/* No network's file has a tenth of it. */
#define MAX_MEMBERS 100000

/* @offset: where it begins, with a header of its own. */
typedef struct
{
  DotSlice name;
  guint    flags;
  guint    method;
  guint64  packed;
  guint64  size;
  guint64  offset;
} Entry;

/* Where the directory is. */
typedef struct
{
  guint64 n;
  guint64 size;
  guint64 offset;
} Place;

/* A number of what has been checked to be there. */
static guint64
get_number (const DotSlice *bytes, gsize offset, guint size)
{
  DotSlice from   = { bytes->bytes + offset, bytes->size - offset };
  guint64  number = 0;

  dot_slice_take_number (&from, size, &number);
  return number;
}

static gboolean
take_part (const DotSlice *file, guint64 offset, guint64 size, DotSlice *part)
{
  DotSlice rest = *file;

  return dot_slice_take (&rest, offset, part) && dot_slice_take (&rest, size, part);
}

/*  where the directory is  */

/* Of a file of more than 4 GB. */
static gboolean
find_place_64 (const DotSlice *file, guint64 end, Place *place)
{
  DotSlice locator;
  DotSlice record;

  if (end < LOCATOR_SIZE || ! take_part (file, end - LOCATOR_SIZE, LOCATOR_SIZE, &locator) ||
      get_number (&locator, 0, 4) != LOCATOR_SIGNATURE ||
      ! take_part (file, get_number (&locator, 8, 8), 56, &record) ||
      get_number (&record, 0, 4) != END_64_SIGNATURE)
    return FALSE;
  place->n      = get_number (&record, 32, 8);
  place->size   = get_number (&record, 40, 8);
  place->offset = get_number (&record, 48, 8);
  return TRUE;
}

static gboolean
find_place_at (const DotSlice *file, guint64 at, Place *place)
{
  DotSlice end;

  if (! take_part (file, at, END_SIZE, &end) || get_number (&end, 0, 4) != END_SIGNATURE ||
      at + END_SIZE + get_number (&end, 20, 2) != file->size)
    return FALSE;
  place->n      = get_number (&end, 10, 2);
  place->size   = get_number (&end, 12, 4);
  place->offset = get_number (&end, 16, 4);
  /* Writers differ in which of the three they leave to the larger record. */
  find_place_64 (file, at, place);
  return TRUE;
}

/* The end of a zip may be followed by a comment. */
static gboolean
find_place (const DotSlice *file, Place *place)
{
  for (guint64 back = END_SIZE; back <= MIN (file->size, END_SIZE + MAX_COMMENT); back++)
    if (find_place_at (file, file->size - back, place))
      return TRUE;
  return FALSE;
}

/*  the directory  */

/* Sizes and places that don't fit into 32 bits come in this order. */
static gboolean
read_extra_64 (DotSlice extra, Entry *entry)
{
  return (entry->size != IS_64 || dot_slice_take_number (&extra, 8, &entry->size)) &&
         (entry->packed != IS_64 || dot_slice_take_number (&extra, 8, &entry->packed)) &&
         (entry->offset != IS_64 || dot_slice_take_number (&extra, 8, &entry->offset));
}

static gboolean
read_extras (DotSlice extras, Entry *entry)
{
  guint64  id;
  guint64  size;
  DotSlice extra;

  while (extras.size > 0)
    {
      if (! dot_slice_take_number (&extras, 2, &id) ||
          ! dot_slice_take_number (&extras, 2, &size) || ! dot_slice_take (&extras, size, &extra))
        return FALSE;
      if (id == EXTRA_64 && ! read_extra_64 (extra, entry))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_entry (DotSlice *from, Entry *entry)
{
  DotSlice header;
  DotSlice extras;
  DotSlice comment;

  if (! dot_slice_take (from, 46, &header) || get_number (&header, 0, 4) != ENTRY_SIGNATURE)
    return FALSE;
  entry->flags  = get_number (&header, 8, 2);
  entry->method = get_number (&header, 10, 2);
  entry->packed = get_number (&header, 20, 4);
  entry->size   = get_number (&header, 24, 4);
  entry->offset = get_number (&header, 42, 4);
  return dot_slice_take (from, get_number (&header, 28, 2), &entry->name) &&
         dot_slice_take (from, get_number (&header, 30, 2), &extras) &&
         dot_slice_take (from, get_number (&header, 32, 2), &comment) &&
         read_extras (extras, entry);
}

/**
 * dot_zip_directory_read:
 *
 * Returns: (transfer full) (nullable): the members of @file by their names;
 *   %NULL where it is damaged, or has two of one name
 */
GHashTable *
dot_zip_directory_read (const DotSlice *file)
{
  g_autoptr (GHashTable)
    directory = g_hash_table_new_full (dot_slice_hash, dot_slice_equal, NULL, g_free);
  Place    place;
  DotSlice bytes;

  if (! find_place (file, &place) || place.n > MAX_MEMBERS ||
      ! take_part (file, place.offset, place.size, &bytes))
    return NULL;

  for (guint64 i = 0; i < place.n; i++)
    {
      g_autofree Entry *entry = g_new0 (Entry, 1);

      if (! read_entry (&bytes, entry) || g_hash_table_contains (directory, &entry->name))
        return NULL;
      g_hash_table_insert (directory, &entry->name, entry);
      entry = NULL;
    }
  return g_steal_pointer (&directory);
}

/**
 * dot_zip_directory_find:
 * @bytes: (out): of the member called @name; %NULL bytes where it is packed
 *
 * Returns: %FALSE where there is none, or it doesn't lie in @file
 */
gboolean
dot_zip_directory_find (GHashTable     *directory,
                        const DotSlice *file,
                        const DotSlice *name,
                        DotSlice       *bytes)
{
  const Entry *entry = g_hash_table_lookup (directory, name);
  DotSlice     rest;
  DotSlice     header;
  guint64      names;

  if (! entry || ! take_part (file, entry->offset, 30, &header) ||
      get_number (&header, 0, 4) != MEMBER_SIGNATURE)
    return FALSE;
  if (entry->method != 0 || entry->flags & FLAG_ENCRYPTED || entry->packed != entry->size)
    {
      *bytes = (DotSlice) { NULL, 0 };
      return TRUE;
    }

  names = get_number (&header, 26, 2) + get_number (&header, 28, 2);
  rest  = (DotSlice) { file->bytes + entry->offset + 30, file->size - entry->offset - 30 };
  return dot_slice_take (&rest, names, bytes) && dot_slice_take (&rest, entry->size, bytes);
}
