/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair's scores mean, in words and as JSON. */

#pragma once

#include <json-glib/json-glib.h>

#include "dot.h"
#include "method/calibration.h"

void  cli_calibration_add_members (JsonBuilder *builder, const DotCalibration *calibration);
char *cli_calibration_to_text (const DotCalibration *calibration);
