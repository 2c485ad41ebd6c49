/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "builder.h"

G_BEGIN_DECLS

/**
 * DotBigganNames:
 * @studiogan: whether they are StudioGAN's
 * @shared, @linear: of the generator: the classes' embedding, and what makes the
 *   first pixels
 * @score, @embed: of the discriminator's end
 * @rival: (nullable): of what makes @embed another thing than a part of the
 *   score; without it there is always such a part
 * @block, @inner, @attention: before and behind the number of a block, and of
 *   what may follow it
 * @conv1, @conv2, @shortcut: a block's convolutions
 * @conv: behind a convolution's name
 * @norm: behind a batch norm's name, before its statistics
 * @last_norm, @last_conv: of the generator's end
 * @gain, @mean, @variance: of a batch norm
 * @query, @key, @value, @mixed: attention's convolutions
 * @gamma: what attention is multiplied with
 * @n_gamma: how many dimensions that has
 * @arrays: what the arrays of a layer are called
 * @spectral: how its norm is found
 * @epsilon: of the batch norms
 * @by_class: whether tables of scales and shifts have a row for each class, and
 *   not a column
 * @counted: whether attention is a block with a number of its own
 * @in_place: whether the discriminator's shortcuts see what the relu before the
 *   branch has made
 * @bgr: whether blue is the first colour
 *
 * What the authors of a file call its arrays, and where their networks differ.
 */
typedef struct
{
  gboolean        studiogan;
  const char     *shared;
  const char     *linear;
  const char     *score;
  const char     *embed;
  const char     *rival;
  const char     *block;
  const char     *inner;
  const char     *attention;
  const char     *conv1;
  const char     *conv2;
  const char     *shortcut;
  const char     *conv;
  const char     *norm;
  const char     *last_norm;
  const char     *last_conv;
  const char     *gain;
  const char     *mean;
  const char     *variance;
  const char     *query;
  const char     *key;
  const char     *value;
  const char     *mixed;
  const char     *gamma;
  guint           n_gamma;
  DotBuilderNames arrays;
  DotSpectral     spectral;
  double          epsilon;
  gboolean        by_class;
  gboolean        counted;
  gboolean        in_place;
  gboolean        bgr;
} DotBigganNames;

const DotBigganNames *dot_biggan_names_find (gboolean studiogan, DotWeights *weights);
gboolean dot_biggan_names_has (const DotBigganNames *names, DotWeights *weights, const char *layer);

guint dot_biggan_names_get_axis (const DotBigganNames *names,
                                 DotWeights           *weights,
                                 const char           *layer,
                                 guint                 n_dims,
                                 guint                 axis,
                                 GError              **error);

gboolean dot_biggan_names_check (const DotBigganNames *names, DotWeights *weights, GError **error);

G_END_DECLS
