/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DOT_TYPE_RECENT (dot_recent_get_type ())
G_DECLARE_FINAL_TYPE (DotRecent, dot_recent, DOT, RECENT, GObject)

DotRecent         *dot_recent_new (const char *path, guint most);
DotRecent         *dot_recent_new_classes (void);
DotRecent         *dot_recent_new_seeds (void);
void               dot_recent_add (DotRecent *recent, const char *text);
void               dot_recent_add_number (DotRecent *recent, int number);
const char *const *dot_recent_get (DotRecent *recent);
GArray            *dot_recent_get_numbers (DotRecent *recent);

G_END_DECLS
