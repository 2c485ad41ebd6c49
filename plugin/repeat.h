/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_REPEAT_H__
#define __DOT_REPEAT_H__

#include <libgimp/gimp.h>

G_BEGIN_DECLS

GimpParasite * dot_repeat_next      (GimpProcedureConfig *config);
void           dot_repeat_take_back (const GimpParasite  *before);
void           dot_repeat_recall    (GimpProcedureConfig *config);
void           dot_repeat_forget    (void);

G_END_DECLS

#endif /* __DOT_REPEAT_H__ */
