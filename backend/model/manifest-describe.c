/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "manifest-describe.h"

#include "classes.h"
#include "model-scripts.h"
#include "format/weights-part.h"
#include "network/architecture-describe.h"

/* Names that are known stay; without any the labels are numbered. */
static void
set_shape (DotManifest *manifest, const DotPairShape *shape)
{
  guint n = MAX (shape->n_labels, 1);

  manifest->image_size    = shape->image_size;
  manifest->channels      = shape->channels;
  manifest->latent_size   = shape->latent_size;
  manifest->ignores_class = shape->ignores_labels && shape->n_labels > 0;
  if (manifest->classes && manifest->classes->len != n)
    g_clear_pointer (&manifest->classes, g_array_unref);
  if (! manifest->classes)
    manifest->classes = dot_classes_new_for_labels (shape->n_labels);
}

/**
 * dot_manifest_describe:
 * @manifest: of two files
 * @description: (nullable): of TorchScript files, a file like model.json
 *
 * Fills in what the files say of themselves.
 */
gboolean
dot_manifest_describe (DotManifest *manifest, const char *description, GError **error)
{
  const char            *of_discriminator = manifest->discriminator_architecture
                                              ? manifest->discriminator_architecture
                                              : manifest->architecture;
  const DotArchitecture *g_architecture;
  const DotArchitecture *d_architecture;
  g_autoptr (DotWeights) g = NULL;
  g_autoptr (DotWeights) d = NULL;
  DotPairShape shape       = {
    0,
  };

  if (dot_manifest_has_script (manifest))
    return dot_model_scripts_describe (manifest, description, error);
  if (! (g_architecture = dot_architecture_find (manifest->architecture, error)) ||
      ! (d_architecture = dot_architecture_find (of_discriminator, error)) ||
      ! (g = dot_weights_part_open (manifest->files[0], 0, error)) ||
      ! (d = dot_weights_part_open (manifest->files[1], 1, error)) ||
      ! dot_architecture_describe_pair (g_architecture, g, d_architecture, d, &shape, error))
    return FALSE;

  set_shape (manifest, &shape);
  manifest->relative_scores = d_architecture->relative_scores;
  return TRUE;
}
