/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method/calibration.h"
#include "model/model.h"

G_BEGIN_DECLS

gboolean dot_calibration_cache_look_up (DotModel       *model,
                                        const DotClass *klass,
                                        DotCalibration *calibration,
                                        GArray        **real);
gboolean dot_calibration_cache_find (DotModel       *model,
                                     const DotClass *klass,
                                     DotCalibration *calibration,
                                     GArray        **real);
void     dot_calibration_cache_store (DotModel             *model,
                                      const DotClass       *klass,
                                      const DotCalibration *calibration,
                                      const double         *real);
void     dot_calibration_cache_clear (DotModel *model);
char    *dot_calibration_cache_describe (DotModel *model);
gboolean dot_calibration_cache_export (DotModel *model, const char *path, GError **error);

G_END_DECLS
