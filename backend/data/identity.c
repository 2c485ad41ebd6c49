/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What tells data from other data without reading them: a checksum over the
 * names, sizes and times of change of their files. */

#include "identity.h"

#include <string.h>

/**
 * dot_identity_get_time:
 *
 * Returns: when a file was changed, in nanoseconds where they are known
 */
gint64
dot_identity_get_time (const GStatBuf *status)
{
#ifdef G_OS_UNIX
  return (gint64) status->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status->st_mtim.tv_nsec;
#else
  return (gint64) status->st_mtime * G_GINT64_CONSTANT (1000000000);
#endif
}

/**
 * dot_identity_add:
 * @name: of a file, or of something in one
 * @size: in bytes
 * @time: as dot_identity_get_time() has it, or 0
 */
void
dot_identity_add (DotDataset *dataset, const char *name, guint64 size, gint64 time)
{
  g_autofree char *numbers = NULL;

  numbers = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT "\n", size, time);
  /* With the zero at its end, which no name has in it. */
  g_checksum_update (dataset->checksum, (const guchar *) name, (gssize) strlen (name) + 1);
  g_checksum_update (dataset->checksum, (const guchar *) numbers, -1);
}

/**
 * dot_identity_add_file:
 * @path: of a file that is mapped or kept; what can't be looked at counts for
 *   nothing
 */
void
dot_identity_add_file (DotDataset *dataset, const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  GStatBuf         status;

  if (g_stat (path, &status) == 0)
    dot_identity_add (dataset, whole, (guint64) status.st_size, dot_identity_get_time (&status));
}

/**
 * dot_identity_finish:
 *
 * Adds the labels; nothing can be added afterwards.
 *
 * Returns: (transfer full): the kind, with the checksum where there are files
 */
char *
dot_identity_finish (DotDataset *dataset)
{
  if (! dataset->kind->read)
    return g_strdup (dataset->kind->name);

  for (guint i = 0; i < dataset->names->len; i++)
    dot_identity_add (dataset, g_ptr_array_index (dataset->names, i), i, 0);
  return g_strconcat (dataset->kind->name, " ", g_checksum_get_string (dataset->checksum), NULL);
}
