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

static gboolean
fail_blocks (DotWeights *weights, const DotBigganNames *names, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s doesn't fit (%s): give the right file or architecture."),
               dot_weights_get_path (weights), names->block, _ ("each block halves its pixels"));
  return FALSE;
}

/**
 * dot_biggan_discriminator_describe:
 * @shape: (inout): what the file says of its pair
 *
 * Blocks that don't halve the picture are the last ones: one after 4×4 pixels
 * are left, or two after 8×8.
 */
gboolean
dot_biggan_discriminator_describe (const DotBigganNames *names,
                                   DotWeights           *weights,
                                   DotPairShape         *shape,
                                   GError              **error)
{
  g_auto (DotBigganWalk) walk = { NULL };
  guint plain                 = 0;
  guint halved                = 0;

  for (gboolean more = dot_biggan_walk_begin (&walk, names, weights); more;
       more          = dot_biggan_walk_next (&walk))
    {
      halved += dot_biggan_walk_has_shortcut (&walk);
      plain += ! dot_biggan_walk_has_shortcut (&walk);
    }
  shape->channels   = 3;
  shape->image_size = (LAST_SIZE * plain) << halved;
  shape->n_labels   = dot_biggan_names_get_axis (names, weights, names->embed, 2, 0, error);
  if (shape->n_labels == 0 || ! dot_biggan_names_check (names, weights, error))
    return FALSE;
  return plain > 0 || fail_blocks (weights, names, error);
}

/*  reading  */

/* What the first block takes are colours. */
static void
put_colours (DotBuilder *builder, const DotBigganWalk *walk)
{
  if (walk->index == 0 && walk->names->bgr)
    dot_biggan_colours_swap (builder, TRUE);
}

/* conv1, relu, conv2, [halve]. */
static guint
add_branch (DotBuilder *builder, const DotBigganWalk *walk, guint input, gboolean halves)
{
  const DotBigganNames *names = walk->names;
  g_autofree char      *conv1 = dot_biggan_walk_name_part (walk, names->conv1, names->conv);
  g_autofree char      *conv2 = dot_biggan_walk_name_part (walk, names->conv2, names->conv);
  guint                 value = dot_builder_conv (builder, conv1, input, 3, 1, names->spectral);

  put_colours (builder, walk);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, conv2, value, 3, 1, names->spectral);
  return halves ? dot_builder_apply (builder, DOT_OP_AVERAGE, value) : value;
}

/* The first block halves before its 1×1, the others behind it. */
static guint
add_shortcut (DotBuilder *builder, const DotBigganWalk *walk, guint input)
{
  const DotBigganNames *names = walk->names;
  g_autofree char      *side  = dot_biggan_walk_name_part (walk, names->shortcut, names->conv);
  guint                 value = input;

  if (walk->index == 0)
    value = dot_builder_apply (builder, DOT_OP_AVERAGE, value);
  value = dot_builder_conv (builder, side, value, 1, 1, names->spectral);
  put_colours (builder, walk);
  return walk->index == 0 ? value : dot_builder_apply (builder, DOT_OP_AVERAGE, value);
}

static guint
add_block (DotBuilder *builder, const DotBigganWalk *walk, guint input)
{
  gboolean halves   = dot_biggan_walk_has_shortcut (walk);
  guint    shortcut = input;
  guint    value    = input;

  if (walk->index > 0)
    value = dot_builder_apply (builder, DOT_OP_RELU, input);
  if (walk->names->in_place)
    shortcut = value;
  value = add_branch (builder, walk, value, halves);
  if (halves)
    shortcut = add_shortcut (builder, walk, shortcut);
  return dot_builder_add (builder, walk->block, value, shortcut);
}

/* linear (h) + ⟨embed[y], h⟩, h being the sum over the pixels. */
static void
add_score (DotBuilder *builder, const DotBigganNames *names, const DotPairShape *shape, guint value)
{
  guint score;

  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_apply (builder, DOT_OP_SUM, value);
  score = dot_builder_score (builder, names->score, value, names->spectral);
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
  guint value                 = 0;

  dot_builder_init (&builder, weights, DOT_FORM_INFERENCE, 3, shape->image_size, shape->image_size);
  builder.names = names->arrays;
  for (gboolean more = dot_biggan_walk_begin (&walk, names, weights); more;
       more          = dot_biggan_walk_next (&walk))
    {
      value = add_block (&builder, &walk, value);
      if (walk.attention)
        value = dot_biggan_attention_add (&builder, &walk, value);
    }
  add_score (&builder, names, shape, value);
  return dot_builder_finish (&builder, error);
}
