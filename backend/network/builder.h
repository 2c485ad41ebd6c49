/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/weights.h"
#include "network.h"

G_BEGIN_DECLS

/**
 * DotSpectral:
 * @DOT_SPECTRAL_NONE: the weight as it is
 * @DOT_SPECTRAL_STORED: W / σ, one power iteration from the layer's stored u
 * @DOT_SPECTRAL_PAIR: W / σ, σ = uᵀ W v of both vectors stored with the layer
 * @DOT_SPECTRAL_CONVERGED: W / σ, σ being the largest singular value, found from
 *   the layer's stored u on
 * @DOT_SPECTRAL_ITERATED: W / σ, by power iteration from scratch
 */
typedef enum
{
  DOT_SPECTRAL_NONE,
  DOT_SPECTRAL_STORED,
  DOT_SPECTRAL_PAIR,
  DOT_SPECTRAL_CONVERGED,
  DOT_SPECTRAL_ITERATED
} DotSpectral;

/**
 * DotBuilderNames:
 * @weight, @bias: of a layer's arrays, behind its own name
 * @vector: of the vector u of its spectral norm
 * @right: (nullable): of that norm's other vector v
 * @plain: (nullable): of the weight of a layer that isn't normed, where this is
 *   another name
 * @flat: whether those vectors have one dimension, and not the shape (1, n)
 */
typedef struct
{
  const char *weight;
  const char *bias;
  const char *vector;
  const char *right;
  const char *plain;
  gboolean    flat;
} DotBuilderNames;

/**
 * DotBuilder:
 * @weights: where the weights come from; not owned
 * @form: what is made of them
 * @names: what its layers' arrays are called
 * @epsilon: of its batch norms
 * @network: what is written down so far
 * @error: the first thing that went wrong; from then on nothing happens
 *
 * Reads layers from a file and writes them down.  Every function takes the
 * number of the value that goes in and returns that of the one that comes
 * out; since the first error is kept, only dot_builder_finish() is checked.
 */
typedef struct
{
  DotWeights     *weights;
  DotForm         form;
  DotBuilderNames names;
  double          epsilon;
  DotNetwork     *network;
  GError         *error;
} DotBuilder;

void        dot_builder_init (DotBuilder *builder,
                              DotWeights *weights,
                              DotForm     form,
                              guint       channels,
                              guint       height,
                              guint       width);
DotNetwork *dot_builder_finish (DotBuilder *builder, GError **error);
guint       dot_builder_channels (DotBuilder *builder, guint value);
gsize       dot_builder_items (DotBuilder *builder, guint value);
char       *dot_builder_find_weight (const DotBuilderNames *names,
                                     DotWeights            *weights,
                                     const char            *layer);
DotArray   *dot_builder_read (DotBuilder  *builder,
                              const char  *layer,
                              const char  *name,
                              guint        n_dims,
                              const gsize *shape);
DotArray   *dot_builder_read_weight (DotBuilder  *builder,
                                     const char  *layer,
                                     guint        n_dims,
                                     const gsize *shape);
void        dot_builder_normalize (DotBuilder *builder,
                                   const char *layer,
                                   DotArray   *weight,
                                   DotSpectral spectral);
void        dot_builder_check_variance (DotBuilder     *builder,
                                        const char     *layer,
                                        const char     *name,
                                        const DotArray *variance);
void        dot_builder_check_filter (DotBuilder *builder, const char *key);
void        dot_builder_fail (DotBuilder *builder, const char *layer, const char *reason);
gboolean    dot_builder_has (DotBuilder *builder, const char *layer);
guint       dot_builder_conv (DotBuilder *builder,
                              const char *layer,
                              guint       input,
                              guint       size,
                              guint       stride,
                              DotSpectral spectral);
guint       dot_builder_conv_valid (DotBuilder *builder,
                                    const char *layer,
                                    guint       input,
                                    guint       size,
                                    guint       stride);
guint       dot_builder_conv_bare (DotBuilder *builder,
                                   const char *layer,
                                   guint       input,
                                   guint       size,
                                   DotSpectral spectral);
guint       dot_builder_conv_scaled (DotBuilder *builder,
                                     const char *key,
                                     guint       input,
                                     guint       size,
                                     double      scale);
guint       dot_builder_deconv (DotBuilder *builder,
                                const char *layer,
                                guint       input,
                                guint       size,
                                guint       stride,
                                DotSpectral spectral);
guint       dot_builder_linear (DotBuilder *builder,
                                const char *layer,
                                guint       input,
                                DotSpectral spectral);
guint dot_builder_score (DotBuilder *builder, const char *layer, guint input, DotSpectral spectral);
guint dot_builder_score_map (DotBuilder *builder,
                             const char *layer,
                             guint       input,
                             guint       size,
                             DotSpectral spectral);
guint dot_builder_project (DotBuilder *builder,
                           const char *layer,
                           guint       score,
                           guint       features,
                           guint       labels,
                           DotSpectral spectral);
guint dot_builder_concat (DotBuilder *builder,
                          const char *layer,
                          guint       input,
                          guint       labels,
                          DotSpectral spectral);
guint dot_builder_batch_norm (DotBuilder *builder, const char *layer, guint input, guint labels);
guint dot_builder_attention (DotBuilder *builder, const char *layer, guint input);
guint dot_builder_reshape (DotBuilder *builder, guint input, guint height, guint width);
guint dot_builder_apply (DotBuilder *builder, DotOpKind kind, guint input);
guint dot_builder_max_pool (DotBuilder *builder, guint input, guint window);
guint dot_builder_resize (DotBuilder *builder, guint input, guint side);
guint dot_builder_join (DotBuilder *builder, const char *block, guint first, guint second);
guint dot_builder_add (DotBuilder *builder, const char *block, guint first, guint second);

G_END_DECLS
