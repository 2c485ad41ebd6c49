/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "dot.h"

G_BEGIN_DECLS

gboolean dot_trust_dialog_ask (GtkWindow *parent, DotRefineOptions *options);

G_END_DECLS
