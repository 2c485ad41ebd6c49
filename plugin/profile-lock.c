/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What one run of the plug-in has to do undisturbed by other runs.  Each run
 * is a process, and GIMP runs several at a time; its folder of settings is
 * what they have in common, and a process that dies lets go of it. */

#include "config.h"

#include "profile-lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <libgimp/gimp.h>

/**
 * dot_profile_lock:
 *
 * Waits for the runs that hold the lock, which none holds for longer than
 * two calls to GIMP take.
 *
 * Returns: for dot_profile_unlock(); -1 where the folder can't be locked, as
 *   on some networks, and there is nothing to do but to go on
 */
int
dot_profile_lock (void)
{
  int folder = open (gimp_directory (), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (folder >= 0)
    flock (folder, LOCK_EX);
  return folder;
}

void
dot_profile_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}
