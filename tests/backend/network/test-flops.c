/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Counting operations: against numbers counted by hand, and the whole 128-pixel
 * pair. */

#include "network/flops.h"

#define CH 64

/* Weights that nothing reads take no memory. */
static guint
add_conv (DotNetwork *network, guint input, gsize out, gsize kernel)
{
  gsize in                    = input ? network->ops[input - 1].channels : network->channels;
  g_autoptr (DotArray) weight = dot_array_new (4, (gsize[]) { out, in, kernel, kernel }, NULL);

  return dot_network_conv (network, input, weight, NULL, 1);
}

static guint
add_linear (DotNetwork *network, guint input, gsize out, gsize in, guint size)
{
  g_autoptr (DotArray) weight = dot_array_new (2, (gsize[]) { out, in }, NULL);

  return dot_network_linear (network, input, weight, NULL, size, size);
}

/*  single operations  */

static void
test_products (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (5, 1, 1);
  g_autoptr (DotArray) deconv    = dot_array_new (4, (gsize[]) { 3, 7, 4, 4 }, NULL);

  /* Two for each product, and the gradient as much again. */
  add_linear (network, 0, 48, 5, 4);
  g_assert_cmpfloat (dot_network_count_flops (network, TRUE), ==, 4 * 48 * 5);

  dot_network_deconv (network, 1, deconv, NULL, 2);
  g_assert_cmpfloat (dot_network_count_flops (network, TRUE), ==, 4 * (48 * 5 + 3 * 7 * 16 * 16));

  add_conv (network, dot_network_unary (network, DOT_OP_RELU, 2), 2, 3);
  g_assert_cmpfloat (dot_network_count_flops (network, TRUE), ==,
                     4 * (48 * 5 + 3 * 7 * 16 * 16 + 64 * 7 * 2 * 9));
}

static void
test_attention (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (8, 4, 4);
  g_autoptr (DotArray) gamma     = dot_array_new (1, (gsize[]) { 1 }, NULL);
  guint query                    = add_conv (network, 0, 2, 1);
  guint pooled                   = dot_network_unary (network, DOT_OP_AVERAGE, 0);
  guint key                      = add_conv (network, pooled, 2, 1);

  dot_network_attention (network, query, key, pooled, 0, gamma);

  /* Both factors of a product have a gradient. */
  g_assert_cmpfloat (dot_network_count_flops (network, TRUE), ==,
                     4 * (16 * 8 * 2 + 4 * 8 * 2) + 6 * 16 * 4 * (2 + 8));
}

/*  merging  */

static void
assert_counts (const DotNetwork *network, double as_written, double merged)
{
  g_assert_cmpfloat_with_epsilon (dot_network_count_flops (network, FALSE), as_written, 1e-6);
  g_assert_cmpfloat_with_epsilon (dot_network_count_flops (network, TRUE), merged, 1e-6);
}

static void
test_upsample (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 4, 4);
  guint up                       = dot_network_unary (network, DOT_OP_UPSAMPLE, 0);

  add_conv (network, up, 5, 3);
  assert_counts (network, 4 * 64 * 15 * 9, 4 * 16 * 15 * 16);
  add_conv (network, up, 5, 1);
  assert_counts (network, 4 * 64 * 15 * 10, 4 * 16 * 15 * 17);
}

static void
test_average (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 8, 8);
  guint wide                     = add_conv (network, 0, 5, 3);
  guint mean                     = dot_network_unary (network, DOT_OP_AVERAGE, wide);

  assert_counts (network, 4 * 64 * 15 * 9, 4 * 16 * 15 * 16);
  dot_network_unary (network, DOT_OP_AVERAGE, add_conv (network, mean, 5, 1));
  assert_counts (network, 4 * (64 * 15 * 9 + 16 * 25), 4 * (16 * 15 * 16 + 4 * 25));
}

/* A convolution whose result something else takes too can't merge. */
static void
test_shared (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 8, 8);
  guint wide                     = add_conv (network, 0, 5, 3);

  dot_network_unary (network, DOT_OP_AVERAGE, wide);
  dot_network_unary (network, DOT_OP_RELU, wide);
  assert_counts (network, 4 * 64 * 15 * 9, 4 * 64 * 15 * 9);
}

/*  the whole pair  */

static DotNetwork *
new_generator (void)
{
  static const gsize widths[] = { 16, 8, 4, 2, 1 };
  DotNetwork        *network  = dot_network_new (128, 1, 1);
  guint              value    = add_linear (network, 0, 16 * 16 * CH, 128, 4);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      guint up       = dot_network_unary (network, DOT_OP_UPSAMPLE, value);
      guint residual = add_conv (network, up, widths[i] * CH, 3);
      guint shortcut = add_conv (network, up, widths[i] * CH, 1);

      residual = add_conv (network, residual, widths[i] * CH, 3);
      value    = dot_network_add (network, residual, shortcut);
    }
  add_conv (network, value, 3, 3);
  return network;
}

/* c1, c2, means; shortcut: means, c_sc in the first block, c_sc, means in the
 * others, nothing in the last. */
static guint
add_block (DotNetwork *network, guint input, gsize middle, gsize width, gboolean down)
{
  guint residual = add_conv (network, add_conv (network, input, middle, 3), width, 3);
  guint shortcut = input;

  if (! down)
    return dot_network_add (network, residual, shortcut);

  residual = dot_network_unary (network, DOT_OP_AVERAGE, residual);
  if (input == 0)
    shortcut = dot_network_unary (network, DOT_OP_AVERAGE, shortcut);
  shortcut = add_conv (network, shortcut, width, 1);
  if (input > 0)
    shortcut = dot_network_unary (network, DOT_OP_AVERAGE, shortcut);
  return dot_network_add (network, residual, shortcut);
}

static DotNetwork *
new_discriminator (void)
{
  static const gsize widths[] = { 1, 2, 4, 8, 16, 16 };
  DotNetwork        *network  = dot_network_new (3, 128, 128);
  g_autoptr (DotArray) labels = dot_array_new (2, (gsize[]) { 1000, 16 * CH }, NULL);
  guint value                 = 0;
  guint score;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    value = add_block (network, value, widths[i ? i - 1 : 0] * CH, widths[i] * CH, i < 5);
  value = dot_network_unary (network, DOT_OP_SUM, value);
  score = add_linear (network, value, 1, 16 * CH, 1);
  dot_network_project (network, score, value, labels);
  return network;
}

static void
test_pair (void)
{
  g_autoptr (DotNetwork) generator     = new_generator ();
  g_autoptr (DotNetwork) discriminator = new_discriminator ();
  double as_written                    = dot_network_count_flops (generator, FALSE) +
                      dot_network_count_flops (discriminator, FALSE);
  double merged = dot_network_count_flops (generator, TRUE) +
                  dot_network_count_flops (discriminator, TRUE);

  g_assert_cmpfloat_with_epsilon (as_written / 1e9, 47.9, 0.05);
  g_assert_cmpfloat_with_epsilon (merged / 1e9, 29.6, 0.05);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/flops/products", test_products);
  g_test_add_func ("/flops/attention", test_attention);
  g_test_add_func ("/flops/upsample", test_upsample);
  g_test_add_func ("/flops/average", test_average);
  g_test_add_func ("/flops/shared", test_shared);
  g_test_add_func ("/flops/pair", test_pair);
  return g_test_run ();
}
