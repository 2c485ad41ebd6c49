/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/* Strings inside are interned: classes live as long as the program. */
GArray         *dot_classes_new_for_labels (guint n_labels);
void            dot_classes_init_class (DotClass   *klass,
                                        guint       label,
                                        const char *wnid,
                                        const char *name,
                                        gint64      index);
gboolean        dot_classes_is_named (const DotClass *klass);
const DotClass *dot_classes_find (GArray *classes, const char *text);

G_END_DECLS
