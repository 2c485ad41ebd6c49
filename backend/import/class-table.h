/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_CLASS_TABLE_H__
#define __DOT_CLASS_TABLE_H__

#include "dot.h"

GArray *dot_class_table_read (const char *path, guint n_classes, GError **error);

#endif /* __DOT_CLASS_TABLE_H__ */
