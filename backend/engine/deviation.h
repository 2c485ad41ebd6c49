/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "model/model.h"

G_BEGIN_DECLS

gboolean dot_deviation_matters (DotModel *model);
gboolean dot_deviation_measure (DotModel     *model,
                                DotDevice     device,
                                double       *deviation,
                                GCancellable *cancellable,
                                GError      **error);

G_END_DECLS
