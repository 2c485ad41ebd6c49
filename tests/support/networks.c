/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "networks.h"

static DotArray *
random_array (guint n_dims, ...)
{
  gsize     shape[DOT_ARRAY_MAX_DIMS];
  DotArray *array;
  va_list   sizes;

  va_start (sizes, n_dims);
  for (guint i = 0; i < n_dims; i++)
    shape[i] = va_arg (sizes, guint);
  va_end (sizes);

  array = dot_array_new (n_dims, shape, NULL);
  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = (float) g_test_rand_double_range (-0.6, 0.6);
  return array;
}

static guint
add_conv (DotNetwork *network, guint input, guint in, guint out, guint size, guint stride)
{
  g_autoptr (DotArray) weight = random_array (4, out, in, size, size);
  g_autoptr (DotArray) bias   = random_array (1, out);

  return dot_network_conv (network, input, weight, bias, stride);
}

static guint
add_attention (DotNetwork *network, guint input, guint channels)
{
  g_autoptr (DotArray) gamma = random_array (1, 1u);
  guint query                = add_conv (network, input, channels, 2, 1, 1);
  guint key                  = add_conv (network, input, channels, 2, 1, 1);
  guint value                = add_conv (network, input, channels, channels, 1, 1);

  return dot_network_attention (network, query, key, value, input, gamma);
}

/* linear, reshape, affine with labels, relu, deconvolution, affine without,
 * attention, upsampling, a residual branch, tanh: 3 × 8 × 8. */
DotNetwork *
networks_make_generator (void)
{
  g_autoptr (DotArray) linear = random_array (2, 24u, (guint) NETWORKS_LATENT);
  g_autoptr (DotArray) scale  = random_array (2, (guint) NETWORKS_LABELS, 6u);
  g_autoptr (DotArray) shift  = random_array (2, (guint) NETWORKS_LABELS, 6u);
  g_autoptr (DotArray) deconv = random_array (4, 6u, 5u, 4u, 4u);
  g_autoptr (DotArray) bias   = random_array (1, 5u);
  g_autoptr (DotArray) gain   = random_array (1, 5u);
  DotNetwork *network         = dot_network_new (NETWORKS_LATENT, 1, 1);
  guint       value;
  guint       branch;

  value  = dot_network_linear (network, 0, linear, NULL, 1, 1);
  value  = dot_network_reshape (network, value, 6, 2, 2);
  value  = dot_network_affine (network, value, scale, shift);
  value  = dot_network_unary (network, DOT_OP_RELU, value);
  value  = dot_network_deconv (network, value, deconv, bias, 2);
  value  = dot_network_affine (network, value, gain, bias);
  value  = add_attention (network, value, 5);
  value  = dot_network_unary (network, DOT_OP_UPSAMPLE, value);
  branch = add_conv (network, value, 5, 5, 3, 1);
  value  = dot_network_add (network, branch, value);
  value  = add_conv (network, value, 5, 3, 3, 1);
  dot_network_unary (network, DOT_OP_TANH, value);
  return network;
}

/* Scales and shifts of each picture, from the latent and the label. */
static guint
add_modulation (DotNetwork *network, guint input, guint condition, guint channels)
{
  guint from                  = NETWORKS_LATENT + 2;
  g_autoptr (DotArray) weight = random_array (2, 2 * channels, from);
  g_autoptr (DotArray) bias   = random_array (1, 2 * channels);
  guint rows                  = dot_network_linear (network, condition, weight, bias, 1, 1);

  return dot_network_modulate (network, input, rows);
}

static guint
add_bare_conv (DotNetwork *network, guint input, guint in, guint out, guint size)
{
  g_autoptr (DotArray) weight = random_array (4, out, in, size, size);

  return dot_network_conv (network, input, weight, NULL, 1);
}

/* To the largest of 2×2 pixels, and a convolution of what it puts together. */
static guint
add_pooled_attention (DotNetwork *network, guint input, guint channels)
{
  guint query = add_bare_conv (network, input, channels, 2, 1);
  guint key   = dot_network_max_pool (network, add_bare_conv (network, input, channels, 2, 1), 2);
  guint value = dot_network_max_pool (network, add_bare_conv (network, input, channels, 3, 1), 2);
  guint mixed = dot_network_attend (network, query, key, value);

  return dot_network_add (network, add_bare_conv (network, mixed, 3, channels, 1), input);
}

/* Two blocks whose shortcuts take what is modulated, with attention between
 * them, a plain affine operation of the sum, tanh: 3 × 8 × 8. */
DotNetwork *
networks_make_modulated (void)
{
  g_autoptr (DotArray) linear = random_array (2, 24u, (guint) NETWORKS_LATENT);
  g_autoptr (DotArray) embed  = random_array (2, (guint) NETWORKS_LABELS, 2u);
  g_autoptr (DotArray) gain   = random_array (1, 4u);
  DotNetwork *network         = dot_network_new (NETWORKS_LATENT, 1, 1);
  guint       condition       = dot_network_concat (network, 0, embed);
  guint       value           = dot_network_linear (network, 0, linear, NULL, 1, 1);
  guint       in              = 6;

  value = dot_network_reshape (network, value, 6, 2, 2);
  for (guint i = 0; i < 2; i++)
    {
      guint shortcut = dot_network_unary (network, DOT_OP_UPSAMPLE, value);
      guint branch   = add_modulation (network, value, condition, in);

      branch = dot_network_unary (network, DOT_OP_RELU, branch);
      branch = dot_network_unary (network, DOT_OP_UPSAMPLE, branch);
      branch = add_conv (network, branch, in, 4, 3, 1);
      branch = add_modulation (network, branch, condition, 4);
      branch = dot_network_unary (network, DOT_OP_RELU, branch);
      branch = add_conv (network, branch, 4, 4, 3, 1);
      value  = dot_network_add (network, branch, add_conv (network, shortcut, in, 4, 1, 1));
      value  = i == 0 ? add_pooled_attention (network, value, 4) : value;
      in     = 4;
    }
  value = dot_network_affine (network, value, gain, gain);
  value = dot_network_unary (network, DOT_OP_RELU, value);
  dot_network_unary (network, DOT_OP_TANH, add_conv (network, value, 4, 3, 3, 1));
  return network;
}

/* A strided convolution, leaky relu, label channels, average, attention, sum,
 * linear and projection. */
DotNetwork *
networks_make_discriminator (void)
{
  g_autoptr (DotArray) embed  = random_array (2, (guint) NETWORKS_LABELS, 2u);
  g_autoptr (DotArray) linear = random_array (2, 1u, 4u);
  g_autoptr (DotArray) bias   = random_array (1, 1u);
  g_autoptr (DotArray) rows   = random_array (2, (guint) NETWORKS_LABELS, 4u);
  DotNetwork *network         = dot_network_new (3, NETWORKS_SIZE, NETWORKS_SIZE);
  guint       value;
  guint       score;

  value = add_conv (network, 0, 3, 4, 4, 2);
  value = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  value = dot_network_concat (network, value, embed);
  value = add_conv (network, value, 6, 4, 3, 1);
  value = dot_network_unary (network, DOT_OP_AVERAGE, value);
  value = add_attention (network, value, 4);
  value = dot_network_unary (network, DOT_OP_SUM, value);
  score = dot_network_linear (network, value, linear, bias, 1, 1);
  dot_network_project (network, score, value, rows);
  return network;
}

static guint
add_conv_relu (DotNetwork *network, guint input, guint in, guint out, guint size)
{
  return dot_network_unary (network, DOT_OP_RELU, add_conv (network, input, in, out, size, 1));
}

/* Its channels from two branches. */
static guint
add_fire (DotNetwork *network, guint input, guint in)
{
  guint squeeze = add_conv_relu (network, input, in, 3, 1);
  guint first   = add_conv_relu (network, squeeze, 3, 2, 1);

  return dot_network_join (network, first, add_conv_relu (network, squeeze, 3, 3, 3));
}

/* The mean of a map that looks at the label. */
static guint
add_head (DotNetwork *network, guint input, guint in, guint size, guint stride)
{
  g_autoptr (DotArray) rows  = random_array (2, (guint) NETWORKS_LABELS, 2u);
  g_autoptr (DotArray) gain  = random_array (1, 4u);
  g_autoptr (DotArray) shift = random_array (1, 4u);
  guint value                = add_conv (network, input, in, 4, size, stride);
  guint score, features;

  value    = dot_network_affine (network, value, gain, shift);
  value    = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  score    = dot_network_unary (network, DOT_OP_MEAN, add_conv (network, value, 4, 1, 3, 1));
  features = dot_network_unary (network, DOT_OP_MEAN, add_conv (network, value, 4, 2, 3, 1));
  return dot_network_project (network, score, features, rows);
}

/* Resizing, a convolution without padding that leaves a row over, largest with
 * a last window that is a part, channels joined, maps added at several sizes, and
 * the sum of three heads. */
DotNetwork *
networks_make_judge (void)
{
  g_autoptr (DotArray) weight = random_array (4, 4u, 3u, 3u, 3u);
  g_autoptr (DotArray) bias   = random_array (1, 4u);
  DotNetwork *network         = dot_network_new (3, NETWORKS_SIZE, NETWORKS_SIZE);
  guint       large, small, mixed, score;

  large = dot_network_resize (network, 0, 18, 18);
  large = dot_network_conv_valid (network, large, weight, bias, 2);
  large = dot_network_unary (network, DOT_OP_RELU, large);
  small = dot_network_max_pool (network, large, 3);
  small = add_fire (network, small, 4);

  small = add_bare_conv (network, small, 5, 3, 1);
  mixed = dot_network_resize (network, add_bare_conv (network, small, 3, 3, 3), 8, 8);
  mixed = dot_network_add (network, add_bare_conv (network, large, 4, 3, 1), mixed);

  score = dot_network_add (network, add_head (network, mixed, 3, 4, 2),
                           add_head (network, small, 3, 3, 1));
  dot_network_add (network, score, add_head (network, small, 3, 1, 1));
  return network;
}

/* In groups of two channels, without a bias before the sum. */
static guint
add_grouped_block (DotNetwork *network, guint input, guint channels)
{
  g_autoptr (DotArray) weight = random_array (4, 2 * channels, 2u, 3u, 3u);
  g_autoptr (DotArray) bias   = random_array (1, 2 * channels);
  guint value                 = add_conv (network, input, channels, 2 * channels, 1, 1);

  value = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  value = dot_network_conv (network, value, weight, bias, 1);
  value = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  value = add_bare_conv (network, value, 2 * channels, channels, 1);
  return dot_network_add (network, value, input);
}

/* Of the latent and the label 4 × 2 × 2 by one linear operation; blocks in groups,
 * between which the filter doubles the pixels: 3 × 8 × 8. */
DotNetwork *
networks_make_filtering (void)
{
  g_autoptr (DotArray) embed  = random_array (2, (guint) NETWORKS_LABELS, 2u);
  g_autoptr (DotArray) linear = random_array (2, 16u, NETWORKS_LATENT + 2u);
  DotNetwork *network         = dot_network_new (NETWORKS_LATENT, 1, 1);
  guint       value           = dot_network_concat (network, 0, embed);

  value = dot_network_linear (network, value, linear, NULL, 2, 2);
  value = add_grouped_block (network, value, 4);
  value = dot_network_unary (network, DOT_OP_FIR_UP, value);
  value = add_grouped_block (network, value, 4);
  value = dot_network_unary (network, DOT_OP_FIR_UP, add_bare_conv (network, value, 4, 2, 1));
  add_bare_conv (network, value, 2, 3, 1);
  return network;
}

/* The filter halves the pixels, and beside it a convolution in groups does; each
 * channel's own window makes one pixel of the rest, of which the label's row makes
 * the score. */
DotNetwork *
networks_make_grouped_judge (void)
{
  g_autoptr (DotArray) halving = random_array (4, 6u, 3u, 4u, 4u);
  g_autoptr (DotArray) window  = random_array (4, 6u, 1u, 4u, 4u);
  g_autoptr (DotArray) rows    = random_array (2, (guint) NETWORKS_LABELS, 6u);
  g_autoptr (DotArray) linear  = random_array (2, 1u, 6u);
  DotNetwork *network          = dot_network_new (3, NETWORKS_SIZE, NETWORKS_SIZE);
  guint       value            = add_bare_conv (network, 0, 3, 6, 1);
  guint       beside, score;

  value  = add_grouped_block (network, value, 6);
  beside = dot_network_conv (network, value, halving, NULL, 2);
  beside = dot_network_unary (network, DOT_OP_LEAKY_RELU, beside);
  value  = dot_network_unary (network, DOT_OP_FIR_DOWN, value);
  value  = dot_network_add (network, value, beside);
  value  = dot_network_conv_valid (network, value, window, NULL, 1);
  score  = dot_network_linear (network, value, linear, NULL, 1, 1);
  dot_network_project (network, score, value, rows);
  return network;
}
