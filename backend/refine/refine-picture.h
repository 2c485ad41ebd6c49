/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "inversion/inversion.h"

G_BEGIN_DECLS

DotInversion *dot_refine_picture_find (DotPair                *pair,
                                       const DotRefineOptions *options,
                                       const DotClass         *klass,
                                       DotProgressFunc         progress,
                                       gpointer                user_data,
                                       GCancellable           *cancellable,
                                       GError                **error);

G_END_DECLS
