/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* StyleGAN2's layers.  Their weights are stored as training has them, and
 * multiplied with what makes them 1 / √inputs large when they are used: here once.
 * So is the √2 behind each leaky relu, which goes before it. */

#include "stylegan2-layer.h"

#include "base/intl.h"

#include <math.h>

void
dot_stylegan2_layer_init (DotBuilder *builder, DotWeights *weights, guint channels, guint size)
{
  dot_builder_init (builder, weights, DOT_FORM_INFERENCE, channels, size, size);
  builder->names = (DotBuilderNames) { ".weight", ".bias", ".u" };
}

/**
 * dot_stylegan2_layer_get_axis:
 *
 * Returns: the size of an axis of a layer's weight; 0 from the first error on
 */
guint
dot_stylegan2_layer_get_axis (DotBuilder *builder, const char *layer, guint n_dims, guint axis)
{
  g_autofree char *key = g_strconcat (layer, ".weight", NULL);

  return builder->error
           ? 0
           : dot_weights_get_axis (builder->weights, key, n_dims, axis, &builder->error);
}

/**
 * dot_stylegan2_layer_get_limit:
 * @layer: any that has one: they are all the same
 *
 * Returns: what is behind activations is kept within ±this; 0 where it isn't
 */
double
dot_stylegan2_layer_get_limit (DotBuilder *builder, const char *layer)
{
  g_autofree char *name  = g_strconcat (layer, ".conv_clamp", NULL);
  double           limit = 0.0;

  if (! dot_weights_get_attribute (builder->weights, name, &limit))
    return 0.0;
  if (! (limit > 0.0 && limit <= G_MAXFLOAT))
    dot_builder_fail (builder, name, _ ("it is no limit"));
  return limit;
}

/**
 * dot_stylegan2_layer_new_array:
 *
 * Returns: (transfer full) (nullable): zeros; %NULL from the first error on
 */
DotArray *
dot_stylegan2_layer_new_array (DotBuilder *builder, gsize rows, gsize columns)
{
  return builder->error ? NULL : dot_array_new (2, (gsize[]) { rows, columns }, &builder->error);
}

static void
multiply (DotArray *array, double factor)
{
  for (gsize i = 0; array && i < array->n_items; i++)
    array->data[i] = (float) (factor * array->data[i]);
}

/**
 * dot_stylegan2_layer_read:
 *
 * Returns: (transfer full) (nullable): a layer's weight times @gain; %NULL from the
 *   first error on
 */
DotArray *
dot_stylegan2_layer_read (DotBuilder  *builder,
                          const char  *layer,
                          guint        n_dims,
                          const gsize *shape,
                          double       gain)
{
  DotArray *weight = dot_builder_read (builder, layer, ".weight", n_dims, shape);

  multiply (weight, gain);
  return weight;
}

DotArray *
dot_stylegan2_layer_read_bias (DotBuilder *builder, const char *layer, gsize n, double gain)
{
  DotArray *bias = dot_builder_read (builder, layer, ".bias", 1, &n);

  multiply (bias, gain);
  return bias;
}

/**
 * dot_stylegan2_layer_read_rows:
 *
 * Returns: (transfer full) (nullable): a linear layer's weight times @gain /
 *   √columns
 */
DotArray *
dot_stylegan2_layer_read_rows (DotBuilder *builder,
                               const char *layer,
                               gsize       rows,
                               gsize       columns,
                               double      gain)
{
  gsize shape[] = { rows, columns };

  return dot_stylegan2_layer_read (builder, layer, 2, shape, gain / sqrt (MAX (columns, 1)));
}

/**
 * dot_stylegan2_layer_filter:
 * @padding: zeros on all sides: the picture grows by twice that, and shrinks by 3
 *
 * [1, 3, 3, 1] / 8 in both directions in each channel, times @gain.  Beside a
 * convolution with stride 2 it is no part of that, whose window would have four times
 * as many pixels.
 */
guint
dot_stylegan2_layer_filter (DotBuilder *builder, guint input, guint padding, double gain)
{
  static const double taps[]  = { 0.125, 0.375, 0.375, 0.125 };
  gsize               n       = G_N_ELEMENTS (taps);
  gsize               shape[] = { dot_builder_channels (builder, input), 1, n, n };
  g_autoptr (DotArray) window = builder->error ? NULL : dot_array_new (4, shape, &builder->error);

  if (builder->error)
    return 0;
  for (gsize i = 0; i < window->n_items; i++)
    window->data[i] = (float) (gain * taps[i / n % n] * taps[i % n]);
  return dot_network_conv_padded (builder->network, input, window, NULL, 1, padding);
}

/**
 * dot_stylegan2_layer_add_linear:
 * @rate: what its learning rate was multiplied with, and so its weight and bias
 * @gain: of both
 *
 * W x + b on the flat input.
 */
guint
dot_stylegan2_layer_add_linear (DotBuilder *builder,
                                const char *layer,
                                guint       input,
                                double      rate,
                                double      gain)
{
  gsize rows                  = dot_stylegan2_layer_get_axis (builder, layer, 2, 0);
  gsize columns               = dot_builder_items (builder, input);
  g_autoptr (DotArray) weight = NULL;
  g_autoptr (DotArray) bias   = NULL;

  weight = dot_stylegan2_layer_read_rows (builder, layer, rows, columns, rate * gain);
  bias   = dot_stylegan2_layer_read_bias (builder, layer, rows, rate * gain);
  if (builder->error)
    return 0;
  return dot_network_linear (builder->network, input, weight, bias, 1, 1);
}

guint
dot_stylegan2_layer_clamp (DotBuilder *builder, guint input, double limit)
{
  if (builder->error || limit == 0.0)
    return input;
  return dot_network_clamp (builder->network, input, limit);
}

/**
 * dot_stylegan2_layer_activate:
 * @limit: 0 for none
 *
 * Leaky relu, and the limit behind it.
 */
guint
dot_stylegan2_layer_activate (DotBuilder *builder, guint input, double limit)
{
  input = dot_builder_apply (builder, DOT_OP_LEAKY_RELU, input);
  return dot_stylegan2_layer_clamp (builder, input, limit);
}
