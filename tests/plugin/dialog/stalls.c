/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Preloaded into the plug-in: how long its main thread is busy between two
 * looks at what has come, computing or waiting for someone's answer.  While it
 * is, the window doesn't answer.  When other programs had the processor isn't
 * counted: how many there are is not the plug-in's doing.  What takes
 * longer than a person notices is written to $DOT_TEST_STALLS, a line each:
 * when it began (seconds of the monotonic clock), how long it took (ms). */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NOTICEABLE_MS 10.0

static double awake_since;
static double queued_before;

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

/* How long the main thread has been ready and had no processor, so far. */
static double
get_queued_seconds (void)
{
  static int         fd = -1;
  char               text[100];
  ssize_t            length;
  unsigned long long queued = 0;

  if (fd < 0)
    fd = open ("/proc/self/schedstat", O_RDONLY | O_CLOEXEC);
  length = fd < 0 ? -1 : pread (fd, text, sizeof text - 1, 0);
  if (length <= 0)
    return 0.0;

  text[length] = '\0';
  sscanf (text, "%*u %llu", &queued);
  return queued / 1e9;
}

static int
is_watched (void)
{
  return gettid () == getpid () && strcmp (program_invocation_short_name, "dot-refine") == 0;
}

static void
write_stall (double began, double took)
{
  const char *path = getenv ("DOT_TEST_STALLS");
  FILE       *file = path ? fopen (path, "a") : NULL;

  if (! file)
    return;
  fprintf (file, "%.3f %.1f\n", began, 1000.0 * took);
  fclose (file);
}

/* The main loop is about to wait. */
static void
fall_asleep (void)
{
  double awake = get_seconds () - awake_since;
  double busy  = awake - (get_queued_seconds () - queued_before);

  if (awake_since > 0.0 && 1000.0 * busy > NOTICEABLE_MS)
    write_stall (awake_since, busy);
}

static void
wake_up (void)
{
  awake_since   = get_seconds ();
  queued_before = get_queued_seconds ();
}

/* GLib waits with one or the other. */

#define EXPORT __attribute__ ((visibility ("default")))

EXPORT int
poll (struct pollfd *fds, nfds_t n_fds, int timeout)
{
  static int (*next) (struct pollfd *, nfds_t, int);
  int watched = is_watched ();
  int result;

  if (! next)
    next = dlsym (RTLD_NEXT, "poll");
  if (watched)
    fall_asleep ();
  result = next (fds, n_fds, timeout);
  if (watched)
    wake_up ();
  return result;
}

EXPORT int
ppoll (struct pollfd *fds, nfds_t n_fds, const struct timespec *timeout, const sigset_t *mask)
{
  static int (*next) (struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
  int watched = is_watched ();
  int result;

  if (! next)
    next = dlsym (RTLD_NEXT, "ppoll");
  if (watched)
    fall_asleep ();
  result = next (fds, n_fds, timeout, mask);
  if (watched)
    wake_up ();
  return result;
}
