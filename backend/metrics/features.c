/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A network that says what is in pictures, from a TorchScript file. */

#include "features.h"

#include "base/whole-file.h"
#include "base/module.h"
#include "format/file-kind.h"
#include "model/model-trust.h"

#include "base/intl.h"

#define MODULE "dotrefine-torch.so"

struct _DotFeatures
{
  const DotFeaturesClass *class;
  gpointer network;
  char    *checksum;
  guint    side;
  gsize    n_features;
  gsize    n_classes;
};

/**
 * dot_features_open:
 * @path: a TorchScript file (docs/evaluate.md says what it must be)
 * @trust: whether it may run wherever it lies; it is a program
 * @side: of the pictures it will be given, in pixels
 *
 * Loads a feature network, and tries it.
 *
 * Returns: (transfer full): it, or %NULL, with %DOT_ERROR_NOT_TRUSTED where it
 *   needs a yes
 */
DotFeatures *
dot_features_open (const char *path, gboolean trust, guint side, DotDevice device, GError **error)
{
  g_autoptr (DotFeatures) network = g_new0 (DotFeatures, 1);

  if (! dot_file_kind_expect (path, DOT_FILE_WANT_PROGRAM, error) ||
      (! trust && ! dot_model_trust_check_file (path, error)) ||
      ! (network->checksum = dot_whole_file_get_checksum (path, error)) ||
      ! (network->class = dot_module_load (MODULE, DOT_FEATURES_SYMBOL, DOT_FEATURES_ABI, error)))
    return NULL;

  network->side    = side;
  network->network = network->class->open (path, side, device, &network->n_features,
                                           &network->n_classes, error);
  return network->network ? g_steal_pointer (&network) : NULL;
}

void
dot_features_close (DotFeatures *network)
{
  if (! network)
    return;

  if (network->network)
    network->class->close (network->network);
  g_free (network->checksum);
  g_free (network);
}

/**
 * dot_features_get_size:
 *
 * Returns: F, the features of a picture
 */
gsize
dot_features_get_size (const DotFeatures *network)
{
  return network->n_features;
}

/**
 * dot_features_get_n_classes:
 *
 * Returns: C, the classes that a picture has probabilities for
 */
gsize
dot_features_get_n_classes (const DotFeatures *network)
{
  return network->n_classes;
}

/**
 * dot_features_get_side:
 *
 * Returns: of the pictures that it takes, in pixels
 */
guint
dot_features_get_side (const DotFeatures *network)
{
  return network->side;
}

/**
 * dot_features_get_checksum:
 *
 * Returns: (transfer none): the file's sha256
 */
const char *
dot_features_get_checksum (const DotFeatures *network)
{
  return network->checksum;
}

/**
 * dot_features_compute:
 * @pixels: (n, side, side, 3) 8-bit sRGB, as dot_pixels_from_image() makes
 * @n: how many pictures are computed at once
 * @features: (out): (n, F)
 * @probabilities: (out) (nullable): (n, C) p(y|x), each row's sum 1
 *
 * The caller looks whether they are finite: dot_statistics_add() does.
 */
gboolean
dot_features_compute (DotFeatures  *network,
                      const guint8 *pixels,
                      gsize         n,
                      float        *features,
                      float        *probabilities,
                      GError      **error)
{
  return network->class->compute (network->network, pixels, n, network->side, features,
                                  probabilities, error);
}
