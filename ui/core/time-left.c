/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "time-left.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/**
 * DotTimeLeft:
 *
 * How long something will still take, from how fast it went of late.  What is
 * said counts down: a new estimate changes it only where it is far from it.
 */

/* how long the past counts: this, or some intervals where they are longer */
#define MEMORY_SECONDS   10.0
#define MEMORY_INTERVALS 3.0

/* the first interval has one-off work in it, which matters in short ones */
#define LONG_INTERVAL 5.0

/* how much of what is left an estimate may be off before it is corrected */
#define TOLERANCE 0.15

/* who is so late isn't known about */
#define OVERDUE_SECONDS 5.0

struct _DotTimeLeft
{
  gboolean begun;
  double   fraction;
  gint64   time;

  guint  n_intervals;
  double seconds;
  double done;

  gboolean known;
  gint64   end;
};

/**
 * dot_time_left_new:
 *
 * Returns: (transfer full): nothing is known yet
 */
DotTimeLeft *
dot_time_left_new (void)
{
  return g_new0 (DotTimeLeft, 1);
}

void
dot_time_left_free (DotTimeLeft *left)
{
  g_free (left);
}

/**
 * dot_time_left_reset:
 *
 * Forgets all, for something else begins.
 */
void
dot_time_left_reset (DotTimeLeft *left)
{
  *left = (DotTimeLeft) { 0 };
}

static void
add_interval (DotTimeLeft *left, double seconds, double done)
{
  double memory = MAX (MEMORY_SECONDS, MEMORY_INTERVALS * seconds);
  double keep   = left->n_intervals < 2 ? 0.0 : exp (-seconds / memory);

  left->seconds = keep * left->seconds + seconds;
  left->done    = keep * left->done + done;
}

static void
estimate (DotTimeLeft *left)
{
  double seconds = (1.0 - left->fraction) * left->seconds / left->done;
  double apart   = (left->end - left->time) / (double) G_USEC_PER_SEC - seconds;

  /* a number that no clock has is as good as none */
  if (! (seconds < 1e6))
    return;

  if (! left->known || fabs (apart) > TOLERANCE * seconds)
    left->end = left->time + (gint64) (seconds * G_USEC_PER_SEC);
  left->known = TRUE;
}

/**
 * dot_time_left_set:
 * @fraction: how much is done, 0 … 1; update k of n is k / n.  Less than
 *   before means that something else has begun
 * @now: g_get_monotonic_time()
 *
 * Takes in how far it is.
 */
void
dot_time_left_set (DotTimeLeft *left, double fraction, gint64 now)
{
  double seconds = (now - left->time) / (double) G_USEC_PER_SEC;
  double done    = fraction - left->fraction;

  if (left->begun && done == 0.0)
    return;
  if (done < 0.0)
    dot_time_left_reset (left);

  left->fraction = fraction;
  left->time     = now;
  if (! left->begun)
    {
      left->begun = TRUE;
      return;
    }

  add_interval (left, seconds, done);
  if (++left->n_intervals > 1 || seconds >= LONG_INTERVAL)
    estimate (left);
}

/**
 * dot_time_left_get_text:
 * @now: g_get_monotonic_time()
 *
 * Returns: (transfer full) (nullable): "About 20 seconds left", translated, or
 *   %NULL while that isn't known
 */
char *
dot_time_left_get_text (DotTimeLeft *left, gint64 now)
{
  double seconds = (left->end - now) / (double) G_USEC_PER_SEC;
  guint  n;

  if (! left->known || left->fraction >= 1.0 || seconds < -OVERDUE_SECONDS)
    return NULL;

  if (seconds < 5.0)
    return g_strdup (_ ("A few seconds left"));

  n = 5 * (guint) lround (seconds / 5.0);
  if (n < 60)
    return g_strdup_printf (ngettext ("About %u second left", "About %u seconds left", n), n);

  n = (guint) lround (seconds / 60.0);
  if (n < 60)
    return g_strdup_printf (ngettext ("About %u minute left", "About %u minutes left", n), n);

  n = (guint) lround (seconds / 3600.0);
  return g_strdup_printf (ngettext ("About %u hour left", "About %u hours left", n), n);
}
