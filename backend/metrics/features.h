/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

#define DOT_FEATURES_ABI    1
#define DOT_FEATURES_SYMBOL "dot_features_module"

/**
 * DotFeaturesClass:
 * @abi: %DOT_FEATURES_ABI
 * @open: (transfer full): the TorchScript file, which the person trusts, after
 *   it was tried on pictures of @side × @side pixels; @n_features is F,
 *   @n_classes C
 * @compute: as dot_features_compute()
 * @close: frees it
 *
 * What runs a feature network.  The module that runs TorchScript exports
 * `const DotFeaturesClass *dot_features_module (void)`.
 */
typedef struct
{
  guint abi;
  gpointer (*open) (const char *path,
                    guint       side,
                    DotDevice   device,
                    gsize      *n_features,
                    gsize      *n_classes,
                    GError    **error);
  gboolean (*compute) (gpointer      network,
                       const guint8 *pixels,
                       gsize         n,
                       guint         side,
                       float        *features,
                       float        *probabilities,
                       GError      **error);
  void (*close) (gpointer network);
} DotFeaturesClass;

typedef struct _DotFeatures DotFeatures;

DotFeatures *dot_features_open (const char *path,
                                gboolean    trust,
                                guint       side,
                                DotDevice   device,
                                GError    **error);
void         dot_features_close (DotFeatures *network);
gsize        dot_features_get_size (const DotFeatures *network);
gsize        dot_features_get_n_classes (const DotFeatures *network);
guint        dot_features_get_side (const DotFeatures *network);
const char  *dot_features_get_checksum (const DotFeatures *network);
gboolean     dot_features_compute (DotFeatures  *network,
                                   const guint8 *pixels,
                                   gsize         n,
                                   float        *features,
                                   float        *probabilities,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotFeatures, dot_features_close)

G_END_DECLS
