/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

/* The readers take paths: one file in memory, where there is such a folder,
 * is written again and again. */
static const char *
fuzz_folder (void)
{
  static char *folder = NULL;

  if (! folder)
    {
      g_autofree char *name = g_strdup_printf ("dot-refine-fuzz-%d", getpid ());

      folder = g_build_filename (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm"
                                                                              : g_get_tmp_dir (),
                                 name, NULL);
      g_mkdir (folder, 0700);
    }
  return folder;
}

/**
 * fuzz_write:
 *
 * Returns: (transfer none): the path of a file of that name and content
 */
const char *
fuzz_write (const char *name, const uint8_t *data, size_t size)
{
  static char *path = NULL;
  FILE        *file;

  g_free (path);
  path = g_build_filename (fuzz_folder (), name, NULL);
  file = g_fopen (path, "wb");
  g_assert_nonnull (file);
  fwrite (data, 1, size, file);
  fclose (file);
  return path;
}

/* Whatever comes in, what goes out is one sentence, or nothing. */
void
fuzz_check (const GError *error)
{
  if (! error)
    return;
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
}
