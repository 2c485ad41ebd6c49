/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The discriminator of BigGAN. */

#include "biggan-discriminator.h"

#include "biggan-attention.h"
#include "biggan-colours.h"

#include "base/intl.h"

#define LAST_SIZE 4

/*  describing  */

/* Whether the picture is halved: in each block with a convolution in its shortcut
 * but for the last one, where it is for the number of channels. */
static gboolean
halves (const DotBigganWalk *walk, guint n_blocks)
{
  return walk->index + 1 < n_blocks && dot_biggan_walk_has_shortcut (walk);
}

/* Whether the class is a part of the score. */
static gboolean
takes_class (const DotBigganNames *names, DotWeights *weights)
{
  return ! names->rival || (dot_biggan_names_has (names, weights, names->embed) &&
                            ! dot_biggan_names_has (names, weights, names->rival));
}

/* A multi-hinge loss has a score for each class. */
static gboolean
check_score (const DotBigganNames *names, DotWeights *weights, GError **error)
{
  guint rows = dot_biggan_names_get_axis (names, weights, names->score, 2, 0, error);

  if (rows <= 1 || ! names->rival)
    return rows > 0;
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s has %u scores, one for each class, as a multi-hinge loss makes them, and "
                  "refining follows a single one: take a pair of another loss."),
               dot_weights_get_path (weights), rows);
  return FALSE;
}

/* Blocks that don't halve the picture are the last ones: one after 4×4 pixels
 * are left, or two after 8×8. */
static guint
get_image_size (const DotBigganNames *names, DotWeights *weights)
{
  g_auto (DotBigganWalk) walk = { NULL };
  guint n_blocks              = dot_biggan_walk_count (names, weights);
  guint halved                = 0;

  for (gboolean more = dot_biggan_walk_begin (&walk, names, weights); more;
       more          = dot_biggan_walk_next (&walk))
    halved += halves (&walk, n_blocks);
  return (LAST_SIZE * (n_blocks - halved)) << halved;
}

/**
 * dot_biggan_discriminator_describe:
 * @shape: (inout): what the file says of its pair
 */
gboolean
dot_biggan_discriminator_describe (const DotBigganNames *names,
                                   DotWeights           *weights,
                                   DotPairShape         *shape,
                                   GError              **error)
{
  if (! dot_biggan_names_check (names, weights, error) || ! check_score (names, weights, error))
    return FALSE;

  shape->channels       = 3;
  shape->image_size     = get_image_size (names, weights);
  shape->ignores_labels = ! takes_class (names, weights);
  if (shape->ignores_labels)
    return TRUE;
  shape->n_labels = dot_biggan_names_get_axis (names, weights, names->embed, 2, 0, error);
  return shape->n_labels > 0;
}

/*  reading  */

/* What the first block takes are colours. */
static void
put_colours (DotBuilder *builder, const DotBigganWalk *walk)
{
  if (walk->index == 0 && walk->names->bgr)
    dot_biggan_colours_swap (builder, TRUE);
}

static guint
halve (DotBuilder *builder, guint value, gboolean wanted)
{
  return wanted ? dot_builder_apply (builder, DOT_OP_AVERAGE, value) : value;
}

/* conv1, relu, conv2, [halve]. */
static guint
add_branch (DotBuilder *builder, const DotBigganWalk *walk, guint input, gboolean halved)
{
  const DotBigganNames *names = walk->names;
  g_autofree char      *conv1 = dot_biggan_walk_name_part (walk, names->conv1, names->conv);
  g_autofree char      *conv2 = dot_biggan_walk_name_part (walk, names->conv2, names->conv);
  guint                 value = dot_builder_conv (builder, conv1, input, 3, 1, names->spectral);

  put_colours (builder, walk);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, conv2, value, 3, 1, names->spectral);
  return halve (builder, value, halved);
}

/* The first block halves before its 1×1, the others behind it. */
static guint
add_shortcut (DotBuilder *builder, const DotBigganWalk *walk, guint input, gboolean halved)
{
  const DotBigganNames *names = walk->names;
  g_autofree char      *side  = dot_biggan_walk_name_part (walk, names->shortcut, names->conv);
  gboolean              first = walk->index == 0;
  guint                 value = halve (builder, input, halved && first);

  if (! dot_biggan_walk_has_shortcut (walk))
    return value;
  value = dot_builder_conv (builder, side, value, 1, 1, names->spectral);
  put_colours (builder, walk);
  return halve (builder, value, halved && ! first);
}

static guint
add_block (DotBuilder *builder, const DotBigganWalk *walk, guint input, gboolean halved)
{
  guint value    = input;
  guint shortcut = input;

  if (walk->index > 0)
    value = dot_builder_apply (builder, DOT_OP_RELU, input);
  if (walk->names->in_place)
    shortcut = value;
  value    = add_branch (builder, walk, value, halved);
  shortcut = add_shortcut (builder, walk, shortcut, halved);
  return dot_builder_add (builder, walk->block, value, shortcut);
}

/* linear (h), + ⟨embed[y], h⟩, h being the sum over the pixels. */
static void
add_score (DotBuilder *builder, const DotBigganNames *names, const DotPairShape *shape, guint value)
{
  guint score;

  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_apply (builder, DOT_OP_SUM, value);
  score = dot_builder_score (builder, names->score, value, names->spectral);
  if (takes_class (names, builder->weights))
    dot_builder_project (builder, names->embed, score, value, shape->n_labels, names->spectral);
}

/**
 * dot_biggan_discriminator_read:
 * @shape: of the pair
 *
 * Returns: (transfer full): the discriminator, to compute with
 */
DotNetwork *
dot_biggan_discriminator_read (const DotBigganNames *names,
                               DotWeights           *weights,
                               const DotPairShape   *shape,
                               GError              **error)
{
  DotBuilder builder;
  g_auto (DotBigganWalk) walk = { NULL };
  guint n_blocks              = dot_biggan_walk_count (names, weights);
  guint value                 = 0;

  dot_builder_init (&builder, weights, DOT_FORM_INFERENCE, 3, shape->image_size, shape->image_size);
  builder.names = names->arrays;
  for (gboolean more = dot_biggan_walk_begin (&walk, names, weights); more;
       more          = dot_biggan_walk_next (&walk))
    {
      value = add_block (&builder, &walk, value, halves (&walk, n_blocks));
      if (walk.attention)
        value = dot_biggan_attention_add (&builder, &walk, value);
    }
  add_score (&builder, names, shape, value);
  return dot_builder_finish (&builder, error);
}
