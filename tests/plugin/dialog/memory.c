/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Preloaded into the plug-in: on SIGUSR2 it writes how many bytes it has
 * allocated and not freed, in all threads' arenas, to $DOT_TEST_MEMORY.  What
 * the process has in memory says less: freed pieces between others stay.  What
 * is large is mapped on its own, and not counted: GEGL's pools for tiles, up to
 * 50 MB each, which come when they come. */

#define _GNU_SOURCE

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
write_bytes (void)
{
  const char      *path = getenv ("DOT_TEST_MEMORY");
  FILE            *file = path ? fopen (path, "a") : NULL;
  struct mallinfo2 info;

  if (! file)
    return;
  info = mallinfo2 ();
  fprintf (file, "%zu\n", info.uordblks);
  fclose (file);
}

static void *
answer (void *data)
{
  sigset_t signals;
  int      signal;

  sigemptyset (&signals);
  sigaddset (&signals, SIGUSR2);
  while (sigwait (&signals, &signal) == 0)
    write_bytes ();
  return NULL;
}

/* A thread waits for the signal, for in a handler nothing of this may be done:
 * all later threads inherit that it isn't theirs. */
__attribute__ ((constructor)) static void
wait_for_questions (void)
{
  sigset_t  signals;
  pthread_t thread;

  if (strcmp (program_invocation_short_name, "dot-refine") != 0)
    return;
  sigemptyset (&signals);
  sigaddset (&signals, SIGUSR2);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  if (pthread_create (&thread, NULL, answer, NULL) == 0)
    pthread_detach (thread);
}
