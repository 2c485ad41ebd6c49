/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "system.h"

#include <sys/statvfs.h>
#include <unistd.h>

/**
 * dot_system_get_memory:
 *
 * Returns: the computer's memory in bytes; 0 where the system doesn't say
 */
guint64
dot_system_get_memory (void)
{
  long pages = sysconf (_SC_PHYS_PAGES);
  long size  = sysconf (_SC_PAGESIZE);

  return pages > 0 && size > 0 ? (guint64) pages * size : 0;
}

/**
 * dot_system_get_free_space:
 *
 * Returns: how many bytes a person may still write into @folder; %G_MAXUINT64
 *   where the system doesn't say
 */
guint64
dot_system_get_free_space (const char *folder)
{
  struct statvfs info;

  return statvfs (folder, &info) == 0 && info.f_blocks > 0 ? (guint64) info.f_bavail * info.f_frsize
                                                           : G_MAXUINT64;
}
