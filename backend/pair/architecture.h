/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_ARCHITECTURE_H__
#define __DOT_ARCHITECTURE_H__

#include "format/weights.h"
#include "network.h"

G_BEGIN_DECLS

/**
 * DotPairShape:
 * @channels: 3, or 2 of a pair that makes points of the plane
 * @image_size: height and width; 1 of points
 * @n_labels: rows of the label tables; 0 for an unconditional pair
 *
 * What a pair's two files say about it before their weights are read.
 */
typedef struct
{
  guint channels;
  guint image_size;
  guint latent_size;
  guint n_labels;
} DotPairShape;

/**
 * DotArchitecture:
 * @name: the word of the command line
 * @describe: reads the shapes only
 * @read_generator: (transfer full): G with its weights
 * @read_discriminator: (transfer full): D with its weights, for G's images
 */
typedef struct
{
  const char *name;
  gboolean     (*describe)           (DotWeights          *generator,
                                      DotWeights          *discriminator,
                                      DotPairShape        *shape,
                                      GError             **error);
  DotNetwork * (*read_generator)     (DotWeights          *weights,
                                      const DotPairShape  *shape,
                                      GError             **error);
  DotNetwork * (*read_discriminator) (DotWeights          *weights,
                                      const DotPairShape  *shape,
                                      GError             **error);
} DotArchitecture;

const DotArchitecture * dot_architecture_find (const char  *name,
                                               GError     **error);

extern const DotArchitecture dot_sngan_projection;
extern const DotArchitecture dot_dcgan;
extern const DotArchitecture dot_sn_dcgan;
extern const DotArchitecture dot_resnet;
extern const DotArchitecture dot_sn_resnet;
extern const DotArchitecture dot_mlp;

G_END_DECLS

#endif /* __DOT_ARCHITECTURE_H__ */
