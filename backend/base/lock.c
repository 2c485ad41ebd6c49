/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Folders that one process at a time may write in.
 *
 * The lock is the folder's own: it leaves no file, and goes with the process,
 * however that ends.  Some file systems have none; there nothing is held. */

#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int
open_folder (const char *folder)
{
  return g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
}

/* It may have been renamed or removed by who had it. */
static gboolean
is_still_there (int fd, const char *folder)
{
  struct stat held, found;

  return fstat (fd, &held) == 0 && stat (folder, &found) == 0 && held.st_dev == found.st_dev &&
         held.st_ino == found.st_ino;
}

/**
 * dot_lock_try:
 * @lock: (out): for dot_lock_release(); %DOT_LOCK_NONE where there are no locks
 *
 * Takes a folder.
 *
 * Returns: %FALSE where another has it
 */
gboolean
dot_lock_try (DotLock *lock, const char *folder)
{
  gboolean none_here;

  *lock = open_folder (folder);
  if (*lock < 0)
    return TRUE;
  if (flock (*lock, LOCK_EX | LOCK_NB) != 0)
    none_here = errno != EWOULDBLOCK;
  else if (is_still_there (*lock, folder))
    return TRUE;
  else
    none_here = FALSE;
  dot_lock_release (lock);
  return none_here;
}

/**
 * dot_lock_wait:
 * @lock: (out): for dot_lock_release()
 *
 * Takes a folder as soon as no other has it.  For what takes moments only.
 */
void
dot_lock_wait (DotLock *lock, const char *folder)
{
  *lock = open_folder (folder);
  while (*lock >= 0 && flock (*lock, LOCK_EX) != 0 && errno == EINTR)
    ;
}

void
dot_lock_release (DotLock *lock)
{
  if (*lock >= 0)
    close (*lock);
  *lock = DOT_LOCK_NONE;
}
