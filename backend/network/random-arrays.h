/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_RANDOM_ARRAYS_H__
#define __DOT_RANDOM_ARRAYS_H__

#include "format/npz.h"

G_BEGIN_DECLS

/**
 * DotRandomArrays:
 * @n_arrays: written so far: each has random numbers of its own
 *
 * A file of random weights that is being written.
 */
typedef struct
{
  DotNpzWriter *writer;
  guint32       n_arrays;
  GCancellable *cancellable;
} DotRandomArrays;

/**
 * DotRandomLayer:
 * @name: the layer's keys begin with it
 * @out, @in: channels
 * @kernel: width of a convolution's window; 0 of a linear layer
 * @gain: the result's variance is so many times the input's mean square
 * @bias: how far its biases are from 0; 0 of a layer without them
 * @spectral: whether it has the vector of a spectral norm
 */
typedef struct
{
  const char *name;
  gsize       out;
  gsize       in;
  gsize       kernel;
  double      gain;
  double      bias;
  gboolean    spectral;
} DotRandomLayer;

gboolean dot_random_arrays_add_layer (DotRandomArrays      *arrays,
                                      const DotRandomLayer *layer,
                                      GError              **error);
gboolean dot_random_arrays_add_norm (DotRandomArrays *arrays,
                                     const char      *name,
                                     gsize            labels,
                                     gsize            channels,
                                     double           variance,
                                     GError         **error);

G_END_DECLS

#endif /* __DOT_RANDOM_ARRAYS_H__ */
