/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How near a start came, as a person reads it. */

#include "core/nearness.h"

#include <glib.h>
#include <string.h>

static void
assert_says (double distance, const char *start, const char *number)
{
  g_autofree char *text = dot_nearness_get_text (distance);

  g_assert_nonnull (strstr (text, start));
  g_assert_nonnull (strstr (text, number));
}

static void
test_text (void)
{
  assert_says (0.004, "the start is your image again", "0.2 % off:");
  assert_says (0.02, "the start is your image again", "1.0 % off:");
  assert_says (0.021, "the start is much like your image", "1.1 % off:");
  assert_says (0.1, "the start is much like your image", "5.0 % off:");
  assert_says (0.2, "the start is somewhat like your image", "10.0 % off:");
  assert_says (0.5, "the start shows something like your image at most", "25.0 % off:");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearness/text", test_text);
  return g_test_run ();
}
