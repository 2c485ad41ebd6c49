/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "checksum.h"

#include "intl.h"

/**
 * dot_file_checksum:
 *
 * Returns: (transfer full): the file's sha256 in lower case
 */
char *
dot_file_checksum (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  if (! file)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                   _ ("%s is not there: check the path, or install the model "
                      "again."),
                   path);
      return NULL;
    }

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      (const guchar *) g_mapped_file_get_contents (file),
                                      g_mapped_file_get_length (file));
}
