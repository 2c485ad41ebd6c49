/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Writing a network down: numbers of values, sizes, what is kept of arrays. */

#include "network/network.h"

static DotArray *
weight (guint n_dims, const gsize *shape)
{
  return dot_array_new (n_dims, shape, NULL);
}

static void
assert_value (const DotNetwork *network, guint value, guint channels, guint height, guint width)
{
  g_assert_cmpuint (network->ops[value - 1].channels, ==, channels);
  g_assert_cmpuint (network->ops[value - 1].height, ==, height);
  g_assert_cmpuint (network->ops[value - 1].width, ==, width);
}

static void
test_sizes (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (5, 1, 1);
  g_autoptr (DotArray) linear    = weight (2, (gsize[]) { 48, 5 });
  g_autoptr (DotArray) conv      = weight (4, (gsize[]) { 7, 3, 3, 3 });
  g_autoptr (DotArray) table     = weight (2, (gsize[]) { 2, 7 });

  assert_value (network, dot_network_linear (network, 0, linear, NULL, 4, 4), 3, 4, 4);
  assert_value (network, dot_network_conv (network, 1, conv, NULL, 1), 7, 4, 4);
  assert_value (network, dot_network_affine (network, 2, table, table), 7, 4, 4);
  assert_value (network, dot_network_unary (network, DOT_OP_UPSAMPLE, 3), 7, 8, 8);
  assert_value (network, dot_network_unary (network, DOT_OP_RELU, 4), 7, 8, 8);
  assert_value (network, dot_network_unary (network, DOT_OP_AVERAGE, 5), 7, 4, 4);
  assert_value (network, dot_network_add (network, 6, 3), 7, 4, 4);
  assert_value (network, dot_network_unary (network, DOT_OP_SUM, 7), 7, 1, 1);
  g_assert_cmpuint (network->n_ops, ==, 8);
  g_assert_true (dot_network_get_output (network) == &network->ops[7]);
}

/* As PyTorch has them: windows that leave rows over, and a last one that is a
 * part. */
static void
test_windows (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 64, 64);
  g_autoptr (DotArray) conv      = weight (4, (gsize[]) { 7, 3, 3, 3 });
  g_autoptr (DotArray) wide      = weight (4, (gsize[]) { 5, 7, 4, 4 });

  assert_value (network, dot_network_resize (network, 0, 128, 128), 3, 128, 128);
  assert_value (network, dot_network_conv_valid (network, 1, conv, NULL, 2), 7, 63, 63);
  assert_value (network, dot_network_max_pool (network, 2, 3), 7, 31, 31);
  assert_value (network, dot_network_conv (network, 3, wide, NULL, 2), 5, 15, 15);
  assert_value (network, dot_network_join (network, 3, 3), 14, 31, 31);
  assert_value (network, dot_network_unary (network, DOT_OP_MEAN, 5), 14, 1, 1);
  assert_value (network, dot_network_resize (network, 4, 6, 2), 5, 6, 2);
  assert_value (network, dot_network_max_pool (network, 7, 3), 5, 3, 1);
}

/* Weights of fewer inputs, and the filter that doubles and halves. */
static void
test_groups (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (6, 4, 4);
  g_autoptr (DotArray) conv      = weight (4, (gsize[]) { 9, 2, 3, 3 });
  g_autoptr (DotArray) whole     = weight (4, (gsize[]) { 5, 9, 1, 1 });
  g_autoptr (DotArray) window    = weight (4, (gsize[]) { 5, 1, 4, 4 });

  assert_value (network, dot_network_conv (network, 0, conv, NULL, 1), 9, 4, 4);
  g_assert_cmpuint (dot_network_get_output (network)->groups, ==, 3);
  assert_value (network, dot_network_unary (network, DOT_OP_FIR_UP, 1), 9, 8, 8);
  g_assert_cmpuint (dot_network_get_output (network)->groups, ==, 1);
  assert_value (network, dot_network_conv (network, 2, whole, NULL, 1), 5, 8, 8);
  g_assert_cmpuint (dot_network_get_output (network)->groups, ==, 1);
  assert_value (network, dot_network_unary (network, DOT_OP_FIR_DOWN, 3), 5, 4, 4);
  assert_value (network, dot_network_conv_valid (network, 4, window, NULL, 1), 5, 1, 1);
  g_assert_cmpuint (dot_network_get_output (network)->groups, ==, 5);
}

/* Scales and shifts from a vector, and attention to fewer keys. */
static void
test_modulation (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 8, 8);
  g_autoptr (DotArray) rows      = weight (2, (gsize[]) { 6, 3 * 64 });
  g_autoptr (DotArray) conv      = weight (4, (gsize[]) { 5, 3, 1, 1 });
  const DotOp *op;

  assert_value (network, dot_network_linear (network, 0, rows, NULL, 1, 1), 6, 1, 1);
  assert_value (network, dot_network_modulate (network, 0, 1), 3, 8, 8);
  op = dot_network_get_output (network);
  g_assert_cmpuint (op->inputs[0], ==, 0);
  g_assert_cmpuint (op->inputs[1], ==, 1);

  assert_value (network, dot_network_max_pool (network, 2, 2), 3, 4, 4);
  assert_value (network, dot_network_conv (network, 3, conv, NULL, 1), 5, 4, 4);
  assert_value (network, dot_network_attend (network, 2, 3, 4), 5, 8, 8);
  g_assert_null (dot_network_get_output (network)->weight);
  assert_value (network, dot_network_max_pool (network, 4, 2), 5, 2, 2);
}

static void
test_inputs (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 8, 8);
  g_autoptr (DotArray) linear    = weight (2, (gsize[]) { 1, 3 });
  g_autoptr (DotArray) embed     = weight (2, (gsize[]) { 10, 3 });
  guint relu                     = dot_network_unary (network, DOT_OP_RELU, 0);
  guint sum                      = dot_network_add (network, relu, 0);
  guint pixels                   = dot_network_unary (network, DOT_OP_SUM, sum);
  guint score;

  score = dot_network_linear (network, pixels, linear, NULL, 1, 1);
  score = dot_network_project (network, score, pixels, embed);

  g_assert_cmpuint (network->ops[sum - 1].inputs[0], ==, relu);
  g_assert_cmpuint (network->ops[sum - 1].inputs[1], ==, 0);
  g_assert_cmpuint (network->ops[score - 1].inputs[0], ==, score - 1);
  g_assert_cmpuint (network->ops[score - 1].inputs[1], ==, pixels);
  assert_value (network, score, 1, 1, 1);
}

/* A network has its own references: the caller's may go. */
static void
test_references (void)
{
  DotNetwork *network = dot_network_new (1, 2, 2);
  DotArray   *kernel  = weight (4, (gsize[]) { 1, 1, 3, 3 });
  DotArray   *kept    = dot_array_ref (kernel);

  kernel->data[0] = 2.0f;
  dot_network_conv (network, 0, kernel, NULL, 1);
  dot_array_unref (kernel);
  g_assert_cmpfloat (network->ops[0].weight->data[0], ==, 2.0f);

  dot_network_free (network);
  g_assert_cmpfloat (kept->data[0], ==, 2.0f);
  dot_array_unref (kept);
  dot_network_free (NULL);
}

/* What the second takes is what the first puts out, and its own values come after. */
static void
test_chain (void)
{
  g_autoptr (DotNetwork) first  = dot_network_new (5, 1, 1);
  g_autoptr (DotNetwork) second = dot_network_new (3, 4, 4);
  g_autoptr (DotNetwork) both   = NULL;
  g_autoptr (DotArray) linear   = weight (2, (gsize[]) { 48, 5 });

  dot_network_linear (first, 0, linear, NULL, 4, 4);
  dot_network_unary (first, DOT_OP_TANH, 1);
  dot_network_unary (second, DOT_OP_RELU, 0);
  dot_network_add (second, 1, 0);
  dot_network_unary (second, DOT_OP_SUM, 2);
  both = dot_network_chain (first, second, 2);
  g_clear_pointer (&first, dot_network_free);
  g_clear_pointer (&second, dot_network_free);

  g_assert_cmpuint (both->channels, ==, 5);
  g_assert_cmpuint (both->n_ops, ==, 4);
  g_assert_cmpuint (both->ops[1].inputs[0], ==, 1);
  g_assert_cmpuint (both->ops[2].inputs[0], ==, 2);
  g_assert_cmpuint (both->ops[3].inputs[0], ==, 3);
  g_assert_cmpuint (both->ops[3].inputs[1], ==, 2);
  g_assert_true (both->ops[0].weight == linear);
  assert_value (both, 4, 3, 4, 4);
}

/* Windows of 6×6 with stride 2 double and halve a picture. */
static void
test_padding (void)
{
  g_autoptr (DotNetwork) network = dot_network_new (3, 4, 4);
  g_autoptr (DotArray) up        = weight (4, (gsize[]) { 3, 7, 6, 6 });
  g_autoptr (DotArray) down      = weight (4, (gsize[]) { 2, 7, 6, 6 });
  g_autoptr (DotArray) squares   = weight (2, (gsize[]) { 2, 3 });
  g_autoptr (DotArray) bias      = weight (1, (gsize[]) { 2 });
  g_autoptr (DotArray) noise     = weight (2, (gsize[]) { 4, 4 });

  assert_value (network, dot_network_deconv_padded (network, 0, up, NULL, 2, 2), 7, 8, 8);
  assert_value (network, dot_network_conv_padded (network, 1, down, NULL, 2, 2), 2, 4, 4);
  assert_value (network, dot_network_noise (network, 2, noise), 2, 4, 4);
  assert_value (network, dot_network_clamp (network, 3, 1.5), 2, 4, 4);
  assert_value (network, dot_network_unary (network, DOT_OP_SUM, 0), 3, 1, 1);
  assert_value (network, dot_network_demodulate (network, 5, squares, bias), 4, 1, 1);
  assert_value (network, dot_network_modulate (network, 4, 6), 2, 4, 4);
  g_assert_cmpfloat (network->ops[3].limit, ==, 1.5);
}

static void
test_array_limits (void)
{
  const gsize many[DOT_ARRAY_MAX_DIMS + 1] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  g_autoptr (GError) error                 = NULL;

  g_assert_null (dot_array_new (2, (gsize[]) { G_MAXSIZE / 2, 3 }, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY);
  g_clear_error (&error);
  g_assert_null (dot_array_new (1, (gsize[]) { G_MAXSIZE }, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY);
  g_clear_error (&error);
  g_assert_null (dot_array_new (DOT_ARRAY_MAX_DIMS + 1, many, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network/sizes", test_sizes);
  g_test_add_func ("/network/modulation", test_modulation);
  g_test_add_func ("/network/groups", test_groups);
  g_test_add_func ("/network/windows", test_windows);
  g_test_add_func ("/network/padding", test_padding);
  g_test_add_func ("/network/chain", test_chain);
  g_test_add_func ("/network/inputs", test_inputs);
  g_test_add_func ("/network/references", test_references);
  g_test_add_func ("/network/array-limits", test_array_limits);
  return g_test_run ();
}
