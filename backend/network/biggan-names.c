/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The names of BigGAN-PyTorch's files, which deep-generative-prior has, too, and
 * those of mmgeneration's. */

#include "biggan-names.h"

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
    .epsilon   = 1e-5 },
  { .shared    = "shared_embedding",
    .linear    = "noise2feat",
    .score     = "decision",
    .embed     = "proj_y",
    .block     = "conv_blocks.",
    .inner     = "",
    .attention = "",
    .conv1     = "conv1",
    .conv2     = "conv2",
    .shortcut  = "shortcut",
    .conv      = ".conv",
    .norm      = ".bn",
    .last_norm = "output_layer.bn",
    .last_conv = "output_layer.conv",
    .gain      = ".weight",
    .mean      = ".running_mean",
    .variance  = ".running_var",
    .query     = "theta",
    .key       = "phi",
    .value     = "g",
    .mixed     = "o",
    .gamma     = ".gamma",
    .arrays    = { ".weight", ".bias", ".u0" },
    .spectral  = DOT_SPECTRAL_STORED,
    .epsilon   = 1e-5,
    .counted   = TRUE,
    .in_place  = TRUE,
    .bgr       = TRUE },
};

/* (transfer full): the first block's first convolution. */
static char *
first_conv (const DotBigganNames *names)
{
  return g_strdup_printf ("%s0%s.%s%s", names->block, names->inner, names->conv1, names->conv);
}

/**
 * dot_biggan_names_find:
 *
 * Returns: (transfer none): those whose block 0 is there; else the first ones,
 *   which are then missed
 */
const DotBigganNames *
dot_biggan_names_find (DotWeights *weights)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *conv = first_conv (&known[i]);
      g_autofree char *key  = g_strconcat (conv, known[i].arrays.weight, NULL);

      if (dot_weights_has (weights, key))
        return &known[i];
    }
  return &known[0];
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
  g_autofree char *key = g_strconcat (layer, names->arrays.weight, NULL);

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
