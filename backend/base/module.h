/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_MODULE_H__
#define __DOT_MODULE_H__

#include "dot.h"

#include <gmodule.h>

G_BEGIN_DECLS

GModule *dot_module_open (const char *name, const char *symbol, gpointer *function, GError **error);
void     dot_module_fail_version (GModule *module, GError **error);

G_END_DECLS

#endif /* __DOT_MODULE_H__ */
