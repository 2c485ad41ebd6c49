/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Spectral norms that a builder divides out. */

#include "builder.h"

#include "spectral-norm.h"

static DotArray *
read_vector (DotBuilder *builder, const char *layer, const char *name, gsize n)
{
  gsize shape[] = { 1, n };

  return builder->names.flat ? dot_builder_read (builder, layer, name, 1, &n)
                             : dot_builder_read (builder, layer, name, 2, shape);
}

static gboolean
is_normed (DotBuilder *builder, const char *layer)
{
  g_autofree char *key = g_strconcat (layer, builder->names.weight, NULL);

  return ! builder->names.plain || dot_weights_has (builder->weights, key);
}

static void
normalize_by_pair (DotBuilder *builder, const char *layer, DotArray *weight, const DotArray *u)
{
  gsize columns          = weight->n_items / weight->shape[0];
  g_autoptr (DotArray) v = read_vector (builder, layer, builder->names.right, columns);

  if (v)
    dot_spectral_norm_divide (weight, dot_spectral_norm_pair (weight, u, v));
}

/**
 * dot_builder_normalize:
 * @weight: (nullable): of that layer
 *
 * Divides a weight by its spectral norm, in the way of its family.
 */
void
dot_builder_normalize (DotBuilder *builder,
                       const char *layer,
                       DotArray   *weight,
                       DotSpectral spectral)
{
  g_autoptr (DotArray) u = NULL;

  if (! weight || spectral == DOT_SPECTRAL_NONE || builder->form == DOT_FORM_TRAINING ||
      ! is_normed (builder, layer))
    return;
  if (spectral != DOT_SPECTRAL_ITERATED &&
      ! (u = read_vector (builder, layer, builder->names.vector, weight->shape[0])))
    return;

  if (spectral == DOT_SPECTRAL_PAIR)
    normalize_by_pair (builder, layer, weight, u);
  else if (spectral == DOT_SPECTRAL_STORED || spectral == DOT_SPECTRAL_ITERATED)
    dot_spectral_normalize (weight, u);
  else
    dot_spectral_norm_divide (weight, dot_spectral_norm_converge (weight, u));
}
