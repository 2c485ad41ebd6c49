/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_ENGINE_DIAGNOSTICS_H__
#define __DOT_ENGINE_DIAGNOSTICS_H__

#include "dot.h"

G_BEGIN_DECLS

char *dot_diagnostics_hide (const char *text, const char *home, const char *user);
char *dot_diagnostics_describe (void);

G_END_DECLS

#endif /* __DOT_ENGINE_DIAGNOSTICS_H__ */
