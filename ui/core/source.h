/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "settings.h"

G_BEGIN_DECLS

gboolean dot_source_apply (DotSettings      *settings,
                           GStrv             states,
                           GBytes           *picture,
                           DotRefineOptions *options,
                           GError          **error);
gboolean dot_source_apply_picture (DotSettings      *settings,
                                   GBytes           *picture,
                                   DotRefineOptions *options,
                                   GError          **error);

G_END_DECLS
