/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The names of BigGAN-PyTorch's files, which deep-generative-prior has, too, of
 * mmgeneration's and of StudioGAN's. */

#include "biggan-names.h"

/* Vectors of spectral norms as torch.nn.utils.spectral_norm() keeps them. */
#define TORCH_ARRAYS { ".weight_orig", ".bias", ".weight_u", ".weight_v", ".weight", TRUE }

#define MMGENERATION                                                                            \
  .shared = "shared_embedding", .linear = "noise2feat", .score = "decision", .embed = "proj_y", \
  .block = "conv_blocks.", .inner = "", .attention = "", .conv1 = "conv1", .conv2 = "conv2",    \
  .shortcut = "shortcut", .conv = ".conv", .norm = ".bn", .last_norm = "output_layer.bn",       \
  .last_conv = "output_layer.conv", .gain = ".weight", .mean = ".running_mean",                 \
  .variance = ".running_var", .query = "theta", .key = "phi", .value = "g", .mixed = "o",       \
  .gamma = ".gamma", .epsilon = 1e-5, .by_class = TRUE, .counted = TRUE, .bgr = TRUE

/* Of mmgeneration's, those with torch's norm are of networks (CIFAR-10's) whose
 * relu isn't in place. */
static const DotBigganNames known[] = {
  { .shared    = "shared",
    .linear    = "linear",
    .score     = "linear",
    .embed     = "embed",
    .block     = "blocks.",
    .inner     = ".0",
    .attention = ".1",
    .conv1     = "conv1",
    .conv2     = "conv2",
    .shortcut  = "conv_sc",
    .conv      = "",
    .norm      = "",
    .last_norm = "output_layer.0",
    .last_conv = "output_layer.2",
    .gain      = ".gain",
    .mean      = ".stored_mean",
    .variance  = ".stored_var",
    .query     = "theta",
    .key       = "phi",
    .value     = "g",
    .mixed     = "o",
    .gamma     = ".gamma",
    .arrays    = { ".weight", ".bias", ".u0" },
    .spectral  = DOT_SPECTRAL_STORED,
    .epsilon   = 1e-5,
    .by_class  = TRUE },
  { MMGENERATION, .arrays = { ".weight", ".bias", ".u0" }, .spectral = DOT_SPECTRAL_STORED,
    .in_place = TRUE },
  { MMGENERATION, .arrays = TORCH_ARRAYS, .spectral = DOT_SPECTRAL_PAIR },
  { .studiogan = TRUE,
    .shared    = "shared",
    .linear    = "linear0",
    .score     = "linear1",
    .embed     = "embedding",
    .rival     = "linear2",
    .block     = "blocks.",
    .inner     = ".0",
    .attention = ".0",
    .conv1     = "conv2d1",
    .conv2     = "conv2d2",
    .shortcut  = "conv2d0",
    .conv      = "",
    .norm      = ".bn",
    .last_norm = "bn4",
    .last_conv = "conv2d5",
    .gain      = ".weight",
    .mean      = ".running_mean",
    .variance  = ".running_var",
    .query     = "conv1x1_theta",
    .key       = "conv1x1_phi",
    .value     = "conv1x1_g",
    .mixed     = "conv1x1_attn",
    .gamma     = ".sigma",
    .n_gamma   = 1,
    .arrays    = TORCH_ARRAYS,
    .spectral  = DOT_SPECTRAL_CONVERGED,
    .epsilon   = 1e-4,
    .counted   = TRUE,
    .in_place  = TRUE },
};

/* (transfer full): the first block's first convolution. */
static char *
first_conv (const DotBigganNames *names)
{
  return g_strdup_printf ("%s0%s.%s%s", names->block, names->inner, names->conv1, names->conv);
}

/* Whether what is called so is normed in their way. */
static gboolean
fits (const DotBigganNames *names, DotWeights *weights)
{
  g_autofree char *conv = first_conv (names);
  g_autofree char *key  = g_strconcat (conv, names->arrays.weight, NULL);

  return names->studiogan ? dot_biggan_names_has (names, weights, conv)
                          : dot_weights_has (weights, key);
}

/**
 * dot_biggan_names_find:
 * @studiogan: whether StudioGAN's are asked for, or else any other
 *
 * Returns: (transfer none): those whose block 0 is there; else the first ones,
 *   which are then missed
 */
const DotBigganNames *
dot_biggan_names_find (gboolean studiogan, DotWeights *weights)
{
  const DotBigganNames *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (known[i].studiogan != studiogan)
        continue;
      if (fits (&known[i], weights))
        return &known[i];
      if (! first)
        first = &known[i];
    }
  return first;
}

/**
 * dot_biggan_names_has:
 *
 * Returns: whether the layer has a weight
 */
gboolean
dot_biggan_names_has (const DotBigganNames *names, DotWeights *weights, const char *layer)
{
  g_autofree char *key = dot_builder_find_weight (&names->arrays, weights, layer);

  return dot_weights_has (weights, key);
}

/**
 * dot_biggan_names_get_axis:
 *
 * Returns: the size of an axis of a layer's weight, or 0 with @error
 */
guint
dot_biggan_names_get_axis (const DotBigganNames *names,
                           DotWeights           *weights,
                           const char           *layer,
                           guint                 n_dims,
                           guint                 axis,
                           GError              **error)
{
  g_autofree char *key = dot_builder_find_weight (&names->arrays, weights, layer);

  return dot_weights_get_axis (weights, key, n_dims, axis, error);
}

/**
 * dot_biggan_names_check:
 *
 * Returns: whether the first block's convolution is one
 */
gboolean
dot_biggan_names_check (const DotBigganNames *names, DotWeights *weights, GError **error)
{
  g_autofree char *conv = first_conv (names);

  return dot_biggan_names_get_axis (names, weights, conv, 4, 0, error) > 0;
}
