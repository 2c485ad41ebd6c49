/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DotRendezvous:
 * @host: (nullable): where to go; %NULL where this process listens
 * @port: of @host, or to listen at; 0 for any
 * @file: (nullable): where that is written
 * @own_address: (nullable): this machine's, as seen from there
 * @door_address: (nullable): that of @host
 */
typedef struct
{
  char       *host;
  guint       port;
  const char *file;
  char       *own_address;
  char       *door_address;
} DotRendezvous;

gboolean dot_rendezvous_find (DotRendezvous *self,
                              const char    *where,
                              gboolean       listens,
                              guint          seconds,
                              GCancellable  *cancellable,
                              GError       **error);
gboolean dot_rendezvous_announce (const DotRendezvous *self, guint port, GError **error);
void     dot_rendezvous_clear (DotRendezvous *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotRendezvous, dot_rendezvous_clear)

G_END_DECLS
