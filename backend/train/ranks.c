/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Processes that train together, one a machine, behind the module that
 * connects them.  Where there are none all is done by this one alone. */

#include "ranks.h"

#include "rendezvous.h"

#include "base/module.h"
#include "base/whole-file.h"

#include <glib/gstdio.h>

#define MODULE "dotrefine-torch.so"

/* @file: (nullable): which this process has written its address into */
struct _DotRanks
{
  const DotRanksClass *klass;
  gpointer             handle;
  guint                rank;
  char                *file;
};

static gboolean
join (DotRanks              *self,
      const DotRendezvous   *rendezvous,
      const DotRanksOptions *options,
      const char            *summary,
      GCancellable          *cancellable,
      GError               **error)
{
  const DotRanksMember member = {
    .rank         = options->rank,
    .n_ranks      = options->n_ranks,
    .summary      = summary,
    .own_address  = rendezvous->own_address,
    .door_address = rendezvous->door_address,
    .cancellable  = cancellable,
  };
  const DotRanksDoor door = { rendezvous->host, rendezvous->port, options->hosted,
                              options->seconds };

  self->handle = self->klass->open (&door, error);
  if (! self->handle ||
      ! dot_rendezvous_announce (rendezvous, self->klass->get_port (self->handle), error))
    return FALSE;
  if (! rendezvous->host)
    self->file = g_strdup (rendezvous->file);
  return self->klass->join (self->handle, &member, error);
}

/**
 * dot_ranks_join:
 * @summary: of all that must be the same for each
 *
 * Waits until all are there, and are of one training.
 *
 * Returns: (transfer full): what they do together, or %NULL with @error
 */
DotRanks *
dot_ranks_join (const DotRanksOptions *options,
                const char            *summary,
                GCancellable          *cancellable,
                GError               **error)
{
  g_auto (DotRendezvous) rendezvous = { 0 };
  g_autoptr (DotRanks) self         = g_new0 (DotRanks, 1);
  gboolean listens                  = options->rank == 0 && ! options->hosted;

  self->rank  = options->rank;
  self->klass = dot_module_load (MODULE, DOT_RANKS_SYMBOL, DOT_RANKS_ABI, error);
  if (! self->klass ||
      ! dot_rendezvous_find (&rendezvous, options->rendezvous, listens, options->seconds,
                             cancellable, error) ||
      ! join (self, &rendezvous, options, summary, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * dot_ranks_get_handle:
 * @ranks: (nullable):
 *
 * Returns: (nullable): what a trainer is given
 */
gpointer
dot_ranks_get_handle (const DotRanks *ranks)
{
  return ranks ? ranks->handle : NULL;
}

/**
 * dot_ranks_agree:
 * @ranks: (nullable):
 * @value: (inout): becomes true where it is for any rank
 */
gboolean
dot_ranks_agree (DotRanks *ranks, gboolean *value, GError **error)
{
  double sum = *value ? 1.0 : 0.0;

  if (ranks && ! ranks->klass->sum (ranks->handle, &sum, 1, error))
    return FALSE;
  *value = sum > 0.0;
  return TRUE;
}

/**
 * dot_ranks_share:
 * @ranks: (nullable):
 * @bytes: (inout): become those of rank 0
 */
gboolean
dot_ranks_share (DotRanks *ranks, gpointer bytes, gsize n, GError **error)
{
  return ! ranks || n == 0 || ranks->klass->share (ranks->handle, bytes, n, error);
}

/**
 * dot_ranks_share_file:
 * @ranks: (nullable):
 * @path: of a file, which rank 0 has and the others get
 */
gboolean
dot_ranks_share_file (DotRanks *ranks, const char *path, GError **error)
{
  g_autoptr (GMappedFile) mapped = NULL;
  g_autofree char *bytes         = NULL;
  guint64          size          = 0;

  if (! ranks)
    return TRUE;
  if (ranks->rank == 0)
    {
      mapped = dot_whole_file_map (path, error);
      if (! mapped)
        return FALSE;
      size  = g_mapped_file_get_length (mapped);
      bytes = g_memdup2 (g_mapped_file_get_contents (mapped), size);
    }
  if (! dot_ranks_share (ranks, &size, sizeof (size), error))
    return FALSE;
  if (ranks->rank > 0)
    bytes = g_malloc (size);
  return dot_ranks_share (ranks, bytes, size, error) &&
         (ranks->rank == 0 || dot_whole_file_save (path, bytes, size, error));
}

void
dot_ranks_free (DotRanks *ranks)
{
  if (ranks->handle)
    ranks->klass->close (ranks->handle);
  if (ranks->file)
    g_unlink (ranks->file);
  g_free (ranks->file);
  g_free (ranks);
}
