/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

char *dot_diagnostics_hide (const char *text, const char *home, const char *user);
char *dot_diagnostics_describe (void);

G_END_DECLS
