/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Folders that one process at a time may write in.
 *
 * The lock is the folder's own: it leaves no file, and goes with the process,
 * however that ends.  Bytes of a file are held the same way, each by another,
 * also on several machines where a network's file system has locks.  Some file
 * systems have none; there nothing is held. */

#define _GNU_SOURCE /* F_OFD_SETLK */
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
is_still_there (int fd, const char *path)
{
  struct stat held, found;

  return fstat (fd, &held) == 0 && stat (path, &found) == 0 && held.st_dev == found.st_dev &&
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

static gboolean
set_bytes (int fd, int command, guint first, guint n)
{
  struct flock bytes = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = n };
  int          code;

  do
    code = fcntl (fd, command, &bytes);
  while (code != 0 && errno == EINTR);
  return code == 0;
}

/* FALSE where another has them. */
static gboolean
take_bytes (DotLock *lock, const char *file, int command, guint first, guint n)
{
  gboolean none_here;

  *lock = DOT_LOCK_NONE;
  do
    {
      dot_lock_release (lock);
      *lock = g_open (file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
      if (*lock < 0)
        return TRUE;
      if (! set_bytes (*lock, command, first, n))
        {
          none_here = errno != EAGAIN && errno != EACCES;
          dot_lock_release (lock);
          return none_here;
        }
    }
  while (! is_still_there (*lock, file));
  return TRUE;
}

/**
 * dot_lock_try_bytes:
 * @lock: (out): for dot_lock_release(); %DOT_LOCK_NONE where there are no locks
 * @file: made where it isn't there; nothing is written into it
 * @first: the first of the bytes
 * @n: how many, 0 for all that follow
 *
 * Takes bytes of a file.
 *
 * Returns: %FALSE where another has one of them
 */
gboolean
dot_lock_try_bytes (DotLock *lock, const char *file, guint first, guint n)
{
  return take_bytes (lock, file, F_OFD_SETLK, first, n);
}

/**
 * dot_lock_wait_bytes:
 * @lock: (out): for dot_lock_release(); %DOT_LOCK_NONE with errno set where there
 *   are no locks, or @file can't be made
 *
 * Takes bytes of a file as soon as no other has one of them.  For what takes
 * moments only.
 */
void
dot_lock_wait_bytes (DotLock *lock, const char *file, guint first, guint n)
{
  take_bytes (lock, file, F_OFD_SETLKW, first, n);
}

void
dot_lock_release (DotLock *lock)
{
  if (*lock >= 0)
    close (*lock);
  *lock = DOT_LOCK_NONE;
}
