/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "grace.h"

/**
 * dot_grace_is_over:
 * @milliseconds: how long it may go on
 *
 * Is to be asked often: time counts from the first answer after Stop.
 *
 * Returns: whether to leave the rest
 */
gboolean
dot_grace_is_over (DotGrace *grace, guint milliseconds)
{
  gint64 now = g_get_monotonic_time ();

  if (! grace->cancellable || ! g_cancellable_is_cancelled (grace->cancellable))
    return FALSE;

  if (! grace->since)
    grace->since = now;
  return now - grace->since >= milliseconds * G_TIME_SPAN_MILLISECOND;
}
