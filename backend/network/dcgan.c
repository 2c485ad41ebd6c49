/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The DCGANs of the paper (its model.py, 32 and 48 pixels, without labels):
 * a generator of transposed convolutions, plain or spectrally normed, and the
 * critics of WGAN-GP and SNGAN, with or without self-attention. */

#include "architecture.h"

#include "builder.h"

#include "base/intl.h"

#define UPSAMPLINGS   3
#define DOWNSAMPLINGS 3

/* l0 makes 4×4 or 6×6 pixels, which are doubled three times. */
static gboolean
describe_generator (DotWeights *weights, DotPairShape *shape, GError **error)
{
  guint side = dot_weights_get_side (weights, "l0/W", 0, "dc1/W", 0, error);

  shape->channels    = 3;
  shape->image_size  = side << UPSAMPLINGS;
  shape->latent_size = side ? dot_weights_get_axis (weights, "l0/W", 2, 1, error) : 0;
  return shape->latent_size > 0;
}

static gboolean
describe_critic (DotWeights *weights, DotPairShape *shape, GError **error)
{
  guint side = dot_weights_get_side (weights, "l4/W", 1, "c3_0/W", 0, error);

  shape->channels   = 3;
  shape->image_size = side << DOWNSAMPLINGS;
  return side > 0;
}

/*  generator  */

static guint
add_norm_relu (DotBuilder *builder, const char *layer, guint input)
{
  return dot_builder_apply (builder, DOT_OP_RELU,
                            dot_builder_batch_norm (builder, layer, input, 0));
}

/* l0, batch norm on the flat numbers, relu; then three times dc, batch norm,
 * relu; dc4, tanh.  Self-attention stands before dc3. */
static DotNetwork *
read_generator (DotWeights         *weights,
                const DotPairShape *shape,
                DotForm             form,
                DotSpectral         spectral,
                GError            **error)
{
  guint      width = shape->image_size >> UPSAMPLINGS;
  DotBuilder builder;
  guint      value;

  dot_builder_init (&builder, weights, form, shape->latent_size, 1, 1);
  value = dot_builder_linear (&builder, "l0", 0, spectral);
  value = add_norm_relu (&builder, "bn0", value);
  value = dot_builder_reshape (&builder, value, width, width);
  value = dot_builder_deconv (&builder, "dc1", value, 4, 2, spectral);
  value = add_norm_relu (&builder, "bn1", value);
  value = dot_builder_deconv (&builder, "dc2", value, 4, 2, spectral);
  value = add_norm_relu (&builder, "bn2", value);
  if (dot_weights_has (weights, "sa1/gamma"))
    value = dot_builder_attention (&builder, "sa1", value);
  value = dot_builder_deconv (&builder, "dc3", value, 4, 2, spectral);
  value = add_norm_relu (&builder, "bn3", value);
  value = dot_builder_deconv (&builder, "dc4", value, 3, 1, spectral);
  dot_builder_apply (&builder, DOT_OP_TANH, value);
  return dot_builder_finish (&builder, error);
}

static DotNetwork *
read_plain_generator (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  return read_generator (weights, shape, form, DOT_SPECTRAL_NONE, error);
}

static DotNetwork *
read_normed_generator (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  return read_generator (weights, shape, form, DOT_SPECTRAL_ITERATED, error);
}

/*  critics  */

/* A convolution of a critic: 3×3, or 4×4 that halves the size. */
typedef struct
{
  const char *name;
  guint       size;
  guint       stride;
} CriticLayer;

static const CriticLayer wgan_layers[] = {
  { "c0", 3, 1 },   { "c1", 4, 2 }, { "c1_0", 3, 1 }, { "c2", 4, 2 },
  { "c2_0", 3, 1 }, { "c3", 4, 2 }, { "c3_0", 3, 1 },
};

static const CriticLayer sn_layers[] = {
  { "c0_0", 3, 1 }, { "c0_1", 4, 2 }, { "c1_0", 3, 1 }, { "c1_1", 4, 2 },
  { "c2_0", 3, 1 }, { "c2_1", 4, 2 }, { "c3_0", 3, 1 },
};

/* Each convolution is followed by leaky relu.  Self-attention, which the SN
 * critic may have, follows the second one. */
static DotNetwork *
read_critic (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  gboolean           wgan     = dot_weights_has (weights, "c0/W");
  const CriticLayer *layers   = wgan ? wgan_layers : sn_layers;
  DotSpectral        spectral = wgan ? DOT_SPECTRAL_NONE : DOT_SPECTRAL_ITERATED;
  DotBuilder         builder;
  guint              value = 0;

  dot_builder_init (&builder, weights, form, 3, shape->image_size, shape->image_size);
  for (gsize i = 0; i < G_N_ELEMENTS (sn_layers); i++)
    {
      value = dot_builder_conv (&builder, layers[i].name, value, layers[i].size, layers[i].stride,
                                spectral);
      value = dot_builder_apply (&builder, DOT_OP_LEAKY_RELU, value);
      if (i == 1 && dot_weights_has (weights, "sa1/gamma"))
        value = dot_builder_attention (&builder, "sa1", value);
    }
  dot_builder_score (&builder, "l4", value, spectral);
  return dot_builder_finish (&builder, error);
}

/*  starting weights  */

static const DotInitialLayer small = { .has_bias = TRUE,
                                       .spread   = DOT_INITIAL_NORMAL,
                                       .scale    = 0.02 };

static void
fill_generator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  gsize           ch    = sizes->widths[0];
  gsize           side  = sizes->image_size / 8;
  DotInitialLayer layer = dot_initial_layer_resize (small, side * side * ch, sizes->latent_size, 0);

  layer.spectral = g_str_has_prefix (sizes->architecture, "sn-");
  dot_initial_add_layer (arrays, &layer, "l0");
  dot_initial_add_norm (arrays, 0, layer.out, 1.0, "bn0");
  layer.transposed = TRUE;
  for (guint i = 1; i <= 3; i++, ch /= 2)
    {
      if (i == 3 && sizes->attention)
        dot_initial_add_attention (arrays, ch);
      layer = dot_initial_layer_resize (layer, ch / 2, ch, 4);
      dot_initial_add_layer (arrays, &layer, "dc%u", i);
      dot_initial_add_norm (arrays, 0, ch / 2, 1.0, "bn%u", i);
    }
  layer = dot_initial_layer_resize (layer, 3, ch, 3);
  dot_initial_add_layer (arrays, &layer, "dc4");
}

/* The layers of both critics halve the size at the same widths. */
static void
fill_discriminator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  static const char *const plain[]  = { "c1", "c1_0", "c2", "c2_0", "c3", "c3_0" };
  static const char *const normed[] = { "c0_1", "c1_0", "c1_1", "c2_0", "c2_1", "c3_0" };
  gsize                    ch       = sizes->widths[1] / 8;
  gsize                    side     = sizes->image_size / 8;
  DotInitialLayer          layer    = dot_initial_layer_resize (small, ch, 3, 3);

  layer.spectral = sizes->spectral;
  dot_initial_add_layer (arrays, &layer, sizes->spectral ? "c0_0" : "c0");
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      layer = dot_initial_layer_resize (layer, i % 2 == 0 ? 2 * ch : ch, ch, i % 2 == 0 ? 4 : 3);
      ch    = layer.out;
      dot_initial_add_layer (arrays, &layer, "%s", sizes->spectral ? normed[i] : plain[i]);
      if (i == 0 && sizes->attention)
        dot_initial_add_attention (arrays, ch);
    }
  layer = dot_initial_layer_resize (layer, 1, side * side * ch, 0);
  dot_initial_add_layer (arrays, &layer, "l4");
}

static const DotInitial initial = {
  .fill            = { fill_generator, fill_discriminator },
  .image_sizes     = { 32, 48 },
  .size_problem    = N_ ("image_size must be 32 or 48 with this architecture"),
  .takes_attention = TRUE,
  .has_critics     = TRUE,
  .width_unit      = 32,
  .widths          = { 512, 512 },
};

const DotArchitecture dot_dcgan = {
  .name                   = "dcgan",
  .label                  = N_ ("DCGAN"),
  .describe_generator     = describe_generator,
  .describe_discriminator = describe_critic,
  .read_generator         = read_plain_generator,
  .read_discriminator     = read_critic,
  .initial                = &initial,
};

const DotArchitecture dot_sn_dcgan = {
  .name                   = "sn-dcgan",
  .label                  = N_ ("DCGAN, spectral norm in both"),
  .describe_generator     = describe_generator,
  .describe_discriminator = describe_critic,
  .read_generator         = read_normed_generator,
  .read_discriminator     = read_critic,
  .initial                = &initial,
};
