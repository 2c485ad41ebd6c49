/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PLACE_H__
#define __DOT_PLACE_H__

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotPlace:
 * @id: the new model's
 * @target: its folder, which isn't there yet
 * @temporary: the folder beside it in which it is made
 * @lock: held while it is made, so that others leave it alone
 *
 * Where a model is made: as a whole, or not at all.
 */
typedef struct
{
  char *id;
  char *target;
  char *temporary;
  int   lock;
} DotPlace;

gboolean dot_place_open (DotPlace *place, const DotImportOptions *options, GError **error);
gboolean dot_place_finish (DotPlace *place, GError **error);
void     dot_place_close (DotPlace *place);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotPlace, dot_place_close)

G_END_DECLS

#endif /* __DOT_PLACE_H__ */
