/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_FRESH_H__
#define __DOT_FRESH_H__

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotFreshSizes:
 * @architecture: the word of the command line
 * @widths: what the generator's and the discriminator's numbers of channels are
 *   multiples of; of the mlp, how wide its layers are
 * @n_labels: rows of the tables of labels; 0 for none
 * @attention: whether there is a layer of self-attention
 * @spectral: whether dcgan's critic is spectrally normed: SNGAN's, or WGAN's
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
  guint64     seed;
} DotFreshSizes;

gboolean dot_fresh_check (const DotFreshSizes *sizes, GError **error);
gboolean dot_fresh_write (const DotFreshSizes *sizes, guint file, const char *path, GError **error);

G_END_DECLS

#endif /* __DOT_FRESH_H__ */
