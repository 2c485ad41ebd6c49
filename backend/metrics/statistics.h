/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotStatistics:
 * @size: F, how many features a picture has
 * @n: how many pictures there were; 0 where a file doesn't say
 * @mean: (F)
 * @scatter: (F, F) sum of (x − mean)(x − mean)ᵀ
 * @divisor: what makes @scatter the unbiased covariance: n − 1
 * @features: (nullable): (n, F), which KID, precision and recall need
 * @score: inception score of the pictures and its deviation; NaN where it
 *   isn't known
 * @network: (nullable): sha256 of the feature network
 *
 * What is known of a set of pictures by their features.
 */
typedef struct
{
  gsize   size;
  gsize   n;
  double *mean;
  double *scatter;
  double  divisor;
  GArray *features;
  double  score[2];
  char   *network;
} DotStatistics;

DotStatistics *dot_statistics_new (gsize size, gboolean keep, GError **error);
void           dot_statistics_free (DotStatistics *statistics);
gboolean       dot_statistics_add (DotStatistics *statistics,
                                   const float   *features,
                                   gsize          n,
                                   GError       **error);
double        *dot_statistics_get_covariance (const DotStatistics *statistics, GError **error);
gboolean       dot_statistics_file_save (const DotStatistics *statistics,
                                         const char          *path,
                                         GError             **error);
DotStatistics *dot_statistics_file_load (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotStatistics, dot_statistics_free)

G_END_DECLS
