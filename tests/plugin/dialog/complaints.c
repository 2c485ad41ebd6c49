/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Preloaded into the plug-in: where from GTK and GLib were asked for what they
 * complain about, which the complaint itself doesn't say.  The calls go to
 * standard error, the innermost first. */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MOST 40

__attribute__ ((visibility ("default"))) void g_return_if_fail_warning (const char *domain,
                                                                        const char *function,
                                                                        const char *expression);

void
g_return_if_fail_warning (const char *domain, const char *function, const char *expression)
{
  static void (*next) (const char *, const char *, const char *);
  void *calls[MOST];

  if (! next)
    next = dlsym (RTLD_NEXT, "g_return_if_fail_warning");
  if (strcmp (program_invocation_short_name, "dot-refine") == 0)
    {
      fprintf (stderr, "%s, called from:\n", function);
      backtrace_symbols_fd (calls, backtrace (calls, MOST), STDERR_FILENO);
    }
  next (domain, function, expression);
}
