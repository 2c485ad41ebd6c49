/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The perceptrons of the paper's Figure 3: points of the plane instead of
 * pictures, leaky relu between the layers, no labels. */

#include "architecture.h"

#include "builder.h"

#include "base/intl.h"

#include <math.h>

static gboolean
describe_generator_mlp (DotWeights *weights, DotPairShape *shape, GError **error)
{
  shape->image_size  = 1;
  shape->latent_size = dot_weights_get_axis (weights, "l0/W", 2, 1, error);
  shape->channels    = shape->latent_size ? dot_weights_get_axis (weights, "l4/W", 2, 0, error) : 0;
  return shape->channels > 0;
}

/* Its layers are called as the generator's: what tells it is that one number
 * comes out. */
static gboolean
describe_discriminator_mlp (DotWeights *weights, DotPairShape *shape, GError **error)
{
  DotShape last = { 0 };

  shape->image_size = 1;
  shape->channels   = dot_weights_get_axis (weights, "l1/W", 2, 1, error);
  return shape->channels > 0 && dot_weights_get_shape (weights, "l4/W", &last, error) &&
         dot_array_check_shape (&last, 2, (gsize[]) { 1, last.axes[1] },
                                dot_weights_get_path (weights), "l4/W", error);
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

/*  starting weights  */

static void
fill (DotInitialArrays *arrays, const char *const *names, gsize in, gsize width, gsize out)
{
  DotInitialLayer layer = { .in       = in,
                            .has_bias = TRUE,
                            .spread   = DOT_INITIAL_LECUN,
                            .scale    = 0.8 * sqrt (2.0) };

  for (guint i = 0; i < 4; i++)
    {
      layer.out = i < 3 ? width : out;
      dot_initial_add_layer (arrays, &layer, "%s", names[i]);
      layer.in = layer.out;
    }
}

static void
fill_generator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  static const char *const names[] = { "l0", "l1", "l2", "l4" };

  fill (arrays, names, sizes->latent_size, sizes->widths[0], 2);
}

static void
fill_discriminator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  static const char *const names[] = { "l1", "l2", "l3", "l4" };

  fill (arrays, names, 2, sizes->widths[1], 1);
}

static const DotInitial initial = {
  .fill         = { fill_generator, fill_discriminator },
  .points       = TRUE,
  .image_sizes  = { 1 },
  .size_problem = N_ ("mlp makes points: image_size must be 1, or left out"),
  .width_unit   = 1,
  .widths       = { 256, 512 },
};

const DotArchitecture dot_mlp = {
  .name                   = "mlp",
  .describe_generator     = describe_generator_mlp,
  .describe_discriminator = describe_discriminator_mlp,
  .read_generator         = read_generator_mlp,
  .read_discriminator     = read_discriminator_mlp,
  .initial                = &initial,
};
