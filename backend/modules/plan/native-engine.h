/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "engine/engine.h"
#include "plan.h"

G_BEGIN_DECLS

/**
 * DotTurnFunc:
 * @labels: of all samples
 * @first: which of them is the plan's first
 *
 * Has a plan, which is in its place, answer for its samples.
 */
typedef gboolean (
  *DotTurnFunc) (DotPlan *plan, gpointer data, const guint *labels, gsize first, GError **error);

/* What a module's class is made of; see DotEngineClass. */
gpointer    dot_native_engine_create (const DotNetwork *generator,
                                      const DotNetwork *discriminator,
                                      DotDevice         device,
                                      DotPrecision      precision,
                                      GError          **error);
gpointer    dot_native_engine_create_scripts (const DotScript *script,
                                              DotDevice        device,
                                              DotPrecision     precision,
                                              GError         **error);
void        dot_native_engine_destroy (gpointer engine);
const char *dot_native_engine_get_device_name (gpointer engine);
gboolean    dot_native_engine_add_blend (gpointer engine,
                                         guint    first,
                                         guint    second,
                                         double   amount,
                                         guint   *label,
                                         GError **error);
gboolean    dot_native_engine_generate (gpointer      engine,
                                        const double *latents,
                                        const guint  *labels,
                                        gsize         batch,
                                        float        *images,
                                        GError      **error);
gboolean    dot_native_engine_score (gpointer      engine,
                                     const double *latents,
                                     const guint  *labels,
                                     gsize         batch,
                                     double       *scores,
                                     double       *gradients,
                                     float        *images,
                                     GError      **error);
gboolean    dot_native_engine_discriminate (gpointer      engine,
                                            const double *images,
                                            const guint  *labels,
                                            gsize         batch,
                                            double       *scores,
                                            double       *gradients,
                                            GError      **error);
gboolean    dot_native_engine_backward (gpointer      engine,
                                        const double *latents,
                                        const double *cotangents,
                                        const guint  *labels,
                                        gsize         batch,
                                        double       *gradients,
                                        GError      **error);

/* And what further questions of a device are made of. */
gboolean dot_native_engine_answer (gpointer     engine,
                                   DotQuestion  question,
                                   const guint *labels,
                                   gsize        first,
                                   gsize        batch,
                                   DotTurnFunc  turn,
                                   gpointer     turn_data,
                                   GError     **error);
void     dot_native_engine_take_images (const DotPlan *plan, float *images, gsize first);

G_END_DECLS
