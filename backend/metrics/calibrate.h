/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method/calibration.h"
#include "real-scores.h"

G_BEGIN_DECLS

/* As many real pictures, and as many generated ones, make a class's own. */
#define DOT_CALIBRATE_ENOUGH 50

/**
 * DotCalibrateResult:
 * @klass: (nullable): %NULL: all classes together
 * @z: how far the scores themselves, taken for logits, are from calibrated: beyond
 *   ±2 they are not
 */
typedef struct
{
  const DotClass *klass;
  DotCalibration  calibration;
  double          z;
} DotCalibrateResult;

GArray *dot_calibrate (DotPair                   *pair,
                       const DotCalibrateOptions *options,
                       GCancellable              *cancellable,
                       GError                   **error);

G_END_DECLS
