/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_SAVE_H__
#define __DOT_SAVE_H__

#include "dot.h"

G_BEGIN_DECLS

gboolean dot_save_bytes (const char *path, gconstpointer bytes, gsize size, GError **error);
gboolean dot_save_folder (const char *folder, GError **error);

G_END_DECLS

#endif /* __DOT_SAVE_H__ */
