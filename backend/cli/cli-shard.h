/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Works that several machines share. */

#pragma once

#include "base/shard.h"

gboolean cli_shard_parse (const char *text, const char *work, DotShard *shard, GError **error);
