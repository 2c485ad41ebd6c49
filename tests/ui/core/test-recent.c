/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What was used of late, in memory and in a file. */

#include "core/recent.h"

#include "helpers.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

static void
assert_recent (DotRecent *recent, const char *expected)
{
  g_autofree char *found = g_strjoinv (",", (GStrv) dot_recent_get (recent));

  g_assert_cmpstr (found, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (DotRecent) recent = dot_recent_new (NULL, 3);

  assert_recent (recent, "");
  dot_recent_add (recent, "goldfish");
  dot_recent_add (recent, "lemon");
  dot_recent_add (recent, "goldfish");
  assert_recent (recent, "goldfish,lemon");
  dot_recent_add (recent, "monarch");
  dot_recent_add (recent, "bee");
  assert_recent (recent, "bee,monarch,goldfish");
}

static void
test_file (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "a", "b", "recent", NULL);
  g_autoptr (DotRecent) one       = dot_recent_new (path, 3);
  g_autoptr (DotRecent) other     = dot_recent_new (path, 3);
  g_autoptr (DotRecent) later     = NULL;

  dot_recent_add (one, "goldfish");
  dot_recent_add (other, "grüße, 金魚");
  dot_recent_add (one, "lemon");
  assert_recent (one, "lemon,grüße, 金魚,goldfish");
  later = dot_recent_new (path, 2);
  assert_recent (later, "lemon,grüße, 金魚");
}

static void
test_numbers (void)
{
  static const char text[]        = "7\n-1\n2147483647\n2147483648\n 8\n9x\n\n0x5\n0\n7\n";
  static const int  expected[]    = { 7, 2147483647, 0 };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "seeds", NULL);
  g_autoptr (DotRecent) recent    = NULL;
  g_autoptr (GArray) seeds        = NULL;

  helper_write (path, text, strlen (text));
  recent = dot_recent_new (path, 20);
  seeds  = dot_recent_get_numbers (recent);
  g_assert_cmpmem (seeds->data, seeds->len * sizeof (int), expected, sizeof (expected));

  dot_recent_add_number (recent, 42);
  assert_recent (recent, "42,7,-1,2147483647,2147483648, 8,9x,0x5,0");
}

/* Nothing that comes from outside does harm, and no more than a line gets in. */
static void
test_nonsense (void)
{
  static const char *const texts[] = { "", "\n\n\n", "\xff\xfe", "a\0b", "\x1b[31m" };
  g_autoptr (HelperFolder) folder  = helper_folder_new ();
  g_autofree char *path            = g_build_filename (folder, "recent", NULL);
  g_autoptr (DotRecent) recent     = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DotRecent) one = NULL;

      helper_write (path, texts[i], i == 3 ? 3 : strlen (texts[i]));
      one = dot_recent_new (path, 3);
      assert_recent (one, i == 3 ? "a" : "");
    }

  g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (1) << 40), ==, 0);
  recent = dot_recent_new (path, 3);
  assert_recent (recent, "");
  dot_recent_add (recent, "two\nlines");
  dot_recent_add (recent, "\xff");
  dot_recent_add (recent, "");
  assert_recent (recent, "");
  dot_recent_add (recent, "lemon");
  assert_recent (recent, "lemon");
}

static void
test_unwritable (void)
{
  g_autoptr (DotRecent) recent = dot_recent_new ("/proc/dot-refine/recent", 3);

  dot_recent_add (recent, "goldfish");
  dot_recent_add (recent, "lemon");
  assert_recent (recent, "lemon,goldfish");
}

/* Nobody writes into it, and who reads it waits for ever. */
static void
test_pipe (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "recent", NULL);
  g_autoptr (DotRecent) recent    = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  recent = dot_recent_new (path, 3);
  assert_recent (recent, "");
}

static void
count_change (DotRecent *recent, guint *n)
{
  ++*n;
}

static void
test_signal (void)
{
  g_autoptr (DotRecent) recent = dot_recent_new (NULL, 3);
  guint n                      = 0;

  g_signal_connect (recent, "changed", G_CALLBACK (count_change), &n);
  dot_recent_add (recent, "lemon");
  dot_recent_add (recent, "");
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recent/order", test_order);
  g_test_add_func ("/recent/file", test_file);
  g_test_add_func ("/recent/numbers", test_numbers);
  g_test_add_func ("/recent/nonsense", test_nonsense);
  g_test_add_func ("/recent/unwritable", test_unwritable);
  g_test_add_func ("/recent/pipe", test_pipe);
  g_test_add_func ("/recent/signal", test_signal);
  return g_test_run ();
}
