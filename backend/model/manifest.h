/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"
#include "network/script.h"

G_BEGIN_DECLS

/**
 * DotManifest:
 * @channels: of an image: 3, 1 of gray ones, or 2 where images are points of
 *   the plane
 * @discriminator_architecture: (nullable): where it isn't the generator's
 * @ignores_class: whether the score is the same for each class
 * @relative_scores: whether only differences of the scores mean something
 * @truncation: latents keep within ±this; 0: they aren't truncated
 * @psi: how much of their distance from the mean styles keep; 0: all
 * @deviation: how much pictures of a batch differ, as the discriminator is told it;
 *   0: they are alone
 * @files, @checksums: generator and discriminator, their sha256 in lower case
 * @classes: of #DotClass
 * @has_first: whether the next two are there
 * @first_label, @first_seed: a picture to begin with
 * @script: of the architecture "torchscript" only
 * @k_eff: (nullable): (classes->len) estimates for the latent space
 *
 * What model.json says, checked for form; not yet held against the files.
 */
typedef struct
{
  char     *title;
  char     *license;
  char     *provenance;
  char     *architecture;
  char     *discriminator_architecture;
  char     *files[2];
  char     *checksums[2];
  guint     image_size;
  guint     channels;
  guint     latent_size;
  DotPrior  prior;
  gboolean  ignores_class;
  double    truncation;
  double    psi;
  double    deviation;
  gboolean  relative_scores;
  GArray   *classes;
  double   *k_eff;
  gboolean  has_first;
  guint     first_label;
  guint32   first_seed;
  DotScript script;
} DotManifest;

/* What the two files are called, in the order of @files. */
extern const char *const dot_manifest_roles[2];

DotManifest *dot_manifest_read (const char *folder, GError **error);
DotManifest *dot_manifest_read_description (const char *path, GError **error);
DotManifest *dot_manifest_read_beside (const char *file, guint role, GError **error);
gboolean     dot_manifest_write (const DotManifest *manifest, const char *folder, GError **error);
gboolean     dot_manifest_has_script (const DotManifest *manifest);
void         dot_manifest_free (DotManifest *manifest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotManifest, dot_manifest_free)

G_END_DECLS
