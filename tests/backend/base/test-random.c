/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is drawn: known numbers, for a seed is one training for good. */

#include "base/random.h"

#include <string.h>

#define SEED G_GUINT64_CONSTANT (1234567890123)
#define N    5

/* The known answers of Random123, the generator's reference. */
static void
test_philox (void)
{
  static const guint32 cases[][10] = {
    { 0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 },
    { G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, 0x408f276d,
      0x41c83b0e, 0xa20bc7c6, 0x6d5451fd },
    { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09,
      0x94fdcceb, 0x5001e420, 0x24126ea1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint32 block[4];

      dot_random_philox (cases[i], cases[i] + 4, block);
      for (int j = 0; j < 4; j++)
        g_assert_cmphex (block[j], ==, cases[i][6 + j]);
    }
}

static void
test_uniform (void)
{
  static const float known[N] = { 0.904056072f, 0.149028331f, 0.560156822f, 0.461347669f,
                                  0.455168098f };
  float              values[N];

  dot_random_uniform (SEED, DOT_STREAM_MIXING, 77, values, N);
  for (guint i = 0; i < N; i++)
    g_assert_cmpfloat (values[i], ==, known[i]);
}

/* The last bit is the logarithm's. */
static void
test_normal (void)
{
  static const float known[N] = { 0.384833485f, 1.8333981f, -1.64753127f, -0.90183866f,
                                  0.0500395335f };
  float              values[N];

  dot_random_normal (SEED, DOT_STREAM_WEIGHTS, 77, values, N);
  for (guint i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon (values[i], known[i], 1e-6);
}

static void
test_labels (void)
{
  static const gint32 known[N] = { 556, 272, 700, 158, 133 };
  gint32              labels[N];

  dot_random_labels (7, DOT_STREAM_DISCRIMINATOR_LABELS, 3, 1000, labels, N);
  g_assert_cmpmem (labels, sizeof (labels), known, sizeof (known));
}

static void
test_order (void)
{
  static const guint32 known[] = { 6, 0, 5, 3, 4, 7, 2, 1 };
  g_autofree guint32  *order   = dot_random_order (7, 2, G_N_ELEMENTS (known));

  g_assert_cmpmem (order, sizeof (known), known, sizeof (known));
}

static void
test_subset (void)
{
  gsize chosen[30], again[30], seen[40] = { 0 };

  dot_random_subset (5, 3, 40, 30, chosen);
  dot_random_subset (5, 3, 40, 30, again);
  for (guint i = 0; i < 30; i++)
    {
      g_assert_cmpuint (chosen[i], <, 40);
      g_assert_cmpuint (chosen[i], ==, again[i]);
      g_assert_cmpuint (seen[chosen[i]]++, ==, 0);
    }
  dot_random_subset (6, 3, 40, 30, again);
  g_assert_true (memcmp (chosen, again, sizeof (chosen)) != 0);
}

/* What methods draw: by another program. */
static void
test_method (void)
{
  static const double noise[]  = { 1.6785608530044556, 0.07978112995624542, 0.08375495672225952 };
  static const double latent[] = { -0.9998626112937927, 0.38164570927619934, -0.20190846920013428 };
  double              values[3];

  dot_random_noise (7, DOT_STREAM_NOISE, 3, 1, values, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (values[i], noise[i], 1e-6);
  g_assert_cmpfloat (dot_random_chance (7, DOT_STREAM_CHANCE, 3, 1), ==, 0.6983469906603383);
  for (guint i = 0; i < 3; i++)
    {
      double two[2];

      dot_random_numbered (DOT_PRIOR_UNIFORM, 7, DOT_STREAM_PROPOSAL, 5, i / 2, 0, two);
      g_assert_cmpfloat (two[i % 2], ==, latent[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/philox", test_philox);
  g_test_add_func ("/random/uniform", test_uniform);
  g_test_add_func ("/random/normal", test_normal);
  g_test_add_func ("/random/labels", test_labels);
  g_test_add_func ("/random/order", test_order);
  g_test_add_func ("/random/subset", test_subset);
  g_test_add_func ("/random/method", test_method);
  return g_test_run ();
}
