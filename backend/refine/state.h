/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotState:
 * @update: how many updates made it
 * @k_eff: the constant they were made with
 * @latent: (d) where it is
 * @origin: (d) where it began
 * @second_moment: (nullable): (d) Adam's v
 *
 * What a picture carries, read back: a place to go on from.
 */
typedef struct
{
  gint64  seed;
  guint   label;
  guint   update;
  double  k_eff;
  double *latent;
  double *origin;
  double *second_moment;
} DotState;

char     *dot_state_from_step (const DotStep          *step,
                               gsize                   candidate,
                               DotPair                *pair,
                               const DotRefineOptions *options);
DotState *dot_state_parse (const char *json, DotModel *model, GError **error);
double   *dot_state_get_latent (const char *json, gsize *size, GError **error);
void      dot_state_free (DotState *state);
char     *dot_state_read (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotState, dot_state_free)

G_END_DECLS
