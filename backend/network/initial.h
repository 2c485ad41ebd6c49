/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/npz.h"

G_BEGIN_DECLS

/**
 * DotInitialSizes:
 * @architecture: the word of the command line
 * @widths: what the generator's and the discriminator's numbers of channels are
 *   multiples of; of the mlp, how wide its layers are
 * @n_labels: rows of the tables of labels; 0 for none
 * @attention: whether there is a layer of self-attention
 * @spectral: whether dcgan's critic is spectrally normed: SNGAN's, or WGAN's
 * @for_bench: whether the numbers are none to begin a training with but such
 *   as there are after one, to measure with; they don't depend on @seed
 *
 * How large a pair is that begins from random weights.
 */
typedef struct
{
  const char *architecture;
  guint       image_size;
  guint       latent_size;
  guint       widths[2];
  guint       n_labels;
  gboolean    attention;
  gboolean    spectral;
  gboolean    for_bench;
  guint64     seed;
} DotInitialSizes;

/**
 * DotInitialFunc:
 * @key: an array's name
 * @shape: (n_dims)
 *
 * Told about each array that there would be.
 */
typedef void (*DotInitialFunc) (const char  *key,
                                guint        n_dims,
                                const gsize *shape,
                                gpointer     user_data);

/**
 * DotInitialArrays:
 * @list: (nullable): where nothing is written, but listed
 * @n_arrays: written so far: each has random numbers of its own
 * @error: the first thing that went wrong; from then on nothing happens
 *
 * A file of starting weights that is being written.
 */
typedef struct
{
  DotNpzWriter  *writer;
  DotInitialFunc list;
  gpointer       user_data;
  guint64        seed;
  guint32        n_arrays;
  gboolean       for_bench;
  GCancellable  *cancellable;
  GError        *error;
} DotInitialArrays;

/**
 * DotInitialSpread:
 * @DOT_INITIAL_GLOROT: uniform in ±@scale √(6 / (inputs + outputs))
 * @DOT_INITIAL_NORMAL: normal, of deviation @scale
 * @DOT_INITIAL_LECUN: normal, of deviation @scale / √inputs
 */
typedef enum
{
  DOT_INITIAL_GLOROT,
  DOT_INITIAL_NORMAL,
  DOT_INITIAL_LECUN
} DotInitialSpread;

/**
 * DotInitialLayer:
 * @out, @in: channels; of a transposed convolution the other way round in the
 *   file
 * @kernel: 0 of a linear layer
 * @spectral: whether it has the vector of a spectral norm
 * @image: whether it makes the picture
 *
 * The weight of a layer, and its bias of zeros where @has_bias.
 */
typedef struct
{
  gsize            out;
  gsize            in;
  gsize            kernel;
  gboolean         transposed;
  gboolean         has_bias;
  gboolean         spectral;
  gboolean         image;
  DotInitialSpread spread;
  double           scale;
} DotInitialLayer;

/**
 * DotInitial:
 * @fill: adds the generator's arrays, and the discriminator's
 * @points: whether it makes points of the plane instead of pictures
 * @image_sizes: those that it can have; 0 ends them
 * @size_problem: what is said of another one
 * @takes_labels, @takes_attention: whether there is such a pair
 * @has_critics: whether the discriminator is another one where it is spectrally
 *   normed: SNGAN's, or else WGAN's
 * @keeps_vectors: whether the vectors of spectral norms are read from the file,
 *   and not found anew
 * @width_unit: what widths are multiples of
 * @widths: the authors' own, of the generator and of the discriminator
 * @widths_at_32: the same at 32 pixels, where they are others
 *
 * How an architecture's pairs begin that are trained.
 */
typedef struct
{
  void (*fill[2]) (DotInitialArrays *arrays, const DotInitialSizes *sizes);
  gboolean    points;
  guint       image_sizes[5];
  const char *size_problem;
  gboolean    takes_labels;
  gboolean    takes_attention;
  gboolean    has_critics;
  gboolean    keeps_vectors;
  guint       width_unit;
  guint       widths[2];
  guint       widths_at_32[2];
} DotInitial;

guint           dot_initial_get_width (const DotInitial *initial, guint image_size, guint file);
gboolean        dot_initial_check (const DotInitial      *initial,
                                   const DotInitialSizes *sizes,
                                   GError               **error);
gboolean        dot_initial_fill (const DotInitial      *initial,
                                  const DotInitialSizes *sizes,
                                  guint                  file,
                                  DotNpzWriter          *writer,
                                  GCancellable          *cancellable,
                                  GError               **error);
gboolean        dot_initial_write (const DotInitial      *initial,
                                   const DotInitialSizes *sizes,
                                   guint                  file,
                                   const char            *path,
                                   GError               **error);
void            dot_initial_list (const DotInitial      *initial,
                                  const DotInitialSizes *sizes,
                                  guint                  file,
                                  DotInitialFunc         list,
                                  gpointer               user_data);
DotInitialLayer dot_initial_layer_resize (DotInitialLayer layer, gsize out, gsize in, gsize kernel);
void            dot_initial_add_layer (DotInitialArrays      *arrays,
                                       const DotInitialLayer *layer,
                                       const char            *format,
                                       ...) G_GNUC_PRINTF (3, 4);
void            dot_initial_add_norm (DotInitialArrays *arrays,
                                      gsize             labels,
                                      gsize             channels,
                                      double            variance,
                                      const char       *format,
                                      ...) G_GNUC_PRINTF (5, 6);
void            dot_initial_add_attention (DotInitialArrays *arrays, gsize channels);

G_END_DECLS
