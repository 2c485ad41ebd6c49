/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_MODEL_TRUST_H__
#define __DOT_MODEL_TRUST_H__

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dot_model_trust_covers (const char *path);
gboolean dot_model_trust_check_file (const char *path, GError **error);

G_END_DECLS

#endif /* __DOT_MODEL_TRUST_H__ */
