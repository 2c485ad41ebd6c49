/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How many layers there will be, and how large. */

#include "core/layer-plan.h"

static guint64
count (guint n_candidates, guint updates, guint keep_every)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->count      = n_candidates;
  options->updates    = updates;
  options->keep_every = keep_every;
  return dot_layer_plan_count (options);
}

static void
test_count (void)
{
  g_assert_cmpuint (count (1, 16, 1), ==, 17);
  g_assert_cmpuint (count (16, 400, 1), ==, 6416);
  g_assert_cmpuint (count (2, 16, 3), ==, 2 * 7);
  g_assert_cmpuint (count (1, 16, 16), ==, 2);
  g_assert_cmpuint (count (1, 16, 100), ==, 2);
  g_assert_cmpuint (count (3, 0, 1), ==, 3);
  g_assert_cmpuint (count (65536, 100000, 1), ==, G_GUINT64_CONSTANT (65536) * 100001);
}

/* What it goes on from is there already; what is between two states isn't. */
static void
test_states (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->count   = 7;
  options->updates = 4;
  options->states  = g_strdupv ((char *[]) { "{}", "{}", NULL });
  g_assert_cmpuint (dot_layer_plan_count (options), ==, 2 * 4);
  options->to_state = g_strdup ("{}");
  g_assert_cmpuint (dot_layer_plan_count (options), ==, 7 * 5);
}

static void
assert_size (DotScale scale, int image_width, int image_height, int expected)
{
  int width = 64, height = 64;

  dot_layer_plan_size (scale, image_width, image_height, &width, &height);
  g_assert_cmpint (width, ==, expected);
  g_assert_cmpint (height, ==, expected);
}

static void
test_size (void)
{
  assert_size (DOT_SCALE_NONE, 4000, 3000, 64);
  assert_size (DOT_SCALE_2, 0, 0, 128);
  assert_size (DOT_SCALE_4, 10, 10, 256);
  assert_size (DOT_SCALE_8, 4000, 3000, 512);
  assert_size (DOT_SCALE_IMAGE, 4000, 3000, 3000);
  assert_size (DOT_SCALE_IMAGE, 3001, 4000, 3001);
  assert_size (DOT_SCALE_IMAGE, 10, 4000, 64);
  assert_size (DOT_SCALE_IMAGE, 0, 0, 64);
}

static void
assert_text (guint64 n_layers, const char *expected)
{
  g_autofree char *text = dot_layer_plan_text (n_layers, 3000, 2000);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  assert_text (1, "1 layer of 3000 × 2000 pixels");
  assert_text (17, "17 layers of 3000 × 2000 pixels");
  assert_text (0, "Layers of 3000 × 2000 pixels, which you choose");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layer-plan/count", test_count);
  g_test_add_func ("/layer-plan/states", test_states);
  g_test_add_func ("/layer-plan/size", test_size);
  g_test_add_func ("/layer-plan/text", test_text);
  return g_test_run ();
}
