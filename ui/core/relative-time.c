/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "relative-time.h"

#include <glib/gi18n-lib.h>

/* Days from 0001-01-01, so that midnight counts, not 24 hours. */
static int
get_day (GDateTime *time)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (time),
                                           (GDateMonth) g_date_time_get_month (time),
                                           (GDateYear) g_date_time_get_year (time));

  return (int) g_date_get_julian (date);
}

static char *
format_date (GDateTime *time, GDateTime *now)
{
  int days = get_day (now) - get_day (time);

  /* Translators: these four are for g_date_time_format(): "today, 14:03" */
  if (days == 0)
    return g_date_time_format (time, _ ("today, %H:%M"));
  if (days == 1)
    return g_date_time_format (time, _ ("yesterday, %H:%M"));
  if (days > 1 && days < 7)
    return g_date_time_format (time, _ ("%A, %H:%M"));
  return g_date_time_format (time, _ ("%-d %B %Y, %H:%M"));
}

/**
 * dot_relative_time_format:
 * @time: when something was
 * @now: in the person's time zone
 *
 * Returns: (transfer full): how a person says it: "5 minutes ago", "yesterday,
 *   14:03"; a time that hasn't come yet, by a clock that was wrong, as a date
 */
char *
dot_relative_time_format (GDateTime *time, GDateTime *now)
{
  GTimeSpan ago               = g_date_time_difference (now, time);
  g_autoptr (GDateTime) local = NULL;
  guint n                     = (guint) (ago / G_TIME_SPAN_MINUTE);

  if (ago >= 0 && ago < G_TIME_SPAN_MINUTE)
    return g_strdup (_ ("just now"));
  if (ago >= 0 && ago < G_TIME_SPAN_HOUR)
    return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", n), n);

  local = g_date_time_to_timezone (time, g_date_time_get_timezone (now));
  return format_date (local, now);
}
