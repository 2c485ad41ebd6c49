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

/* Numbers that are never below 0. */
static DotArray *
random_squares (gsize rows, gsize columns)
{
  DotArray *array = dot_array_new (2, (gsize[]) { rows, columns }, NULL);

  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = (float) g_test_rand_double_range (0.1, 1.0);
  return array;
}

/* The rows of @input, which has as many numbers as @columns or more. */
static guint
add_demodulation (DotNetwork *network, guint input, guint channels, guint columns)
{
  g_autoptr (DotArray) weight = random_squares (channels, columns);
  g_autoptr (DotArray) bias   = random_array (1, channels);

  return dot_network_demodulate (network, input, weight, bias);
}

/* Scales and shifts of what goes into a convolution, by the style, and of what
 * comes out, by these; noise, leaky relu, clamp.
 * @size: 3, or 6 of a transposed one that doubles the pixels */
static guint
add_styled_conv (DotNetwork *network, guint input, guint style, guint size, guint pixels)
{
  g_autoptr (DotArray) linear = random_array (2, 8u, 5u);
  g_autoptr (DotArray) shift  = random_array (1, 8u);
  g_autoptr (DotArray) weight = random_array (4, 4u, 4u, size, size);
  g_autoptr (DotArray) noise  = random_array (2, pixels, pixels);
  guint rows                  = dot_network_linear (network, style, linear, shift, 1, 1);
  guint value                 = dot_network_modulate (network, input, rows);

  if (size == 6)
    value = dot_network_deconv_padded (network, value, weight, NULL, 2, 2);
  else
    value = dot_network_conv (network, value, weight, NULL, 1);
  value = dot_network_modulate (network, value, add_demodulation (network, rows, 4, 4));
  value = dot_network_noise (network, value, noise);
  value = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  return dot_network_clamp (network, value, 0.5);
}

/* A picture's colours, by the style, too. */
static guint
add_styled_colours (DotNetwork *network, guint input, guint style)
{
  g_autoptr (DotArray) linear = random_array (2, 8u, 5u);
  guint rows                  = dot_network_linear (network, style, linear, NULL, 1, 1);

  return add_conv (network, dot_network_modulate (network, input, rows), 4, 3, 1, 1);
}

/* The latent by its own length, the label behind it, a style of two layers, of
 * which the first pixels are made and then all is scaled; colours are added to
 * those of half the size, doubled by the filter: 3 × 8 × 8. */
DotNetwork *
networks_make_styled (void)
{
  g_autoptr (DotArray) embed  = random_array (2, (guint) NETWORKS_LABELS, 2u);
  g_autoptr (DotArray) first  = random_array (2, 5u, NETWORKS_LATENT + 2u);
  g_autoptr (DotArray) second = random_array (2, 5u, 5u);
  g_autoptr (DotArray) start  = random_array (2, 64u, 5u);
  DotNetwork *network         = dot_network_new (NETWORKS_LATENT, 1, 1);
  guint       style, value, image;

  style = add_demodulation (network, 0, NETWORKS_LATENT, NETWORKS_LATENT);
  style = dot_network_concat (network, dot_network_modulate (network, 0, style), embed);
  style = dot_network_linear (network, style, first, NULL, 1, 1);
  style = dot_network_unary (network, DOT_OP_LEAKY_RELU, style);
  style = dot_network_linear (network, style, second, NULL, 1, 1);
  style = dot_network_unary (network, DOT_OP_LEAKY_RELU, style);

  value = dot_network_linear (network, style, start, NULL, 4, 4);
  value = add_styled_conv (network, value, style, 3, 4);
  image = dot_network_clamp (network, add_styled_colours (network, value, style), 0.4);
  value = add_styled_conv (network, value, style, 6, 8);
  value = add_styled_conv (network, value, style, 3, 8);
  image = dot_network_unary (network, DOT_OP_FIR_UP, image);
  dot_network_add (network, image, add_styled_colours (network, value, style));
  return network;
}

/* A 6×6 convolution with stride 2, leaky relu and clamp beside the filter and a
 * 1×1 one; a channel that is the same for all, and a projection of what is linear in
 * the rest. */
DotNetwork *
networks_make_halving_judge (void)
{
  g_autoptr (DotArray) halving  = random_array (4, 4u, 3u, 6u, 6u);
  g_autoptr (DotArray) bias     = random_array (1, 4u);
  g_autoptr (DotArray) constant = dot_array_new (2, (gsize[]) { NETWORKS_LABELS, 1 }, NULL);
  g_autoptr (DotArray) linear   = random_array (2, 2u, 4u * 16u);
  g_autoptr (DotArray) shift    = random_array (1, 2u);
  g_autoptr (DotArray) rows     = random_array (2, (guint) NETWORKS_LABELS, 2u);
  g_autoptr (DotArray) zero     = dot_array_new (2, (gsize[]) { 1, 64 }, NULL);
  DotNetwork *network           = dot_network_new (3, NETWORKS_SIZE, NETWORKS_SIZE);
  guint       value, beside, score;

  for (gsize i = 0; i < constant->n_items; i++)
    constant->data[i] = 0.3f;
  for (gsize i = 0; i < zero->n_items; i++)
    zero->data[i] = 0.0f;
  beside = dot_network_unary (network, DOT_OP_FIR_DOWN, 0);
  beside = add_bare_conv (network, beside, 3, 4, 1);
  value  = dot_network_conv_padded (network, 0, halving, bias, 2, 2);
  value  = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  value  = dot_network_clamp (network, value, 0.6);
  value  = dot_network_add (network, value, beside);
  value  = dot_network_concat (network, value, constant);
  value  = add_conv (network, value, 5, 4, 3, 1);
  value  = dot_network_unary (network, DOT_OP_LEAKY_RELU, value);
  score  = dot_network_linear (network, value, zero, NULL, 1, 1);
  value  = dot_network_linear (network, value, linear, shift, 1, 1);
  dot_network_project (network, score, value, rows);
  return network;
}
