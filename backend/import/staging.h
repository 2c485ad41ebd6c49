/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include "base/lock.h"

G_BEGIN_DECLS

/**
 * DotStaging:
 * @id: the new model's
 * @target: its folder, which isn't there yet but where it is replaced
 * @temporary: the folder beside it in which it is made
 * @lock: held while it is made, so that others leave it alone
 *
 * Where a model is made: as a whole, or not at all.
 */
typedef struct
{
  char   *id;
  char   *target;
  char   *temporary;
  DotLock lock;
} DotStaging;

gboolean dot_staging_check (const DotImportOptions *options, GError **error);
gboolean dot_staging_open (DotStaging *place, const DotImportOptions *options, GError **error);
gboolean dot_staging_finish (DotStaging *place, GError **error);
void     dot_staging_close (DotStaging *place);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotStaging, dot_staging_close)

G_END_DECLS
