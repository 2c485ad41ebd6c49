/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "zoom-view.h"

G_BEGIN_DECLS

GtkWidget *dot_zoom_bar_new (DotZoomView *view);

G_END_DECLS
