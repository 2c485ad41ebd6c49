/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The markers of a JPEG (ITU-T T.81, annex B), as far as they say whether the
 * file is whole: not each decoder does. */

#include "jpeg.h"

#include <string.h>

#define MARKER 0xff
#define SOI    0xd8
#define EOI    0xd9
#define TEM    0x01
#define RST0   0xd0
#define RST7   0xd7

/**
 * dot_jpeg_is_jpeg:
 *
 * Returns: whether a file begins like a JPEG
 */
gboolean
dot_jpeg_is_jpeg (const guint8 *bytes, gsize n_bytes)
{
  static const guint8 start[] = { MARKER, SOI, MARKER };

  return n_bytes > sizeof (start) && ! memcmp (bytes, start, sizeof (start));
}

/* In what is coded a 0 after the sign says that it is none; and it may be
 * repeated.
 *
 * Returns: where the next marker's code is, or @n_bytes */
static gsize
find_code (const guint8 *bytes, gsize n_bytes, gsize at)
{
  while (at + 1 < n_bytes)
    {
      const guint8 *sign = memchr (bytes + at, MARKER, n_bytes - at - 1);

      if (! sign)
        break;
      at = (gsize) (sign - bytes) + 1;
      if (bytes[at] != 0 && bytes[at] != MARKER)
        return at;
    }
  return n_bytes;
}

/**
 * dot_jpeg_has_end:
 * @bytes: a JPEG
 *
 * Returns: whether its picture is followed by an end; that of a preview inside
 *   of it doesn't count
 */
gboolean
dot_jpeg_has_end (const guint8 *bytes, gsize n_bytes)
{
  gsize at = find_code (bytes, n_bytes, 0);

  while (at < n_bytes)
    {
      guint8 code   = bytes[at++];
      gsize  length = 0;

      if (code == EOI)
        return TRUE;
      if (code != SOI && code != TEM && (code < RST0 || code > RST7))
        {
          if (n_bytes - at < 2)
            return FALSE;
          length = (gsize) bytes[at] << 8 | bytes[at + 1];
        }
      if (length > n_bytes - at)
        return FALSE;
      at = find_code (bytes, n_bytes, at + length);
    }
  return FALSE;
}
