/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said about the time that is left, by a clock that the test turns. */

#include "core/time-left.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC

/* The clock begins anywhere. */
static const gint64 begin = G_GINT64_CONSTANT (1234567) * SECOND;

static void
expect (DotTimeLeft *left, double at, const char *expected)
{
  g_autofree char *text = dot_time_left_get_text (left, begin + (gint64) (at * SECOND));

  g_assert_cmpstr (text, ==, expected);
}

static void
set (DotTimeLeft *left, double fraction, double at)
{
  dot_time_left_set (left, fraction, begin + (gint64) (at * SECOND));
}

/* Updates of a second each, 40 of them. */
static void
test_steady (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();

  expect (left, 0, NULL);
  set (left, 0.0, 0);
  expect (left, 0, NULL);
  set (left, 1 / 40.0, 1);
  expect (left, 1, NULL);
  set (left, 2 / 40.0, 2);
  expect (left, 2, "About 40 seconds left");
  for (int i = 3; i <= 20; i++)
    set (left, i / 40.0, i);
  expect (left, 20, "About 20 seconds left");
  for (int i = 21; i <= 36; i++)
    set (left, i / 40.0, i);
  expect (left, 36, "A few seconds left");
  set (left, 1.0, 40);
  expect (left, 40, NULL);
}

/* Between two updates time goes on; who is late isn't known about. */
static void
test_counts_down (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();

  set (left, 0.0, 0);
  set (left, 0.25, 10);
  expect (left, 10, "About 30 seconds left");
  expect (left, 21, "About 20 seconds left");
  expect (left, 39, "A few seconds left");
  expect (left, 44, "A few seconds left");
  expect (left, 46, NULL);
  set (left, 0.5, 50);
  expect (left, 50, "About 1 minute left");
}

static void
test_units (void)
{
  static const struct
  {
    double      seconds;
    const char *text;
  } cases[] = {
    { 4.9, "A few seconds left" },       { 5.0, "About 5 seconds left" },
    { 57.4, "About 55 seconds left" },   { 58.0, "About 1 minute left" },
    { 89.0, "About 1 minute left" },     { 91.0, "About 2 minutes left" },
    { 3560.0, "About 59 minutes left" }, { 3600.0, "About 1 hour left" },
    { 9000.1, "About 3 hours left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DotTimeLeft) left = dot_time_left_new ();
      double pace                  = cases[i].seconds / 50.0;

      set (left, 0.0, 0);
      set (left, 0.25, 25 * pace);
      set (left, 0.5, 50 * pace);
      expect (left, 50 * pace, cases[i].text);
    }
}

/* Packing weights comes before the first update's end, and never again. */
static void
test_slow_start (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();

  set (left, 0.0, 0);
  set (left, 0.01, 4);
  expect (left, 4, NULL);
  set (left, 0.02, 4.5);
  expect (left, 4.5, "About 50 seconds left");
}

/* Loading, then estimating, then updates: each begins anew. */
static void
test_phases (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();

  set (left, 0.0, 0);
  set (left, 0.5, 10);
  expect (left, 10, "About 10 seconds left");
  set (left, 0.1, 11);
  expect (left, 11, NULL);
  set (left, 0.2, 31);
  expect (left, 31, "About 3 minutes left");
  dot_time_left_reset (left);
  expect (left, 31, NULL);
}

/* A run that goes on from update 16 has done those before it came. */
static void
test_goes_on (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();

  set (left, 0.5, 0);
  set (left, 0.6, 2);
  set (left, 0.7, 4);
  expect (left, 4, "About 5 seconds left");
}

static guint
seconds_in (const char *text)
{
  const char *digit = strpbrk (text, "0123456789");

  if (! digit)
    return 0;
  return (guint) g_ascii_strtoull (digit, NULL, 10) * (strstr (text, "minute") ? 60 : 1);
}

/* Updates that take from 0.7 to 1.3 seconds: what is said is right to a quarter
 * and half of its unit, and goes down but for a few corrections. */
static void
test_noise (void)
{
  for (guint32 seed = 0; seed < 50; seed++)
    {
      g_autoptr (DotTimeLeft) left = dot_time_left_new ();
      g_autoptr (GRand) chance     = g_rand_new_with_seed (seed);
      double times[101]            = { 0 };
      guint  shown                 = G_MAXUINT;
      guint  rises                 = 0;

      for (int i = 1; i <= 100; i++)
        times[i] = times[i - 1] + g_rand_double_range (chance, 0.7, 1.3);
      for (int i = 0; i < 100; i++)
        {
          g_autofree char *text = NULL;

          set (left, i / 100.0, times[i]);
          text = dot_time_left_get_text (left, begin + (gint64) (times[i] * SECOND));
          if (! text)
            continue;
          rises += seconds_in (text) > shown;
          shown = seconds_in (text);
          if (i >= 10 && i <= 80)
            g_assert_cmpfloat_with_epsilon (shown, times[100] - times[i],
                                            0.25 * (times[100] - times[i]) +
                                              (shown < 60 ? 2.5 : 30.0));
        }
      g_assert_cmpuint (rises, <=, 5);
    }
}

/* Thousands of quick updates, and the computer that slows down. */
static void
test_change_of_pace (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();
  double at                    = 0.0;

  for (int i = 0; i <= 5000; i++)
    set (left, i / 10000.0, at += 0.01);
  expect (left, at, "About 50 seconds left");
  for (int i = 5001; i <= 7000; i++)
    set (left, i / 10000.0, at += 0.04);
  expect (left, at, "About 2 minutes left");
}

/* Clocks and callers that make no sense do no harm. */
static void
test_nonsense (void)
{
  g_autoptr (DotTimeLeft) left = dot_time_left_new ();

  set (left, 0.0, 0);
  set (left, 0.5, 0);
  set (left, 0.6, 0);
  expect (left, 0, "A few seconds left");
  set (left, 0.6, 5);
  set (left, 1e-300, 6);
  set (left, 2e-300, 60);
  expect (left, 60, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-left/steady", test_steady);
  g_test_add_func ("/time-left/counts-down", test_counts_down);
  g_test_add_func ("/time-left/units", test_units);
  g_test_add_func ("/time-left/slow-start", test_slow_start);
  g_test_add_func ("/time-left/phases", test_phases);
  g_test_add_func ("/time-left/goes-on", test_goes_on);
  g_test_add_func ("/time-left/noise", test_noise);
  g_test_add_func ("/time-left/change-of-pace", test_change_of_pace);
  g_test_add_func ("/time-left/nonsense", test_nonsense);
  return g_test_run ();
}
