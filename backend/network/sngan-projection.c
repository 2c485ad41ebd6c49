/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The generators and discriminators of SNGAN with projection (Miyato and
 * Koyama, "cGANs with projection discriminator", ICLR 2018), in the layout
 * of their Chainer snapshots, 32 to 256 pixels.  How many blocks and
 * channels there are is read from the file. */

#include "architecture.h"

#include "builder.h"
#include "retouch.h"

#include "base/intl.h"

#include <math.h>

#define FIRST_SIZE 4
#define MAX_BLOCKS 10

/* The last N for which a layer blockN is there, counting up from @first. */
static guint
last_block (DotWeights *weights, guint first)
{
  for (guint n = first;; n++)
    {
      g_autofree char *key = g_strdup_printf ("block%u/c1/W", n);

      if (n == MAX_BLOCKS || ! dot_weights_has (weights, key))
        return n - 1;
    }
}

/*  describing  */

/* Rows of a table of labels, where it is there. */
static gboolean
describe_labels (DotWeights *weights, const char *key, DotPairShape *shape, GError **error)
{
  if (! dot_weights_has (weights, key))
    return TRUE;

  shape->n_labels = dot_weights_get_axis (weights, key, 2, 0, error);
  return shape->n_labels > 0;
}

/* At every image size both networks end with the same block number: 4 at 32
 * pixels, 5 at 64, 6 at 128, 7 at 256. */
static void
set_size (DotPairShape *shape, guint last)
{
  shape->channels   = 3;
  shape->image_size = last > 0 ? FIRST_SIZE << (last - 1) : 0;
}

static gboolean
describe_generator_sngan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  set_size (shape, last_block (weights, 2));
  shape->latent_size = dot_weights_get_axis (weights, "l1/W", 2, 1, error);

  return shape->latent_size > 0 && dot_weights_get_axis (weights, "block2/c1/W", 4, 0, error) > 0 &&
         describe_labels (weights, "block2/b1/gammas/W", shape, error);
}

static gboolean
describe_discriminator_sngan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  set_size (shape, last_block (weights, 1));

  return dot_weights_get_axis (weights, "block1/c1/W", 4, 0, error) > 0 &&
         describe_labels (weights, "l_y/W", shape, error);
}

/*  generator  */

static guint
add_norm_relu (DotBuilder *builder, const char *layer, guint input, guint labels)
{
  return dot_builder_apply (builder, DOT_OP_RELU,
                            dot_builder_batch_norm (builder, layer, input, labels));
}

/* Residual: b1, relu, up, c1, b2, relu, c2; shortcut: up, c_sc. */
static guint
add_generator_block (DotBuilder *builder, guint number, guint input, guint labels)
{
  g_autofree char *block = g_strdup_printf ("block%u", number);
  g_autofree char *b1    = g_strdup_printf ("block%u/b1", number);
  g_autofree char *b2    = g_strdup_printf ("block%u/b2", number);
  g_autofree char *c1    = g_strdup_printf ("block%u/c1", number);
  g_autofree char *c2    = g_strdup_printf ("block%u/c2", number);
  g_autofree char *c_sc  = g_strdup_printf ("block%u/c_sc", number);
  guint            value;
  guint            shortcut;

  value = add_norm_relu (builder, b1, input, labels);
  value = dot_builder_apply (builder, DOT_OP_UPSAMPLE, value);
  value = dot_builder_conv (builder, c1, value, 3, 1, DOT_SPECTRAL_NONE);
  value = add_norm_relu (builder, b2, value, labels);
  value = dot_builder_conv (builder, c2, value, 3, 1, DOT_SPECTRAL_NONE);

  shortcut = dot_builder_apply (builder, DOT_OP_UPSAMPLE, input);
  shortcut = dot_builder_conv (builder, c_sc, shortcut, 1, 1, DOT_SPECTRAL_NONE);
  return dot_builder_add (builder, block, value, shortcut);
}

/* What a training has learnt to take off the picture x, which stays in its range:
 * x + c2 (relu (c1 (x))), cut at −1 and 1. */
static guint
add_retouch (DotBuilder *builder, guint input)
{
  guint value;

  if (! dot_builder_has (builder, DOT_RETOUCH_FIRST))
    return input;

  value = dot_builder_conv (builder, DOT_RETOUCH_FIRST, input, 3, 1, DOT_SPECTRAL_NONE);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, DOT_RETOUCH_SECOND, value, 3, 1, DOT_SPECTRAL_NONE);
  value = dot_builder_add (builder, "retouch", input, value);
  return builder->error ? value : dot_network_clamp (builder->network, value, 1.0);
}

static DotNetwork *
read_generator_sngan (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  guint            last = last_block (weights, 2);
  g_autofree char *bn   = g_strdup_printf ("b%u", last + 1);
  g_autofree char *l    = g_strdup_printf ("l%u", last + 1);
  g_autofree char *c    = g_strdup_printf ("c%u", last + 1);
  DotBuilder       builder;
  guint            value;

  dot_builder_init (&builder, weights, form, shape->latent_size, 1, 1);
  value = dot_builder_linear (&builder, "l1", 0, DOT_SPECTRAL_NONE);
  value = dot_builder_reshape (&builder, value, FIRST_SIZE, FIRST_SIZE);
  for (guint number = 2; number <= last; number++)
    value = add_generator_block (&builder, number, value, shape->n_labels);

  value = add_norm_relu (&builder, bn, value, 0);
  /* The 32-pixel generator calls its last convolution c5. */
  value = dot_builder_conv (&builder, dot_builder_has (&builder, c) ? c : l, value, 3, 1,
                            DOT_SPECTRAL_NONE);
  value = dot_builder_apply (&builder, DOT_OP_TANH, value);
  add_retouch (&builder, value);
  return dot_builder_finish (&builder, error);
}

/*  discriminator  */

/* The residual branch: [relu], c1, relu, c2, [average]. */
static guint
add_discriminator_residual (DotBuilder *builder, guint number, guint input, gboolean down)
{
  g_autofree char *c1    = g_strdup_printf ("block%u/c1", number);
  g_autofree char *c2    = g_strdup_printf ("block%u/c2", number);
  guint            value = input;

  if (number > 1)
    value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, c1, value, 3, 1, DOT_SPECTRAL_STORED);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, c2, value, 3, 1, DOT_SPECTRAL_STORED);
  return down ? dot_builder_apply (builder, DOT_OP_AVERAGE, value) : value;
}

/* The shortcut: average, then c_sc in the first block; c_sc, then average in
 * the others. */
static guint
add_discriminator_shortcut (DotBuilder *builder, const char *c_sc, guint number, guint input)
{
  guint value = input;

  if (number == 1)
    value = dot_builder_apply (builder, DOT_OP_AVERAGE, value);
  value = dot_builder_conv (builder, c_sc, value, 1, 1, DOT_SPECTRAL_STORED);
  if (number > 1)
    value = dot_builder_apply (builder, DOT_OP_AVERAGE, value);
  return value;
}

/* A block that pools has a convolution in its shortcut; a plain one, none. */
static guint
add_discriminator_block (DotBuilder *builder, guint number, guint input)
{
  g_autofree char *block    = g_strdup_printf ("block%u", number);
  g_autofree char *c_sc     = g_strdup_printf ("block%u/c_sc", number);
  gboolean         down     = dot_builder_has (builder, c_sc);
  guint            value    = add_discriminator_residual (builder, number, input, down);
  guint            shortcut = input;

  if (down)
    shortcut = add_discriminator_shortcut (builder, c_sc, number, input);
  return dot_builder_add (builder, block, value, shortcut);
}

/* Whether the label goes in as further channels of block4: the concat
 * discriminator, instead of the projection. */
static gboolean
takes_label (DotBuilder *builder, guint number, guint value)
{
  DotShape shape;

  return number == 4 && dot_weights_get_shape (builder->weights, "block4/c1/W", &shape, NULL) &&
         shape.n_dims == 4 && shape.axes[1] > dot_builder_channels (builder, value);
}

/* The blocks, relu, SUM over the pixels, linear (h) + ⟨l_y[y], h⟩, the last
 * term not in a concat discriminator.  The 32-pixel discriminator's linear
 * layer has no bias. */
static DotNetwork *
read_discriminator_sngan (DotWeights         *weights,
                          const DotPairShape *shape,
                          DotForm             form,
                          GError            **error)
{
  guint            last    = last_block (weights, 1);
  g_autofree char *l       = g_strdup_printf ("l%u", last + 1);
  gboolean         project = shape->n_labels > 0;
  guint            value   = 0;
  guint            score;
  DotBuilder       builder;

  dot_builder_init (&builder, weights, form, 3, shape->image_size, shape->image_size);
  for (guint number = 1; number <= last; number++)
    {
      if (project && takes_label (&builder, number, value))
        {
          value = dot_builder_concat (&builder, "l_y", value, shape->n_labels, DOT_SPECTRAL_STORED);
          project = FALSE;
        }
      value = add_discriminator_block (&builder, number, value);
    }

  value = dot_builder_apply (&builder, DOT_OP_RELU, value);
  value = dot_builder_apply (&builder, DOT_OP_SUM, value);
  score = dot_builder_score (&builder, l, value, DOT_SPECTRAL_STORED);
  if (project)
    dot_builder_project (&builder, "l_y", score, value, shape->n_labels, DOT_SPECTRAL_STORED);
  return dot_builder_finish (&builder, error);
}

/*  starting weights  */

static const DotInitialLayer linear = { .has_bias = TRUE, .scale = 1.0 };

/* Channels of a public snapshot's blocks, in multiples of ch: what l1 makes
 * and then each of the generator's blocks, and each of the
 * discriminator's. */
typedef struct
{
  guint image_size;
  guint n_blocks;
  guint generator[MAX_BLOCKS];
  guint discriminator[MAX_BLOCKS];
  guint n_down;
} Blocks;

static const Blocks sngan_blocks[] = {
  { 32, 4, { 1, 1, 1, 1 }, { 1, 1, 1, 1 }, 2 },
  { 64, 5, { 16, 8, 4, 2, 1 }, { 1, 2, 4, 8, 16 }, 5 },
  { 128, 6, { 16, 16, 8, 4, 2, 1 }, { 1, 2, 4, 8, 16, 16 }, 5 },
  { 256, 7, { 16, 16, 8, 8, 4, 2, 1 }, { 1, 2, 4, 8, 8, 16, 16 }, 6 },
};

static const Blocks *
find_blocks (guint image_size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sngan_blocks); i++)
    if (sngan_blocks[i].image_size == image_size)
      return &sngan_blocks[i];
  return NULL;
}

static void
add_block (DotInitialArrays *arrays,
           DotInitialLayer   layer,
           guint             number,
           gsize             in,
           gsize             middle,
           gsize             out,
           gboolean          shortcut)
{
  DotInitialLayer side = dot_initial_layer_resize (layer, out, in, 1);

  layer.scale = sqrt (2.0);
  layer       = dot_initial_layer_resize (layer, middle, in, 3);
  dot_initial_add_layer (arrays, &layer, "block%u/c1", number);
  layer = dot_initial_layer_resize (layer, out, middle, 3);
  dot_initial_add_layer (arrays, &layer, "block%u/c2", number);
  if (shortcut)
    dot_initial_add_layer (arrays, &side, "block%u/c_sc", number);
}

static void
fill_generator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  const Blocks   *blocks = find_blocks (sizes->image_size);
  gsize           ch     = sizes->widths[0];
  gsize           in     = ch * blocks->generator[0];
  guint           last   = blocks->n_blocks;
  DotInitialLayer layer  = dot_initial_layer_resize (linear, 16 * in, sizes->latent_size, 0);

  dot_initial_add_layer (arrays, &layer, "l1");
  for (guint i = 1; i < last; i++)
    {
      gsize out = ch * blocks->generator[i];

      dot_initial_add_norm (arrays, sizes->n_labels, in, i, "block%u/b1", i + 1);
      dot_initial_add_norm (arrays, sizes->n_labels, out, 1.0, "block%u/b2", i + 1);
      add_block (arrays, linear, i + 1, in, out, out, TRUE);
      in = out;
    }
  dot_initial_add_norm (arrays, 0, in, last, "b%u", last + 1);
  layer       = dot_initial_layer_resize (linear, 3, in, 3);
  layer.image = TRUE;
  dot_initial_add_layer (arrays, &layer, sizes->image_size == 32 ? "c%u" : "l%u", last + 1);
}

static void
fill_discriminator (DotInitialArrays *arrays, const DotInitialSizes *sizes)
{
  const Blocks   *blocks = find_blocks (sizes->image_size);
  DotInitialLayer layer  = linear;
  gsize           in     = 3;
  guint           last   = blocks->n_blocks;

  layer.spectral = TRUE;
  for (guint i = 0; i < last; i++)
    {
      gsize out = (gsize) sizes->widths[1] * blocks->discriminator[i];

      add_block (arrays, layer, i + 1, in, i == 0 ? out : in, out, i < blocks->n_down);
      in = out;
    }
  /* At 32 pixels the last layer has no bias. */
  layer          = dot_initial_layer_resize (layer, 1, in, 0);
  layer.has_bias = sizes->image_size != 32;
  dot_initial_add_layer (arrays, &layer, "l%u", last + 1);

  layer          = dot_initial_layer_resize (layer, sizes->n_labels, in, 0);
  layer.has_bias = FALSE;
  if (sizes->n_labels > 0)
    dot_initial_add_layer (arrays, &layer, "l_y");
}

static const DotInitial initial = {
  .fill          = { fill_generator, fill_discriminator },
  .image_sizes   = { 32, 64, 128, 256 },
  .size_problem  = N_ ("image_size must be 32, 64, 128 or 256 with sngan-projection"),
  .takes_labels  = TRUE,
  .keeps_vectors = TRUE,
  .width_unit    = 1,
  .widths        = { 64, 64 },
  .widths_at_32  = { 256, 128 },
};

const DotArchitecture dot_sngan_projection = {
  .name                   = "sngan-projection",
  .label                  = N_ ("SNGAN with projection"),
  .describe_generator     = describe_generator_sngan,
  .describe_discriminator = describe_discriminator_sngan,
  .read_generator         = read_generator_sngan,
  .read_discriminator     = read_discriminator_sngan,
  .initial                = &initial,
};
