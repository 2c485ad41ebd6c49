/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Bytes in a mapped file, and reading on in them, never beyond their end. */

#include "slice.h"

#include "dot.h"

#include <string.h>

/* More of a name than this is no help in a sentence. */
#define MAX_LINE 100

/**
 * dot_slice_take:
 * @taken: (out): the first @size bytes of @from, which loses them
 *
 * Returns: %FALSE where @from hasn't as many; both stay as they are then
 */
gboolean
dot_slice_take (DotSlice *from, guint64 size, DotSlice *taken)
{
  DotSlice begin = { from->bytes, size };

  if (size > from->size)
    return FALSE;
  from->bytes += size;
  from->size -= size;
  *taken = begin;
  return TRUE;
}

/**
 * dot_slice_take_number:
 * @size: in bytes, 8 at most
 * @number: (out): the lowest byte of which comes first
 */
gboolean
dot_slice_take_number (DotSlice *from, guint size, guint64 *number)
{
  DotSlice bytes;

  if (! dot_slice_take (from, size, &bytes))
    return FALSE;
  *number = 0;
  for (guint i = 0; i < size; i++)
    *number |= (guint64) bytes.bytes[i] << (8 * i);
  return TRUE;
}

/**
 * dot_slice_take_line:
 * @line: (out): what comes before the next line feed, which goes, too
 */
gboolean
dot_slice_take_line (DotSlice *from, DotSlice *line)
{
  const guint8 *end = from->size > 0 ? memchr (from->bytes, '\n', from->size) : NULL;
  DotSlice      feed;

  return end && dot_slice_take (from, end - from->bytes, line) && dot_slice_take (from, 1, &feed);
}

gboolean
dot_slice_is (const DotSlice *slice, const char *text)
{
  return slice->size == strlen (text) && memcmp (slice->bytes, text, slice->size) == 0;
}

gboolean
dot_slice_ends_with (const DotSlice *slice, const char *text)
{
  gsize size = strlen (text);

  return slice->size >= size && memcmp (slice->bytes + slice->size - size, text, size) == 0;
}

/**
 * dot_slice_hash:
 *
 * For tables whose keys are slices; FNV-1a.
 */
guint
dot_slice_hash (gconstpointer slice)
{
  const DotSlice *bytes = slice;
  guint           hash  = 2166136261u;

  for (gsize i = 0; i < bytes->size; i++)
    hash = (hash ^ bytes->bytes[i]) * 16777619u;
  return hash;
}

gboolean
dot_slice_equal (gconstpointer a, gconstpointer b)
{
  const DotSlice *first  = a;
  const DotSlice *second = b;

  return first->size == second->size &&
         (first->size == 0 || memcmp (first->bytes, second->bytes, first->size) == 0);
}

/**
 * dot_slice_to_line:
 *
 * Returns: (transfer full): the begin of @slice for a message
 */
char *
dot_slice_to_line (const DotSlice *slice)
{
  g_autofree char *text = g_strndup ((const char *) slice->bytes, MIN (slice->size, MAX_LINE));

  return dot_line_from_text (text);
}
