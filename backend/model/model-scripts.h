/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_MODEL_SCRIPTS_H__
#define __DOT_MODEL_SCRIPTS_H__

#include "manifest.h"

G_BEGIN_DECLS

gboolean dot_model_scripts_describe (DotManifest *manifest,
                                     const char  *description,
                                     GError     **error);

G_END_DECLS

#endif /* __DOT_MODEL_SCRIPTS_H__ */
