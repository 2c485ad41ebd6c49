/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_HALVES_H__
#define __DOT_HALVES_H__

#include "manifest.h"

DotManifest *dot_manifest_new_from_halves (const char *generator,
                                           const char *discriminator,
                                           const char *architecture,
                                           DotPrior    prior,
                                           GError    **error);

#endif /* __DOT_HALVES_H__ */
