/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Whether a TIFF has all that its directory speaks of: one that has and can't be
 * decoded is of a kind that libtiff makes no RGB of, and isn't damaged. */

#include "tiff.h"

#include <string.h>

#define HEADER_SIZE 8
#define ENTRY_SIZE  12

#define STRIP_OFFSETS 273
#define STRIP_SIZES   279
#define TILE_OFFSETS  324
#define TILE_SIZES    325

#define SHORT 3
#define LONG  4

typedef struct
{
  const guint8 *bytes;
  gsize         size;
  gboolean      big_endian;
} File;

/* Numbers of one entry: of @width bytes each, from @at on. */
typedef struct
{
  guint32 count;
  guint   width;
  guint64 at;
} Numbers;

/* 0 behind the end. */
static guint32
get (const File *file, guint64 at, guint width)
{
  guint32 value = 0;

  if (at > file->size || width > file->size - at)
    return 0;
  for (guint i = 0; i < width; i++)
    value = value << 8 | file->bytes[at + (file->big_endian ? i : width - 1 - i)];
  return value;
}

/* Few numbers stand in the entry itself. */
static Numbers
get_numbers (const File *file, guint64 entry)
{
  guint   type    = get (file, entry + 2, 2);
  Numbers numbers = { get (file, entry + 4, 4), type == SHORT ? 2 : 4, entry + 8 };

  if (type != SHORT && type != LONG)
    numbers.count = 0;
  if ((guint64) numbers.count * numbers.width > 4)
    numbers.at = get (file, entry + 8, 4);
  return numbers;
}

/* Every part lies in the file. */
static gboolean
are_inside (const File *file, const Numbers *offsets, const Numbers *sizes)
{
  if (offsets->count == 0 || offsets->count != sizes->count || offsets->count > file->size)
    return FALSE;
  for (guint32 i = 0; i < offsets->count; i++)
    {
      guint64 offset = get (file, offsets->at + (guint64) i * offsets->width, offsets->width);
      guint64 size   = get (file, sizes->at + (guint64) i * sizes->width, sizes->width);

      if (offset == 0 || size == 0 || offset + size > file->size)
        return FALSE;
    }
  return TRUE;
}

/* Of the first picture. */
static gboolean
has_parts (const File *file)
{
  guint64 directory = get (file, 4, 4);
  guint   n         = get (file, directory, 2);
  Numbers offsets   = { 0 };
  Numbers sizes     = { 0 };

  for (guint i = 0; i < n; i++)
    {
      guint64 entry = directory + 2 + (guint64) i * ENTRY_SIZE;
      guint   tag   = get (file, entry, 2);

      if (tag == STRIP_OFFSETS || tag == TILE_OFFSETS)
        offsets = get_numbers (file, entry);
      if (tag == STRIP_SIZES || tag == TILE_SIZES)
        sizes = get_numbers (file, entry);
    }
  return are_inside (file, &offsets, &sizes);
}

/**
 * dot_tiff_is_whole:
 *
 * Returns: whether a file is a TIFF and its first picture's data are all there,
 *   whatever they say
 */
gboolean
dot_tiff_is_whole (gconstpointer bytes, gsize n_bytes)
{
  File file = { bytes, n_bytes, FALSE };

  if (n_bytes < HEADER_SIZE || (memcmp (bytes, "II*\0", 4) != 0 && memcmp (bytes, "MM\0*", 4) != 0))
    return FALSE;
  file.big_endian = file.bytes[0] == 'M';
  return has_parts (&file);
}
