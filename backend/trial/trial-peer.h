/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "trial.h"

G_BEGIN_DECLS

void dot_trial_peer (DotTrials *trials, DotModel *model, const guint *batches, guint n);

G_END_DECLS
