/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

void dot_weights_names_report (const char        *path,
                               const char *const *names,
                               const char        *key,
                               GError           **error);

G_END_DECLS
