/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Shares of a work. */

#include "base/shard.h"
#include "helpers.h"

#define ITEMS 23

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  DotShard shard           = DOT_SHARD_NONE;

  g_assert_true (dot_shard_parse ("3/4", &shard, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shard.index, ==, 3);
  g_assert_cmpuint (shard.count, ==, 4);
  g_assert_true (dot_shard_parse ("1/1", &shard, &error));
  g_assert_true (dot_shard_parse ("100000/100000", &shard, &error));
}

static void
test_no_shard (void)
{
  static const char *const texts[] = { "",
                                       "4",
                                       "/4",
                                       "1/",
                                       "0/4",
                                       "5/4",
                                       "1/0",
                                       "-1/4",
                                       "+1/4",
                                       " 1/4",
                                       "1/4 ",
                                       "1 /4",
                                       "1/4/4",
                                       "a/b",
                                       "1e0/4",
                                       "1.0/4",
                                       "0x1/4",
                                       "1/100001",
                                       "1/99999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      DotShard shard           = { 7, 9 };

      g_assert_false (dot_shard_parse (texts[i], &shard, &error));
      assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
      assert_mentions (error, texts[i]);
      g_assert_cmpuint (shard.index, ==, 7);
      g_assert_cmpuint (shard.count, ==, 9);
    }
}

/* Each part is of one shard, and none has two more than another. */
static void
test_shares (void)
{
  for (guint count = 1; count < ITEMS + 3; count++)
    {
      guint total = 0;

      for (guint index = 1; index <= count; index++)
        {
          guint n = 0;

          for (guint item = 0; item < ITEMS; item++)
            n += dot_shard_has ((DotShard) { index, count }, item);
          g_assert_cmpuint (n, >=, ITEMS / count);
          g_assert_cmpuint (n, <=, ITEMS / count + 1);
          total += n;
        }
      g_assert_cmpuint (total, ==, ITEMS);
    }
  for (guint item = 0; item < ITEMS; item++)
    g_assert_true (dot_shard_has (DOT_SHARD_NONE, item));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shard/parse", test_parse);
  g_test_add_func ("/shard/no-shard", test_no_shard);
  g_test_add_func ("/shard/shares", test_shares);
  return g_test_run ();
}
