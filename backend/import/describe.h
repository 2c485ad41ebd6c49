/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "model/manifest.h"

DotManifest *dot_describe_import (const DotImportOptions *options,
                                  const char             *id,
                                  DotModel               *original,
                                  char *const             files[2],
                                  GError                **error);
