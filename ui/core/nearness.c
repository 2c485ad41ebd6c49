/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How near a start came to a person's own picture, in their words. */

#include "config.h"

#include "nearness.h"

#include <glib/gi18n-lib.h>

/* Pixels are in [−1, 1]: shares of what lies between black and white. */
#define SAME 0.01
#define MUCH 0.05
#define SOME 0.12

/**
 * dot_nearness_get_text:
 * @distance: the root of the mean square of what the two differ by, in [−1, 1]
 *
 * Returns: (transfer full): a sentence
 */
char *
dot_nearness_get_text (double distance)
{
  double share   = distance / 2.0;
  double percent = 100.0 * share;

  if (share <= SAME)
    return g_strdup_printf (_ ("Colours are about %.1f %% off: the start is your image again"),
                            percent);
  if (share <= MUCH)
    return g_strdup_printf (_ ("Colours are about %.1f %% off: the start is much like your image"),
                            percent);
  if (share <= SOME)
    return g_strdup_printf (
      _ ("Colours are about %.1f %% off: the start is somewhat like your image"),
                            percent);
  return g_strdup_printf (
    _ ("Colours are about %.1f %% off: the start shows something like your image at most; another "
       "class may come nearer"),
    percent);
}
