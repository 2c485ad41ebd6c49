/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_STYLE_H__
#define __DOT_STYLE_H__

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dot_style_add (const char *css);

G_END_DECLS

#endif /* __DOT_STYLE_H__ */
