/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_CLASS_LIST_H__
#define __DOT_CLASS_LIST_H__

#include "dot.h"

G_BEGIN_DECLS

const char * dot_class_get_text (DotModel       *model,
                                 const DotClass *class);

G_END_DECLS

#endif /* __DOT_CLASS_LIST_H__ */
