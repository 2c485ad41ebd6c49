/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "history-entry.h"

G_BEGIN_DECLS

/* how many runs without a star are kept */
#define DOT_HISTORY_MAX_RUNS 100

#define DOT_TYPE_HISTORY (dot_history_get_type ())
G_DECLARE_FINAL_TYPE (DotHistory, dot_history, DOT, HISTORY, GObject)

DotHistory *dot_history_new (const char *folder);
const char *dot_history_get_folder (DotHistory *history);
gboolean    dot_history_add (DotHistory *history,
                             JsonObject *settings,
                             JsonArray  *parts,
                             GPtrArray  *first_frames,
                             GPtrArray  *last_frames,
                             GError    **error);
GPtrArray  *dot_history_list (DotHistory *history);
gboolean    dot_history_remove (DotHistory *history, DotHistoryEntry *entry, GError **error);
gboolean    dot_history_set_starred (DotHistory      *history,
                                     DotHistoryEntry *entry,
                                     gboolean         starred,
                                     GError         **error);
gboolean    dot_history_clear (DotHistory *history, GError **error);

G_END_DECLS
