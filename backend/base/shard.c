/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Shares of a work, for as many machines. */

#include "shard.h"

#include "dot.h"

#include "intl.h"

#define LARGEST 100000

/* Digits only, so that "+1", " 1" and "1e3" are none. */
static gboolean
parse_number (const char *text, char end, guint *number, const char **rest)
{
  char  *stop = NULL;
  gint64 value;

  if (! g_ascii_isdigit (*text))
    return FALSE;
  value = g_ascii_strtoll (text, &stop, 10);
  if (*stop != end || value < 1 || value > LARGEST)
    return FALSE;

  *number = value;
  *rest   = stop + 1;
  return TRUE;
}

/**
 * dot_shard_parse:
 * @text: "I/N": the I-th of N
 * @shard: (out): kept as it is where it fails
 */
gboolean
dot_shard_parse (const char *text, DotShard *shard, GError **error)
{
  DotShard    read = DOT_SHARD_NONE;
  const char *rest;

  if (parse_number (text, '/', &read.index, &rest) &&
      parse_number (rest, '\0', &read.count, &rest) && read.index <= read.count)
    {
      *shard = read;
      return TRUE;
    }

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("“%s” is no shard: give I/N, the I-th of N shards, from 1/4 to 4/4 where there "
                  "are four (at most %u)."),
               text, LARGEST);
  return FALSE;
}

/**
 * dot_shard_has:
 * @item: a part's number, from 0
 *
 * Returns: whether it is the shard's; all are of what isn't cut
 */
gboolean
dot_shard_has (DotShard shard, gsize item)
{
  return shard.count == 0 || item % shard.count == shard.index - 1;
}
