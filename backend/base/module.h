/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean      dot_module_exists (const char *name);
gconstpointer dot_module_load (const char *name, const char *symbol, guint abi, GError **error);
gboolean      dot_module_check (const char *path, const char *symbol, guint abi, GError **error);

G_END_DECLS
