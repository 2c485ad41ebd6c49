/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DOT_CALIBRATION_BINS 10

/**
 * DotCalibration:
 * @slope: a
 * @intercept: b: a D + b is the logit of the chance that a picture with the score D
 *   is a real one, where as many are real as generated
 * @brier: the mean square of what that is wrong by: 0.25 knows nothing
 * @n_real, @n_generated: the scores it is made of
 * @bins: a tenth each of the chances: how many fall into it, their mean, and the
 *   share that is real
 *
 * What a discriminator's scores mean.
 */
typedef struct
{
  double slope;
  double intercept;
  double brier;
  gsize  n_real;
  gsize  n_generated;
  struct
  {
    gsize  n;
    double chance;
    double real;
  } bins[DOT_CALIBRATION_BINS];
} DotCalibration;

/**
 * DotCalibrationScores:
 * @real: (n_real)
 * @generated: (n_generated)
 */
typedef struct
{
  const double *real;
  gsize         n_real;
  const double *generated;
  gsize         n_generated;
} DotCalibrationScores;

gboolean dot_calibration_fit (DotCalibration             *calibration,
                              const DotCalibrationScores *scores,
                              double                      ridge);
void     dot_calibration_measure (DotCalibration *calibration, const DotCalibrationScores *scores);
double   dot_calibration_get_z (const DotCalibration       *calibration,
                                const DotCalibrationScores *scores);

G_END_DECLS
