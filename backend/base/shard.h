/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DotShard:
 * @index: from 1 to @count
 * @count: how many shards a work is cut into; 0 where it isn't cut
 *
 * One machine's share of a work's parts.
 */
typedef struct
{
  guint index;
  guint count;
} DotShard;

#define DOT_SHARD_NONE ((DotShard) { 0, 0 })

gboolean dot_shard_parse (const char *text, DotShard *shard, GError **error);
gboolean dot_shard_has (DotShard shard, gsize item);

G_END_DECLS
