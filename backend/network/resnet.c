/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The residual networks of the paper (its model.py, 32 and 48 pixels, without
 * labels): the generator plain or spectrally normed, the critic normed, with
 * or without self-attention. */

#include "architecture.h"

#include "builder.h"

#include "base/intl.h"

#define UPSAMPLINGS   3
#define DOWNSAMPLINGS 2

/* l0 makes 4×4 or 6×6 pixels, which are doubled three times. */
static gboolean
describe_generator (DotWeights *weights, DotPairShape *shape, GError **error)
{
  guint side = dot_weights_get_side (weights, "l0/W", 0, "r0/c0/W", 1, error);

  shape->channels    = 3;
  shape->image_size  = side << UPSAMPLINGS;
  shape->latent_size = side ? dot_weights_get_axis (weights, "l0/W", 2, 1, error) : 0;
  return shape->latent_size > 0;
}

static gboolean
describe_critic (DotWeights *weights, DotPairShape *shape, GError **error)
{
  guint side = dot_weights_get_side (weights, "l4/W", 1, "r3/c1/W", 0, error);

  shape->channels   = 3;
  shape->image_size = side << DOWNSAMPLINGS;
  return side > 0;
}

/*  generator  */

/* bn0, relu, up, c0, bn1, relu, c1; shortcut: up, cs. */
static guint
add_up_block (DotBuilder *builder, guint number, guint input, DotSpectral spectral)
{
  g_autofree char *block = g_strdup_printf ("r%u", number);
  g_autofree char *bn0   = g_strdup_printf ("r%u/bn0", number);
  g_autofree char *bn1   = g_strdup_printf ("r%u/bn1", number);
  g_autofree char *c0    = g_strdup_printf ("r%u/c0", number);
  g_autofree char *c1    = g_strdup_printf ("r%u/c1", number);
  g_autofree char *cs    = g_strdup_printf ("r%u/cs", number);
  guint            value;
  guint            shortcut;

  value = dot_builder_batch_norm (builder, bn0, input, 0);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_apply (builder, DOT_OP_UPSAMPLE, value);
  value = dot_builder_conv (builder, c0, value, 3, 1, spectral);
  value = dot_builder_batch_norm (builder, bn1, value, 0);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, c1, value, 3, 1, spectral);

  shortcut = dot_builder_apply (builder, DOT_OP_UPSAMPLE, input);
  shortcut = dot_builder_conv (builder, cs, shortcut, 3, 1, spectral);
  return dot_builder_add (builder, block, value, shortcut);
}

/* l0, relu, three blocks, relu and only then batch norm, c3, tanh.
 * Self-attention stands after the blocks. */
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
  value = dot_builder_apply (&builder, DOT_OP_RELU, value);
  value = dot_builder_reshape (&builder, value, width, width);
  for (guint number = 0; number < UPSAMPLINGS; number++)
    value = add_up_block (&builder, number, value, spectral);
  if (dot_weights_has (weights, "sa1/gamma"))
    value = dot_builder_attention (&builder, "sa1", value);

  value = dot_builder_apply (&builder, DOT_OP_RELU, value);
  value = dot_builder_batch_norm (&builder, "bn2", value, 0);
  value = dot_builder_conv (&builder, "c3", value, 3, 1, spectral);
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

/*  critic  */

/* [relu], c0 3×3, relu, c1 4×4 that halves the size; shortcut cs like c1.
 * Only the first block begins without relu. */
static guint
add_down_block (DotBuilder *builder, guint number, guint input)
{
  g_autofree char *block = g_strdup_printf ("r%u", number);
  g_autofree char *c0    = g_strdup_printf ("r%u/c0", number);
  g_autofree char *c1    = g_strdup_printf ("r%u/c1", number);
  g_autofree char *cs    = g_strdup_printf ("r%u/cs", number);
  guint            value = input;
  guint            shortcut;

  if (number > 0)
    value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, c0, value, 3, 1, DOT_SPECTRAL_ITERATED);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, c1, value, 4, 2, DOT_SPECTRAL_ITERATED);

  shortcut = dot_builder_conv (builder, cs, input, 4, 2, DOT_SPECTRAL_ITERATED);
  return dot_builder_add (builder, block, value, shortcut);
}

/* relu, c0, relu, c1; shortcut: the input itself. */
static guint
add_plain_block (DotBuilder *builder, guint number, guint input)
{
  g_autofree char *block = g_strdup_printf ("r%u", number);
  g_autofree char *c0    = g_strdup_printf ("r%u/c0", number);
  g_autofree char *c1    = g_strdup_printf ("r%u/c1", number);
  guint            value;

  value = dot_builder_apply (builder, DOT_OP_RELU, input);
  value = dot_builder_conv (builder, c0, value, 3, 1, DOT_SPECTRAL_ITERATED);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, c1, value, 3, 1, DOT_SPECTRAL_ITERATED);
  return dot_builder_add (builder, block, value, input);
}

static DotNetwork *
read_critic (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  DotBuilder builder;
  guint      value;

  dot_builder_init (&builder, weights, form, 3, shape->image_size, shape->image_size);
  value = add_down_block (&builder, 0, 0);
  value = add_down_block (&builder, 1, value);
  value = add_plain_block (&builder, 2, value);
  value = add_plain_block (&builder, 3, value);
  if (dot_weights_has (weights, "sa1/gamma"))
    value = dot_builder_attention (&builder, "sa1", value);
  value = dot_builder_apply (&builder, DOT_OP_RELU, value);
  dot_builder_score (&builder, "l4", value, DOT_SPECTRAL_ITERATED);
  return dot_builder_finish (&builder, error);
}

/*  starting weights  */

static const DotInitialLayer small = { .has_bias = TRUE,
                                       .spread   = DOT_INITIAL_NORMAL,
                                       .scale    = 0.02 };

static void
fill_generator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  static const char *const names[] = { "c0", "c1", "cs" };
  gboolean                 normed  = g_str_has_prefix (sizes->architecture, "sn-");
  gsize                    ch      = sizes->widths[0];
  gsize                    side    = sizes->image_size / 8;
  DotInitialLayer          first   = { .out      = side * side * ch,
                                       .in       = sizes->latent_size,
                                       .has_bias = TRUE,
                                       .spectral = normed,
                                       .spread   = DOT_INITIAL_LECUN,
                                       .scale    = 1.0 };
  DotInitialLayer          layer   = dot_initial_layer_resize (small, ch, ch, 3);

  layer.spectral = normed;
  dot_initial_add_layer (arrays, &first, "l0");
  for (guint i = 0; i < 3; i++)
    {
      dot_initial_add_norm (arrays, 0, ch, 1.0, "r%u/bn0", i);
      dot_initial_add_norm (arrays, 0, ch, 1.0, "r%u/bn1", i);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        dot_initial_add_layer (arrays, &layer, "r%u/%s", i, names[j]);
    }
  if (sizes->attention)
    dot_initial_add_attention (arrays, ch);
  dot_initial_add_norm (arrays, 0, ch, 1.0, "bn2");
  layer.out = 3;
  dot_initial_add_layer (arrays, &layer, "c3");
}

static void
fill_discriminator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  gsize           ch    = sizes->widths[1];
  gsize           side  = sizes->image_size / 4;
  DotInitialLayer layer = small;

  layer.spectral = TRUE;
  for (guint i = 0; i < 4; i++)
    {
      gsize in   = i == 0 ? 3 : ch;
      gsize down = i < 2 ? 4 : 3;

      layer = dot_initial_layer_resize (layer, ch, in, 3);
      dot_initial_add_layer (arrays, &layer, "r%u/c0", i);
      layer = dot_initial_layer_resize (layer, ch, ch, down);
      dot_initial_add_layer (arrays, &layer, "r%u/c1", i);
      layer = dot_initial_layer_resize (layer, ch, in, down);
      if (i < 2)
        dot_initial_add_layer (arrays, &layer, "r%u/cs", i);
    }
  if (sizes->attention)
    dot_initial_add_attention (arrays, ch);
  layer = dot_initial_layer_resize (layer, 1, side * side * ch, 0);
  dot_initial_add_layer (arrays, &layer, "l4");
}

static const DotInitial initial = {
  .fill            = { fill_generator, fill_discriminator },
  .image_sizes     = { 32, 48 },
  .size_problem    = N_ ("image_size must be 32 or 48 with this architecture"),
  .takes_attention = TRUE,
  .width_unit      = 32,
  .widths          = { 128, 128 },
};

const DotArchitecture dot_resnet = {
  .name                   = "resnet",
  .label                  = N_ ("ResNet"),
  .describe_generator     = describe_generator,
  .describe_discriminator = describe_critic,
  .read_generator         = read_plain_generator,
  .read_discriminator     = read_critic,
  .initial                = &initial,
};

const DotArchitecture dot_sn_resnet = {
  .name                   = "sn-resnet",
  .label                  = N_ ("ResNet, spectral norm in both"),
  .describe_generator     = describe_generator,
  .describe_discriminator = describe_critic,
  .read_generator         = read_normed_generator,
  .read_discriminator     = read_critic,
  .initial                = &initial,
};
