/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <json-glib/json-glib.h>

#include "dot.h"

G_BEGIN_DECLS

/* What a run's folder holds (docs/formats.md). */
#define DOT_HISTORY_RUN           "run.json"
#define DOT_HISTORY_RUN_FORMAT    "dot-refine-run"
#define DOT_HISTORY_STATES        "states.json"
#define DOT_HISTORY_STATES_FORMAT "dot-refine-states"
#define DOT_HISTORY_LATENTS       "latents.npy"
#define DOT_HISTORY_STAR          "starred"

#define DOT_HISTORY_MAX_CANDIDATES  1000
#define DOT_HISTORY_MAX_PARTS       1000
#define DOT_HISTORY_MAX_RUN_SIZE    (4 * 1024 * 1024)
#define DOT_HISTORY_MAX_STATES_SIZE (32 * 1024 * 1024)
#define DOT_HISTORY_THUMBNAIL       128

/**
 * DotHistoryMoment:
 * @DOT_HISTORY_FIRST: where a run began
 * @DOT_HISTORY_LAST: where it ended
 *
 * What of a candidate is kept.
 */
typedef enum
{
  DOT_HISTORY_FIRST,
  DOT_HISTORY_LAST
} DotHistoryMoment;

#define DOT_TYPE_HISTORY_ENTRY (dot_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (DotHistoryEntry, dot_history_entry, DOT, HISTORY_ENTRY, GObject)

DotHistoryEntry *dot_history_entry_new (const char *folder, GError **error);
const char      *dot_history_entry_get_id (DotHistoryEntry *entry);
const char      *dot_history_entry_get_folder (DotHistoryEntry *entry);
GDateTime       *dot_history_entry_get_time (DotHistoryEntry *entry);
const char      *dot_history_entry_get_title (DotHistoryEntry *entry);
const char      *dot_history_entry_get_model (DotHistoryEntry *entry);
gboolean         dot_history_entry_is_starred (DotHistoryEntry *entry);
JsonObject      *dot_history_entry_get_settings (DotHistoryEntry *entry);
guint            dot_history_entry_get_n_candidates (DotHistoryEntry *entry);
guint            dot_history_entry_get_update (DotHistoryEntry *entry,
                                               guint            candidate,
                                               DotHistoryMoment moment);
double           dot_history_entry_get_score (DotHistoryEntry *entry,
                                              guint            candidate,
                                              DotHistoryMoment moment);
gboolean         dot_history_entry_is_collapsed (DotHistoryEntry *entry, guint candidate);
GdkPixbuf       *dot_history_entry_get_thumbnail (DotHistoryEntry *entry,
                                                  guint            candidate,
                                                  DotHistoryMoment moment);
guint            dot_history_entry_get_n_parts (DotHistoryEntry *entry);
JsonObject      *dot_history_entry_get_part_settings (DotHistoryEntry *entry, guint part);
guint            dot_history_entry_get_part_updates (DotHistoryEntry *entry, guint part);
GStrv            dot_history_entry_get_states (DotHistoryEntry *entry,
                                               DotHistoryMoment moment,
                                               GError         **error);
char            *dot_history_entry_get_latents (DotHistoryEntry *entry);

gboolean dot_history_entry_has_star (const char *folder);

char *dot_history_entry_thumbnail_path (const char      *folder,
                                        guint            candidate,
                                        DotHistoryMoment moment);

G_END_DECLS
