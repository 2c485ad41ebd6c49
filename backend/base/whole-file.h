/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

gboolean dot_whole_file_save (const char *path, gconstpointer bytes, gsize size, GError **error);
char    *dot_whole_file_get_checksum (const char *path, GError **error);
gboolean dot_whole_file_is_same (const char *one, const char *other);
gboolean dot_whole_file_make_folder (const char *folder, GError **error);

G_END_DECLS
