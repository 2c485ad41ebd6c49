/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* When something was, as a person says it. */

#include "core/relative-time.h"

static void
assert_said (const char *time, const char *now, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (2 * 3600);
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (time, NULL);
  g_autoptr (GDateTime) any  = g_date_time_new_from_iso8601 (now, NULL);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (any, zone);
  g_autofree char *said      = dot_relative_time_format (then, here);

  g_assert_cmpstr (said, ==, expected);
}

/* All in UTC; the clock on the wall is two hours ahead. */
static void
test_said (void)
{
  assert_said ("2026-07-14T12:00:00Z", "2026-07-14T12:00:00Z", "just now");
  assert_said ("2026-07-14T12:00:00Z", "2026-07-14T12:00:59Z", "just now");
  assert_said ("2026-07-14T12:00:00Z", "2026-07-14T12:01:00Z", "1 minute ago");
  assert_said ("2026-07-14T12:00:00Z", "2026-07-14T12:59:59Z", "59 minutes ago");
  assert_said ("2026-07-14T12:03:00Z", "2026-07-14T13:03:00Z", "today, 14:03");
  assert_said ("2026-07-13T22:30:00Z", "2026-07-14T12:00:00Z", "today, 00:30");
  assert_said ("2026-07-13T21:30:00Z", "2026-07-14T12:00:00Z", "yesterday, 23:30");
  assert_said ("2026-07-13T21:59:00Z", "2026-07-13T22:01:00Z", "2 minutes ago");
  assert_said ("2026-07-12T12:03:00Z", "2026-07-14T12:00:00Z", "Sunday, 14:03");
  assert_said ("2026-07-08T12:03:00Z", "2026-07-14T12:00:00Z", "Wednesday, 14:03");
  assert_said ("2026-07-07T12:03:00Z", "2026-07-14T12:00:00Z", "7 July 2026, 14:03");
  assert_said ("2025-12-31T23:03:00Z", "2026-01-01T12:00:00Z", "today, 01:03");
}

/* A clock that was wrong. */
static void
test_future (void)
{
  assert_said ("2026-07-14T12:03:00Z", "2026-07-14T12:00:00Z", "today, 14:03");
  assert_said ("2126-07-14T12:03:00Z", "2026-07-14T12:00:00Z", "14 July 2126, 14:03");
  assert_said ("0001-01-01T12:03:00Z", "2026-07-14T12:00:00Z", "1 January 1, 14:03");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relative-time/format", test_said);
  g_test_add_func ("/relative-time/future", test_future);
  return g_test_run ();
}
