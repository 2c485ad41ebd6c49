/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "inflate.h"

#include <libdeflate.h>

/**
 * dot_inflate:
 * @deflated: (n_deflated): a whole deflate stream
 * @checksum: CRC-32 of what it holds
 * @bytes: (out): (size)
 *
 * Inflates at once what a zip's directory says the size of: weights are
 * hundreds of megabytes, and libdeflate takes a third of zlib's time.
 *
 * Returns: whether the stream holds just @size bytes of that checksum
 */
gboolean
dot_inflate (gconstpointer deflated, gsize n_deflated, guint32 checksum, guint8 *bytes, gsize size)
{
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor ();
  gboolean                        whole;

  if (! inflater)
    return FALSE;

  /* Without a place for the size it must be just @size. */
  whole = libdeflate_deflate_decompress (inflater, deflated, n_deflated, bytes, size, NULL) ==
            LIBDEFLATE_SUCCESS &&
          libdeflate_crc32 (0, bytes, size) == checksum;
  libdeflate_free_decompressor (inflater);
  return whole;
}
