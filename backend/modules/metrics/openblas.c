/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Linear algebra by OpenBLAS: its C interface to BLAS, and LAPACK's own
 * symbols, which Debian's OpenBLAS has without LAPACKE.  A row-major matrix is
 * LAPACK's transposed one. */

#include "metrics/algebra.h"

#include "base/intl.h"

#include <cblas.h>

extern void dsyevd_ (const char *jobz,
                     const char *uplo,
                     const int  *n,
                     double     *a,
                     const int  *lda,
                     double     *w,
                     double     *work,
                     const int  *lwork,
                     int        *iwork,
                     const int  *liwork,
                     int        *info);
extern void dgesdd_ (const char *jobz,
                     const int  *m,
                     const int  *n,
                     double     *a,
                     const int  *lda,
                     double     *s,
                     double     *u,
                     const int  *ldu,
                     double     *vt,
                     const int  *ldvt,
                     double     *work,
                     const int  *lwork,
                     int        *iwork,
                     int        *info);

/* What LAPACK counts with. */
static gboolean
check_size (gsize n, GError **error)
{
  if (n >= 1 && n <= 20000)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("A matrix of %zu rows can't be decomposed: take a network "
                  "with 1 to 20000 features."),
               n);
  return FALSE;
}

static gboolean
check_info (int info, GError **error)
{
  if (info == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("A covariance can't be decomposed (LAPACK says %d): take more "
                  "samples, or another feature network."),
               info);
  return FALSE;
}

static gboolean
no_memory (gsize n, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory to decompose a matrix of %zu rows: close other "
                  "programs, or take a network with fewer features."),
               n);
  return FALSE;
}

gboolean
dot_openblas_eigen (double *matrix, gsize n, double *values, GError **error)
{
  g_autofree double *work     = NULL;
  g_autofree int    *places   = NULL;
  int                order    = (int) n;
  int                n_work   = -1;
  int                n_places = -1;
  int                info     = 0;
  double             best;
  int                best_places;

  if (! check_size (n, error))
    return FALSE;

  dsyevd_ ("V", "L", &order, matrix, &order, values, &best, &n_work, &best_places, &n_places,
           &info);
  n_work   = (int) best;
  n_places = best_places;
  work     = g_try_new (double, n_work);
  places   = g_try_new (int, n_places);
  if (! work || ! places)
    return no_memory (n, error);

  dsyevd_ ("V", "L", &order, matrix, &order, values, work, &n_work, places, &n_places, &info);
  return check_info (info, error);
}

gboolean
dot_openblas_singular (double *matrix, gsize n, gsize m, double *values, GError **error)
{
  g_autofree double *work    = NULL;
  g_autofree int    *places  = NULL;
  int                rows    = (int) m;
  int                columns = (int) n;
  int                one     = 1;
  int                n_work  = -1;
  int                info    = 0;
  double             best;
  double             none;

  if (! check_size (n, error) || ! check_size (m, error))
    return FALSE;

  places = g_try_new (int, 8 * MIN (n, m));
  dgesdd_ ("N", &rows, &columns, matrix, &rows, values, &none, &one, &none, &one, &best, &n_work,
           places, &info);
  n_work = (int) best;
  work   = g_try_new (double, n_work);
  if (! work || ! places)
    return no_memory (n, error);

  dgesdd_ ("N", &rows, &columns, matrix, &rows, values, &none, &one, &none, &one, work, &n_work,
           places, &info);
  return check_info (info, error);
}

void
dot_openblas_product (const double *a, const double *b, gsize m, gsize n, gsize k, double *c)
{
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1.0, a, k, b, k, 0.0, c, n);
}

void
dot_openblas_gram (const double *a, gsize n, gsize k, double *c)
{
  cblas_dsyrk (CblasRowMajor, CblasUpper, CblasTrans, k, n, 1.0, a, k, 1.0, c, k);
  for (gsize i = 1; i < k; i++)
    for (gsize j = 0; j < i; j++)
      c[i * k + j] = c[j * k + i];
}
