/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/weights.h"
#include "initial.h"
#include "network.h"

G_BEGIN_DECLS

/**
 * DotPairShape:
 * @channels: 3, or 2 of a pair that makes points of the plane
 * @image_size: height and width; 1 of points; 0 of a discriminator for any
 * @n_labels: rows of the label tables; 0 for an unconditional pair
 * @ignores_labels: whether the discriminator's score is the same for each label,
 *   however many there are
 * @group: how many pictures the discriminator compares in a batch; 0: none
 * @psi: how much of their distance from the mean styles keep; 0 where nothing
 *   says it: all
 * @deviation: how much pictures of a batch differ, as the discriminator is told;
 *   0 where nothing says it: they are alone
 *
 * What a pair's two files say about it before their weights are read.  A
 * discriminator says nothing of the latent: 0.  The last two are the model's.
 */
typedef struct
{
  guint    channels;
  guint    image_size;
  guint    latent_size;
  guint    n_labels;
  gboolean ignores_labels;
  guint    group;
  double   psi;
  double   deviation;
} DotPairShape;

/**
 * DotArchitecture:
 * @name: the word of the command line
 * @label: (nullable): what the dialog calls it, which offers no other
 * @named: whether its arrays have names that no other's have
 * @relative_scores: whether of its discriminator's scores only differences mean
 *   something
 * @limits_numbers: whether inside its discriminator numbers are kept within limits,
 *   so that its scores have bounds, and are logits all the same
 * @describe_generator: reads the shapes only
 * @describe_discriminator: the same; D says what images it is for
 * @read_generator: (transfer full): G with its weights, to compute with or to
 *   train
 * @read_discriminator: (transfer full): D with its weights, for G's images
 * @initial: (nullable): how its pairs begin; without it none is trained
 *
 * All that is known of an architecture, in a file of its own.
 */
typedef struct
{
  const char *name;
  const char *label;
  gboolean    named;
  gboolean    relative_scores;
  gboolean    limits_numbers;
  gboolean (*describe_generator) (DotWeights *weights, DotPairShape *shape, GError **error);
  gboolean (*describe_discriminator) (DotWeights *weights, DotPairShape *shape, GError **error);
  DotNetwork *(*read_generator) (DotWeights         *weights,
                                 const DotPairShape *shape,
                                 DotForm             form,
                                 GError            **error);
  DotNetwork *(*read_discriminator) (DotWeights         *weights,
                                     const DotPairShape *shape,
                                     DotForm             form,
                                     GError            **error);
  const DotInitial *initial;
} DotArchitecture;

const DotArchitecture *dot_architecture_find (const char *name, GError **error);

const char *dot_architecture_list (void);

extern const DotArchitecture dot_sngan_projection;
extern const DotArchitecture dot_dcgan;
extern const DotArchitecture dot_sn_dcgan;
extern const DotArchitecture dot_resnet;
extern const DotArchitecture dot_sn_resnet;
extern const DotArchitecture dot_mlp;
extern const DotArchitecture dot_projected;
extern const DotArchitecture dot_biggan;
extern const DotArchitecture dot_studiogan;
extern const DotArchitecture dot_r3gan;
extern const DotArchitecture dot_stylegan2;

G_END_DECLS
