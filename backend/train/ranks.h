/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

#define DOT_RANKS_ABI    1
#define DOT_RANKS_SYMBOL "dot_ranks_module"

/**
 * DotRanksOptions:
 * @rank: of this process, from 0
 * @n_ranks: how many processes train together; 0 or 1 for this one alone
 * @rendezvous: "HOST:PORT", where rank 0 listens, or a file that all of them
 *   see and rank 0 writes that into
 * @hosted: (nullable): where somebody else than rank 0 listens there: a word for
 *   this attempt
 * @seconds: how long a rank waits for the others
 */
typedef struct
{
  guint       rank;
  guint       n_ranks;
  const char *rendezvous;
  const char *hosted;
  guint       seconds;
} DotRanksOptions;

/**
 * DotRanksDoor:
 * @host: (nullable): whom to connect to; %NULL to listen
 * @port: of @host, or where to listen; 0 for any
 * @attempt: (nullable): what the keys begin with
 *
 * Where the ranks of a training meet.
 */
typedef struct
{
  const char *host;
  guint       port;
  const char *attempt;
  guint       seconds;
} DotRanksDoor;

/**
 * DotRanksMember:
 * @summary: of all that must be the same for each
 * @own_address: (nullable): this machine's, as seen from the door
 * @door_address: (nullable): the door's, as seen from here
 *
 * Who comes in.
 */
typedef struct
{
  guint         rank;
  guint         n_ranks;
  const char   *summary;
  const char   *own_address;
  const char   *door_address;
  GCancellable *cancellable;
} DotRanksMember;

/**
 * DotRanksClass:
 * @open: opens the door, or goes there
 * @get_port: where it listens
 * @join: waits for the others, and connects each with each
 * @sum: adds up numbers over the ranks
 * @share: gives all of them the bytes of rank 0
 *
 * What is loaded at run time only: what connects the processes.
 */
typedef struct
{
  guint abi;
  gpointer (*open) (const DotRanksDoor *door, GError **error);
  guint (*get_port) (gpointer ranks);
  gboolean (*join) (gpointer ranks, const DotRanksMember *member, GError **error);
  gboolean (*sum) (gpointer ranks, double *values, gsize n, GError **error);
  gboolean (*share) (gpointer ranks, gpointer bytes, gsize n, GError **error);
  void (*close) (gpointer ranks);
} DotRanksClass;

typedef struct _DotRanks DotRanks;

DotRanks *dot_ranks_join (const DotRanksOptions *options,
                          const char            *summary,
                          GCancellable          *cancellable,
                          GError               **error);
gpointer  dot_ranks_get_handle (const DotRanks *ranks);
gboolean  dot_ranks_agree (DotRanks *ranks, gboolean *value, GError **error);
gboolean  dot_ranks_share (DotRanks *ranks, gpointer bytes, gsize n, GError **error);
gboolean  dot_ranks_share_file (DotRanks *ranks, const char *path, GError **error);
void      dot_ranks_free (DotRanks *ranks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotRanks, dot_ranks_free)

G_END_DECLS
