/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "network/network.h"
#include "network/script.h"
#include "transport/transport.h"

G_BEGIN_DECLS

#define DOT_ENGINE_ABI    7
#define DOT_ENGINE_SYMBOL "dot_engine_module"

/**
 * DotEngineClass:
 * @abi: %DOT_ENGINE_ABI
 * @describe: (transfer full): library, version and devices, one line
 * @create: an engine that computes a pair; the networks may be freed after
 * @create_scripts: an engine that runs a pair of TorchScript files, which the
 *   person trusts
 * @destroy: frees an engine
 * @get_device_name: "CPU" or the GPU's name
 * @add_blend: appends to every label table a row of (1 − t) row @first + t
 *   row @second, and gives the number of that row; conditional batch norms
 *   and projections are linear in their rows, so it is a class between two
 * @generate: G(z|y), images (B, C, H, W) in [−1, 1]
 * @score: D(G(z|y)|y), its gradient (B, d) with respect to z, and G(z|y);
 *   @gradients and @images may be %NULL
 * @discriminate: D(x|y) and its gradient (B, C, H, W) with respect to x;
 *   @gradients may be %NULL
 * @backward: the gradient (B, d) with respect to z of Σ G(z|y) · @cotangents, which
 *   are (B, C, H, W): of anything that is told of the images
 * @advance: (nullable): one update of the latents @first … @first + @batch − 1
 *   of those that @advance, @labels and @images are of: the step that
 *   dot_transport() would make, then @score where they come to
 *
 * What computes the networks: the two questions that the transport asks, and
 * a third one for those who answer it sooner than both.
 * A module that is loaded at run time exports a function
 * `const DotEngineClass *dot_engine_module (void)`.
 */
typedef struct
{
  guint abi;
  char *(*describe) (void);
  gpointer (*create) (const DotNetwork *generator,
                      const DotNetwork *discriminator,
                      DotDevice         device,
                      DotPrecision      precision,
                      GError          **error);
  gpointer (*create_scripts) (const DotScript *script,
                              DotDevice        device,
                              DotPrecision     precision,
                              GError         **error);
  void (*destroy) (gpointer engine);
  const char *(*get_device_name) (gpointer engine);
  gboolean (*add_blend) (gpointer engine,
                         guint    first,
                         guint    second,
                         double   amount,
                         guint   *label,
                         GError **error);
  gboolean (*generate) (gpointer      engine,
                        const double *latents,
                        const guint  *labels,
                        gsize         batch,
                        float        *images,
                        GError      **error);
  gboolean (*score) (gpointer      engine,
                     const double *latents,
                     const guint  *labels,
                     gsize         batch,
                     double       *scores,
                     double       *gradients,
                     float        *images,
                     GError      **error);
  gboolean (*discriminate) (gpointer      engine,
                            const double *images,
                            const guint  *labels,
                            gsize         batch,
                            double       *scores,
                            double       *gradients,
                            GError      **error);
  gboolean (*backward) (gpointer      engine,
                        const double *latents,
                        const double *cotangents,
                        const guint  *labels,
                        gsize         batch,
                        double       *gradients,
                        GError      **error);
  gboolean (*advance) (gpointer          engine,
                       const DotAdvance *advance,
                       const guint      *labels,
                       gsize             first,
                       gsize             batch,
                       float            *images,
                       GError          **error);
} DotEngineClass;

#define DOT_PEAK_ABI    1
#define DOT_PEAK_SYMBOL "dot_peak_module"

/**
 * DotPeakClass:
 * @abi: %DOT_PEAK_ABI
 * @measure: floating-point operations a second of a large convolution and of a
 *   large product of matrices on this processor
 *
 * What the native engine's module also exports.
 */
typedef struct
{
  guint abi;
  gboolean (*measure) (DotPrecision precision,
                       double      *convolution,
                       double      *product,
                       GError     **error);
} DotPeakClass;

const DotEngineClass *dot_engine_load (DotEngine engine, DotDevice device, GError **error);
gboolean              dot_engine_check (char **description, GError **error);
gboolean              dot_engine_measure_peak (DotPrecision precision,
                                               double      *convolution,
                                               double      *product,
                                               GError     **error);

G_END_DECLS
