/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_FRESH_ARRAYS_H__
#define __DOT_FRESH_ARRAYS_H__

#include "format/npz.h"

G_BEGIN_DECLS

/**
 * DotFreshArrays:
 * @n_arrays: written so far: each has random numbers of its own
 * @error: the first thing that went wrong; from then on nothing happens
 *
 * A file of starting weights that is being written.
 */
typedef struct
{
  DotNpzWriter *writer;
  guint64       seed;
  guint32       n_arrays;
  GError       *error;
} DotFreshArrays;

/**
 * DotFreshSpread:
 * @DOT_FRESH_GLOROT: uniform in ±@scale √(6 / (inputs + outputs))
 * @DOT_FRESH_NORMAL: normal, of deviation @scale
 * @DOT_FRESH_LECUN: normal, of deviation @scale / √inputs
 */
typedef enum
{
  DOT_FRESH_GLOROT,
  DOT_FRESH_NORMAL,
  DOT_FRESH_LECUN
} DotFreshSpread;

/**
 * DotFreshLayer:
 * @out, @in: channels; of a transposed convolution the other way round in the
 *   file
 * @kernel: 0 of a linear layer
 * @spectral: whether it has the vector of a spectral norm
 *
 * The weight of a layer, and its bias of zeros where @has_bias.
 */
typedef struct
{
  gsize          out;
  gsize          in;
  gsize          kernel;
  gboolean       transposed;
  gboolean       has_bias;
  gboolean       spectral;
  DotFreshSpread spread;
  double         scale;
} DotFreshLayer;

void dot_fresh_arrays_add_layer (DotFreshArrays      *arrays,
                                 const DotFreshLayer *layer,
                                 const char          *format,
                                 ...) G_GNUC_PRINTF (3, 4);
void dot_fresh_arrays_add_norm (DotFreshArrays *arrays,
                                gsize           labels,
                                gsize           channels,
                                const char     *format,
                                ...) G_GNUC_PRINTF (4, 5);
void dot_fresh_arrays_add_attention (DotFreshArrays *arrays, gsize channels);

G_END_DECLS

#endif /* __DOT_FRESH_ARRAYS_H__ */
