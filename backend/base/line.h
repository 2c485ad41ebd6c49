/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_LINE_H__
#define __DOT_LINE_H__

#include <glib.h>

gboolean dot_is_line (const char *text);

#endif /* __DOT_LINE_H__ */
