/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

#define DOT_METRICS_ABI    2
#define DOT_METRICS_MODULE "dotrefine-metrics.so"
#define DOT_METRICS_SYMBOL "dot_metrics_module"

/**
 * DotMetricsClass:
 * @abi: %DOT_METRICS_ABI
 * @eigen: eigenvalues, ascending, of a symmetric matrix (n, n), which its
 *   eigenvectors take the place of, one a row
 * @singular: singular values of a matrix (n, m), which is destroyed, MIN (n, m)
 *   of them
 * @product: C (m, n) = A (m, k) · B (n, k)ᵀ: each row of A with each of B
 * @gram: C (k, k) += Aᵀ A of A (n, k)
 * @transport: the least cost of moving @n equal parts of 1 to @m equal parts,
 *   where @costs (n, m) says what moving 1 from each to each costs
 *
 * What needs libraries that nothing else does (LAPACK, BLAS, LEMON), and is loaded
 * at run time.  Matrices are row-major.  A module exports
 * `const DotMetricsClass *dot_metrics_module (void)`.
 */
typedef struct
{
  guint abi;
  gboolean (*eigen) (double *matrix, gsize n, double *values, GError **error);
  gboolean (*singular) (double *matrix, gsize n, gsize m, double *values, GError **error);
  void (*product) (const double *a, const double *b, gsize m, gsize n, gsize k, double *c);
  void (*gram) (const double *a, gsize n, gsize k, double *c);
  gboolean (*transport) (const double *costs, gsize n, gsize m, double *cost, GError **error);
} DotMetricsClass;

const DotMetricsClass *dot_algebra_load (GError **error);

/*  inside the module  */

gboolean dot_openblas_eigen (double *matrix, gsize n, double *values, GError **error);
gboolean dot_openblas_singular (double *matrix, gsize n, gsize m, double *values, GError **error);
void dot_openblas_product (const double *a, const double *b, gsize m, gsize n, gsize k, double *c);
void dot_openblas_gram (const double *a, gsize n, gsize k, double *c);
gboolean dot_lemon_transport (const double *costs, gsize n, gsize m, double *cost, GError **error);

G_END_DECLS
