/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/history-entry.h"

G_BEGIN_DECLS

#define DOT_TYPE_HISTORY_ROW (dot_history_row_get_type ())
G_DECLARE_FINAL_TYPE (DotHistoryRow, dot_history_row, DOT, HISTORY_ROW, GtkListBoxRow)

GtkWidget       *dot_history_row_new (DotHistoryEntry *entry, const char *model);
gboolean         dot_history_row_matches (DotHistoryRow *row, const char *text);
gboolean         dot_history_row_is_starred (DotHistoryRow *row);
DotHistoryEntry *dot_history_row_get_entry (DotHistoryRow *row);

G_END_DECLS
