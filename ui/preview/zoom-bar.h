/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_ZOOM_BAR_H__
#define __DOT_ZOOM_BAR_H__

#include "zoom-view.h"

G_BEGIN_DECLS

GtkWidget *dot_zoom_bar_new (DotZoomView *view);

G_END_DECLS

#endif /* __DOT_ZOOM_BAR_H__ */
