/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Preloaded into the plug-in: where $DOT_TEST_DRIVER is set the driver of an
 * NVIDIA GPU has its device file.  What is behind it is another question: there
 * the GPU doesn't work, or the stand-in for CUDA's libraries does. */

#include <dlfcn.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__ ((visibility ("default")))

EXPORT gboolean
g_file_test (const char *path, GFileTest test)
{
  static gboolean (*next) (const char *, GFileTest);

  /* Other programs may have loaded GLib for one of their parts only. */
  if (! next)
    next = dlsym (dlopen ("libglib-2.0.so.0", RTLD_LAZY), "g_file_test");
  if (getenv ("DOT_TEST_DRIVER") && strcmp (path, "/dev/nvidiactl") == 0)
    return TRUE;
  return next (path, test);
}
