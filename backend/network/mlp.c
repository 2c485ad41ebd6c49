/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* The perceptrons of the paper's Figure 3: points of the plane instead of
 * pictures, leaky relu between the layers, no labels. */

#include "architecture.h"

#include "builder.h"

static gboolean
describe_generator_mlp (DotWeights *weights, DotPairShape *shape, GError **error)
{
  shape->image_size  = 1;
  shape->latent_size = dot_weights_get_axis (weights, "l0/W", 2, 1, error);
  shape->channels    = shape->latent_size ? dot_weights_get_axis (weights, "l4/W", 2, 0, error) : 0;
  return shape->channels > 0;
}

static gboolean
describe_discriminator_mlp (DotWeights *weights, DotPairShape *shape, GError **error)
{
  shape->image_size = 1;
  shape->channels   = dot_weights_get_axis (weights, "l1/W", 2, 1, error);
  return shape->channels > 0;
}

/* All layers but the last are followed by leaky relu. */
static guint
add_layers (DotBuilder *builder, const char *const *layers)
{
  guint value = 0;

  for (guint i = 0; layers[i]; i++)
    {
      value = dot_builder_linear (builder, layers[i], value, DOT_SPECTRAL_NONE);
      value = dot_builder_apply (builder, DOT_OP_LEAKY_RELU, value);
    }
  return value;
}

static DotNetwork *
read_generator_mlp (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  static const char *const layers[] = { "l0", "l1", "l2", NULL };
  DotBuilder               builder;

  dot_builder_init (&builder, weights, form, shape->latent_size, 1, 1);
  dot_builder_linear (&builder, "l4", add_layers (&builder, layers), DOT_SPECTRAL_NONE);
  return dot_builder_finish (&builder, error);
}

static DotNetwork *
read_discriminator_mlp (DotWeights         *weights,
                        const DotPairShape *shape,
                        DotForm             form,
                        GError            **error)
{
  static const char *const layers[] = { "l1", "l2", "l3", NULL };
  DotBuilder               builder;

  dot_builder_init (&builder, weights, form, shape->channels, 1, 1);
  dot_builder_score (&builder, "l4", add_layers (&builder, layers), DOT_SPECTRAL_NONE);
  return dot_builder_finish (&builder, error);
}

const DotArchitecture dot_mlp = {
  .name                   = "mlp",
  .describe_generator     = describe_generator_mlp,
  .describe_discriminator = describe_discriminator_mlp,
  .read_generator         = read_generator_mlp,
  .read_discriminator     = read_discriminator_mlp,
};
