/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Works that several machines share. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-parse.h"
#include "cli-shard.h"

/**
 * cli_shard_parse:
 * @text: (nullable): what was given to --shard
 * @work: (nullable): what was given to --work
 * @shard: (out): %DOT_SHARD_NONE where @text is %NULL
 * @error: where it says what it cannot read
 *
 * Reads which of how many shards is made.
 *
 * Returns: whether @text was read.
 */
gboolean
cli_shard_parse (const char *text, const char *work, DotShard *shard, GError **error)
{
  g_autoptr (GError) cause = NULL;

  *shard = DOT_SHARD_NONE;
  if (! text)
    return TRUE;

  if (! dot_shard_parse (text, shard, &cause))
    cli_parse_usage_error (error, "%s", cause->message);
  else if (! work)
    cli_parse_usage_error (error, _ ("--shard needs --work, the folder that all shards share"));
  else
    return TRUE;
  return FALSE;
}
