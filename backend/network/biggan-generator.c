/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The generator of BigGAN.  Each block has a part of the latent of its own, a
 * chunk, which with the class's embedding says how its batch norms scale and
 * shift; or the class alone does, by tables. */

#include "biggan-generator.h"

#include "biggan-attention.h"
#include "biggan-colours.h"
#include "biggan-norm.h"

#include "base/intl.h"

#include <string.h>

#define FIRST_SIZE 4

/*  describing  */

/* (transfer full): what scales in the first block's first norm. */
static char *
first_gain (const DotBigganNames *names)
{
  return g_strdup_printf ("%s0%s.bn1.gain", names->block, names->inner);
}

/* Numbers of the latent that each block has for itself: what its norms take
 * beside the class's embedding.  0 where the class alone says how they scale. */
static guint
get_chunk (const DotBigganNames *names, DotWeights *weights, GError **error)
{
  g_autofree char *gain = first_gain (names);
  guint            embedding;
  guint            columns;

  if (! dot_biggan_names_has (names, weights, names->shared))
    return 0;

  embedding = dot_biggan_names_get_axis (names, weights, names->shared, 2, 1, error);
  columns   = embedding ? dot_biggan_names_get_axis (names, weights, gain, 2, 1, error) : 0;
  return columns - MIN (columns, embedding);
}

static guint
get_labels (const DotBigganNames *names, DotWeights *weights, GError **error)
{
  g_autofree char *gain = first_gain (names);

  if (dot_biggan_names_has (names, weights, names->shared))
    return dot_biggan_names_get_axis (names, weights, names->shared, 2, 0, error);
  return dot_biggan_names_get_axis (names, weights, gain, 2, names->by_class ? 0 : 1, error);
}

/**
 * dot_biggan_generator_describe:
 * @shape: (inout): what the file says of its pair
 */
gboolean
dot_biggan_generator_describe (const DotBigganNames *names,
                               DotWeights           *weights,
                               DotPairShape         *shape,
                               GError              **error)
{
  g_autoptr (GError) problem = NULL;
  guint blocks               = dot_biggan_walk_count (names, weights);
  guint chunk                = 0;

  shape->channels   = 3;
  shape->image_size = FIRST_SIZE << blocks;
  if (dot_biggan_names_check (names, weights, &problem) &&
      (shape->n_labels = get_labels (names, weights, &problem)))
    chunk = get_chunk (names, weights, &problem);
  if (! problem)
    shape->latent_size = dot_biggan_names_get_axis (names, weights, names->linear, 2, 1, &problem);
  if (chunk)
    shape->latent_size *= blocks + 1;
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return shape->latent_size > 0;
}

/*  reading  */

/* The embedding of each class behind the latent, where there is one. */
static void
add_condition (DotBigganCondition   *condition,
               const DotBigganNames *names,
               const DotPairShape   *shape)
{
  DotBuilder *builder         = condition->builder;
  DotWeights *weights         = builder->weights;
  gsize       sizes[]         = { shape->n_labels, 0 };
  g_autoptr (DotArray) shared = NULL;

  condition->n_labels = shape->n_labels;
  condition->latent   = shape->latent_size;
  condition->chunk    = get_chunk (names, weights, &builder->error);
  if (builder->error || ! dot_biggan_names_has (names, weights, names->shared))
    return;

  sizes[1] = dot_biggan_names_get_axis (names, weights, names->shared, 2, 1, &builder->error);
  shared   = dot_builder_read_weight (builder, names->shared, 2, sizes);
  if (! shared)
    return;

  condition->embedding = sizes[1];
  condition->value     = dot_network_concat (builder->network, 0, shared);
}

/* (transfer full) (nullable): a weight of the first chunk, or of all, as one of
 * the whole latent. */
static DotArray *
widen (const DotBigganCondition *condition, const DotArray *weight)
{
  DotBuilder *builder = condition->builder;
  gsize       columns = weight->shape[1];
  DotArray   *whole;

  whole = dot_array_new (2, (gsize[]) { weight->shape[0], condition->latent }, &builder->error);
  for (gsize r = 0; whole && r < weight->shape[0]; r++)
    memcpy (whole->data + r * condition->latent, weight->data + r * columns,
            columns * sizeof (float));
  return whole;
}

/* The first pixels, of the first chunk or of the whole latent. */
static guint
add_first (const DotBigganCondition *condition, const DotBigganNames *names)
{
  DotBuilder *builder        = condition->builder;
  const char *layer          = names->linear;
  gsize       shape[]        = { 0, condition->chunk ? condition->chunk : condition->latent };
  g_autoptr (DotArray) first = NULL;
  g_autoptr (DotArray) bias  = NULL;
  g_autoptr (DotArray) whole = NULL;
  guint value;

  if (! builder->error)
    shape[0] = dot_biggan_names_get_axis (names, builder->weights, layer, 2, 0, &builder->error);
  first = dot_builder_read_weight (builder, layer, 2, shape);
  bias  = dot_builder_read (builder, layer, builder->names.bias, 1, shape);
  dot_builder_normalize (builder, layer, first, names->spectral);
  if (builder->error || ! (whole = widen (condition, first)))
    return 0;

  value = dot_network_linear (builder->network, 0, whole, bias, 1, 1);
  return dot_builder_reshape (builder, value, FIRST_SIZE, FIRST_SIZE);
}

static guint
add_norm_relu (const DotBigganCondition *condition,
               const DotBigganWalk      *walk,
               const char               *part,
               guint                     input)
{
  return dot_builder_apply (condition->builder, DOT_OP_RELU,
                            dot_biggan_norm_add (condition, walk, part, input));
}

/* bn1, relu, double, conv1, bn2, relu, conv2; shortcut: double, 1×1. */
static guint
add_block (const DotBigganCondition *condition, const DotBigganWalk *walk, guint input)
{
  DotBuilder           *builder = condition->builder;
  const DotBigganNames *names   = walk->names;
  g_autofree char      *conv1   = dot_biggan_walk_name_part (walk, names->conv1, names->conv);
  g_autofree char      *conv2   = dot_biggan_walk_name_part (walk, names->conv2, names->conv);
  g_autofree char      *side    = dot_biggan_walk_name_part (walk, names->shortcut, names->conv);
  guint                 value;
  guint                 shortcut;

  value = add_norm_relu (condition, walk, "bn1", input);
  value = dot_builder_apply (builder, DOT_OP_UPSAMPLE, value);
  value = dot_builder_conv (builder, conv1, value, 3, 1, names->spectral);
  value = add_norm_relu (condition, walk, "bn2", value);
  value = dot_builder_conv (builder, conv2, value, 3, 1, names->spectral);

  shortcut = dot_builder_apply (builder, DOT_OP_UPSAMPLE, input);
  shortcut = dot_builder_conv (builder, side, shortcut, 1, 1, names->spectral);
  return dot_builder_add (builder, walk->block, value, shortcut);
}

/* A batch norm without a condition, relu, 3×3, tanh. */
static void
add_last (DotBuilder *builder, const DotBigganNames *names, guint value)
{
  value = dot_biggan_norm_add_last (builder, names, value);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, names->last_conv, value, 3, 1, names->spectral);
  if (dot_builder_channels (builder, value) != 3)
    dot_builder_fail (builder, names->last_conv, _ ("a picture has three colours"));
  if (names->bgr)
    dot_biggan_colours_swap (builder, FALSE);
  dot_builder_apply (builder, DOT_OP_TANH, value);
}

/**
 * dot_biggan_generator_read:
 * @shape: of the pair
 *
 * Returns: (transfer full): the generator, to compute with
 */
DotNetwork *
dot_biggan_generator_read (const DotBigganNames *names,
                           DotWeights           *weights,
                           const DotPairShape   *shape,
                           GError              **error)
{
  DotBuilder         builder;
  DotBigganCondition condition = { .builder = &builder };
  g_auto (DotBigganWalk) walk  = { NULL };
  guint value;

  dot_builder_init (&builder, weights, DOT_FORM_INFERENCE, shape->latent_size, 1, 1);
  builder.names   = names->arrays;
  builder.epsilon = names->epsilon;
  add_condition (&condition, names, shape);
  value = add_first (&condition, names);
  for (gboolean more = dot_biggan_walk_begin (&walk, names, weights); more;
       more          = dot_biggan_walk_next (&walk))
    {
      value = add_block (&condition, &walk, value);
      if (walk.attention)
        value = dot_biggan_attention_add (&builder, &walk, value);
    }
  add_last (&builder, names, value);
  return dot_builder_finish (&builder, error);
}
