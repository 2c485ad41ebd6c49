/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Attention whose keys and values are the largest of 2×2 pixels. */

#include "biggan-attention.h"

#include "base/intl.h"

/* A 1×1 convolution of the layer. */
static guint
add_conv (DotBuilder *builder, const DotBigganWalk *walk, const char *part, guint input)
{
  const DotBigganNames *names = walk->names;
  g_autofree char      *layer = g_strdup_printf ("%s.%s%s", walk->attention, part, names->conv);

  return dot_builder_conv_bare (builder, layer, input, 1, names->spectral);
}

/* Multiplies what the last convolution makes with γ. */
static void
scale_output (DotBuilder *builder, const DotArray *gamma)
{
  DotArray *weight = dot_network_get_output (builder->network)->weight;

  for (gsize i = 0; i < weight->n_items; i++)
    weight->data[i] *= gamma->data[0];
}

/**
 * dot_biggan_attention_add:
 * @walk: at a block that attention follows
 *
 * x + γ · o(g βᵀ), β being the softmax of thetaᵀ phi over phi's pixels.
 *
 * Returns: the number of the output
 */
guint
dot_biggan_attention_add (DotBuilder *builder, const DotBigganWalk *walk, guint input)
{
  const DotBigganNames *names = walk->names;
  gsize                 one   = 1;
  g_autoptr (DotArray)
    gamma     = dot_builder_read (builder, walk->attention, names->gamma, names->n_gamma, &one);
  guint query = add_conv (builder, walk, names->query, input);
  guint key   = add_conv (builder, walk, names->key, input);
  guint value = add_conv (builder, walk, names->value, input);
  guint mixed;

  key   = dot_builder_max_pool (builder, key, 2);
  value = dot_builder_max_pool (builder, value, 2);
  if (dot_builder_channels (builder, query) != dot_builder_channels (builder, key))
    dot_builder_fail (builder, walk->attention, _ ("query, key and value don't match"));
  if (builder->error)
    return 0;

  mixed = dot_network_attend (builder->network, query, key, value);
  mixed = add_conv (builder, walk, names->mixed, mixed);
  if (! builder->error)
    scale_output (builder, gamma);
  return dot_builder_add (builder, walk->attention, mixed, input);
}
