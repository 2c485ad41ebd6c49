/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "history-entry.h"
#include "session.h"
#include "settings.h"

G_BEGIN_DECLS

#define DOT_TYPE_RESTORER (dot_restorer_get_type ())
G_DECLARE_FINAL_TYPE (DotRestorer, dot_restorer, DOT, RESTORER, GObject)

DotRestorer     *dot_restorer_new (DotSettings *settings, DotSession *session);
gboolean         dot_restorer_start (DotRestorer *restorer, DotHistoryEntry *entry, GError **error);
void             dot_restorer_stop (DotRestorer *restorer);
void             dot_restorer_forget (DotRestorer *restorer);
DotHistoryEntry *dot_restorer_get_entry (DotRestorer *restorer);

G_END_DECLS
