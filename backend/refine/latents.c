/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Latents as a file of their own: what DotRefineOptions.latents names. */

#include "dot.h"

#include "format/npy.h"

#include <string.h>

static void
append_double (GByteArray *bytes, double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof (bits));
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (bytes, (const guint8 *) &bits, sizeof (bits));
}

/**
 * dot_latents_to_npy:
 * @latents: (count, size)
 *
 * Returns: (transfer full): an .npy file of them in float64, so that a run that
 *   starts from it starts from the same numbers
 */
GBytes *
dot_latents_to_npy (const double *latents, gsize count, gsize size)
{
  const gsize shape[]       = { count, size };
  g_autoptr (GBytes) header = dot_npy_new_header ("<f8", 2, shape);
  GByteArray *bytes         = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  for (gsize i = 0; i < count * size; i++)
    append_double (bytes, latents[i]);
  return g_byte_array_free_to_bytes (bytes);
}
