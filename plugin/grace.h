/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DotGrace:
 * @cancellable: (nullable): what stops it
 * @since: when that was first seen to be cancelled, or 0
 *
 * For how long what is finished may still be put away after Stop.
 */
typedef struct
{
  GCancellable *cancellable;
  gint64        since;
} DotGrace;

gboolean dot_grace_is_over (DotGrace *grace, guint milliseconds);

G_END_DECLS
