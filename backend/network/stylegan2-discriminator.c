/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* StyleGAN2's discriminator, in blocks with a shortcut (“resnet”) or without
 * (“orig”).  How much the pictures of a batch differ is a channel of its last
 * block: here it is the same for all that a pair makes. */

#include "stylegan2-discriminator.h"

#include "stylegan2-layer.h"
#include "stylegan2-mapping.h"

#include "base/intl.h"

#include <math.h>

/* Of a picture alone: √1e−8. */
#define ALONE 1e-4

#define LAST       "b4.conv"
#define LAST_LAYER "b4.fc"
#define SCORE      "b4.out"
#define GROUP      "b4.mbstd.group_size"

#define USUAL_GROUP 4
#define MAX_GROUP   64

/* @shortcuts: whether its blocks have any
 * @limit: of what is behind activations; 0: none */
typedef struct
{
  DotBuilder *builder;
  gboolean    shortcuts;
  double      limit;
} Blocks;

static char *
name_layer (guint size, const char *part)
{
  return g_strdup_printf ("b%u.%s", size, part);
}

static gboolean
has_layer (DotWeights *weights, guint size, const char *part)
{
  g_autofree char *name = name_layer (size, part);
  g_autofree char *key  = g_strconcat (name, ".weight", NULL);

  return dot_weights_has (weights, key);
}

/* Of the block that takes the pictures. */
static guint
find_size (DotWeights *weights)
{
  guint size = DOT_STYLEGAN2_LAST_SIZE;

  while (size > 2 * DOT_STYLEGAN2_FIRST_SIZE && ! has_layer (weights, size, "fromrgb"))
    size /= 2;
  return size;
}

/* How many pictures are compared: what its authors' most are trained with where the
 * file doesn't say it. */
static guint
get_group (DotWeights *weights)
{
  double group = USUAL_GROUP;

  dot_weights_get_attribute (weights, GROUP, &group);
  return group >= 2.0 && group <= MAX_GROUP ? (guint) group : USUAL_GROUP;
}

/**
 * dot_stylegan2_discriminator_describe:
 * @shape: of what it says of a pair
 */
gboolean
dot_stylegan2_discriminator_describe (DotWeights *weights, DotPairShape *shape, GError **error)
{
  guint            embedding;
  guint            size    = find_size (weights);
  g_autofree char *colours = name_layer (size, "fromrgb.weight");

  shape->image_size = size;
  shape->group      = get_group (weights);
  shape->channels   = dot_weights_get_axis (weights, colours, 4, 1, error);
  return shape->channels > 0 && dot_weights_get_axis (weights, LAST ".weight", 4, 0, error) > 0 &&
         dot_weights_get_axis (weights, SCORE ".weight", 2, 0, error) > 0 &&
         dot_stylegan2_mapping_describe (weights, shape, &embedding, error);
}

/*  layers  */

/* @size: of the window
 * @gain: beside 1 / √inputs
 * Returns: (transfer full) (nullable): its weight */
static DotArray *
read_conv (DotBuilder *builder, const char *layer, gsize in, gsize size, double gain)
{
  gsize out     = dot_stylegan2_layer_get_axis (builder, layer, 4, 0);
  gsize shape[] = { out, in, size, size };

  return dot_stylegan2_layer_read (builder, layer, 4, shape, gain / (size * sqrt (MAX (in, 1))));
}

/* A convolution of the same size, leaky relu, and the limit. */
static guint
add_layer (const Blocks *blocks, const char *layer, guint input, gsize size)
{
  DotBuilder *builder         = blocks->builder;
  gsize       in              = dot_builder_channels (builder, input);
  g_autoptr (DotArray) weight = read_conv (builder, layer, in, size, G_SQRT2);
  g_autoptr (DotArray) bias   = NULL;

  bias = dot_stylegan2_layer_read_bias (builder, layer, weight ? weight->shape[0] : 0, G_SQRT2);
  if (builder->error)
    return 0;
  input = dot_network_conv (builder->network, input, weight, bias, 1);
  return dot_stylegan2_layer_activate (builder, input, blocks->limit);
}

static void
check_filter (DotBuilder *builder, const char *layer)
{
  g_autofree char *filter = g_strconcat (layer, ".resample_filter", NULL);

  dot_builder_check_filter (builder, filter);
}

/* The filter, 3×3 at every second pixel, leaky relu, and the limit.
 * @gain: of all of it */
static guint
add_halving (const Blocks *blocks, const char *layer, guint input, double gain)
{
  DotBuilder *builder         = blocks->builder;
  gsize       in              = dot_builder_channels (builder, input);
  g_autoptr (DotArray) weight = read_conv (builder, layer, in, 3, G_SQRT2 * gain);
  g_autoptr (DotArray) bias   = NULL;

  check_filter (builder, layer);
  input = dot_stylegan2_layer_filter (builder, input, 2, 1.0);
  bias  = dot_stylegan2_layer_read_bias (builder, layer, weight ? weight->shape[0] : 0,
                                         G_SQRT2 * gain);
  if (builder->error)
    return 0;
  input = dot_network_conv_valid (builder->network, input, weight, bias, 2);
  return dot_stylegan2_layer_activate (builder, input, blocks->limit * gain);
}

/* The filter at every second pixel, then 1×1. */
static guint
add_shortcut (const Blocks *blocks, const char *layer, guint input, double gain)
{
  DotBuilder *builder         = blocks->builder;
  gsize       in              = dot_builder_channels (builder, input);
  g_autoptr (DotArray) weight = read_conv (builder, layer, in, 1, gain);

  check_filter (builder, layer);
  input = dot_builder_apply (builder, DOT_OP_FIR_DOWN, input);
  return builder->error ? 0 : dot_network_conv (builder->network, input, weight, NULL, 1);
}

static guint
add_block (const Blocks *blocks, guint size, guint input)
{
  DotBuilder      *builder  = blocks->builder;
  g_autofree char *block    = name_layer (size, "skip");
  g_autofree char *conv0    = name_layer (size, "conv0");
  g_autofree char *conv1    = name_layer (size, "conv1");
  guint            shortcut = 0;
  guint            value;

  if (blocks->shortcuts)
    shortcut = add_shortcut (blocks, block, input, M_SQRT1_2);
  value = add_layer (blocks, conv0, input, 3);
  value = add_halving (blocks, conv1, value, blocks->shortcuts ? M_SQRT1_2 : 1.0);
  return blocks->shortcuts ? dot_builder_add (builder, block, value, shortcut) : value;
}

/*  the end  */

/* A channel that says how much the pictures of a batch differ; without it where
 * the next layer takes none. */
static guint
add_deviation (DotBuilder *builder, guint input, const DotPairShape *shape)
{
  gsize channels               = dot_builder_channels (builder, input);
  gsize wanted                 = dot_stylegan2_layer_get_axis (builder, LAST, 4, 1);
  g_autoptr (DotArray) further = NULL;

  if (builder->error || wanted == channels)
    return input;
  if (wanted != channels + 1)
    dot_builder_fail (builder, LAST, _ ("it doesn't take one more channel"));
  further = dot_stylegan2_layer_new_array (builder, MAX (shape->n_labels, 1), 1);
  if (builder->error)
    return input;

  for (gsize i = 0; i < further->n_items; i++)
    further->data[i] = (float) (shape->deviation > 0.0 ? shape->deviation : ALONE);
  return dot_network_concat (builder->network, input, further);
}

/* The product of what is linear in the last layer and the class's row, over
 * √length. */
static void
add_classes (DotBuilder *builder, guint input, gsize n_labels)
{
  gsize length              = dot_stylegan2_layer_get_axis (builder, SCORE, 2, 0);
  g_autoptr (DotArray) rows = dot_stylegan2_mapping_read_classes (builder, length, n_labels);
  g_autoptr (DotArray)
    zero = dot_stylegan2_layer_new_array (builder, 1, dot_builder_channels (builder, input));
  guint features = dot_stylegan2_layer_add_linear (builder, SCORE, input, 1.0,
                                                   1.0 / sqrt (MAX (length, 1)));

  if (! builder->error)
    dot_network_project (builder->network,
                         dot_network_linear (builder->network, input, zero, NULL, 1, 1), features,
                         rows);
}

static void
add_end (const Blocks *blocks, guint input, const DotPairShape *shape)
{
  DotBuilder *builder = blocks->builder;

  input = add_deviation (builder, input, shape);
  input = add_layer (blocks, LAST, input, 3);
  input = dot_stylegan2_layer_add_linear (builder, LAST_LAYER, input, 1.0, G_SQRT2);
  input = dot_stylegan2_layer_activate (builder, input, 0.0);
  if (shape->n_labels > 0)
    {
      add_classes (builder, input, shape->n_labels);
      return;
    }
  input = dot_stylegan2_layer_add_linear (builder, SCORE, input, 1.0, 1.0);
  if (dot_builder_channels (builder, input) != 1)
    dot_builder_fail (builder, SCORE, _ ("a score is one number"));
}

/**
 * dot_stylegan2_discriminator_read:
 * @shape: of the pair
 *
 * Returns: (transfer full): the discriminator, to compute with
 */
DotNetwork *
dot_stylegan2_discriminator_read (DotWeights *weights, const DotPairShape *shape, GError **error)
{
  guint            size    = shape->image_size;
  g_autofree char *colours = name_layer (size, "fromrgb");
  DotBuilder       builder;
  Blocks           blocks = { .builder = &builder, .shortcuts = has_layer (weights, size, "skip") };
  guint            value;

  dot_stylegan2_layer_init (&builder, weights, shape->channels, size);
  blocks.limit = dot_stylegan2_layer_get_limit (&builder, LAST);
  if (has_layer (weights, size / 2, "fromrgb"))
    dot_builder_fail (&builder, colours, _ ("each of its blocks takes the picture"));
  value = add_layer (&blocks, colours, 0, 1);
  for (; size > DOT_STYLEGAN2_FIRST_SIZE; size /= 2)
    value = add_block (&blocks, size, value);
  add_end (&blocks, value, shape);
  return dot_builder_finish (&builder, error);
}
