/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

char *dot_parasite_get (GimpItem *item, const char *name);
void  dot_parasite_set (GimpItem *item, const char *name, const char *text);

G_END_DECLS
