/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/recent.h"
#include "widgets/wrap-box.h"

G_BEGIN_DECLS

#define DOT_TYPE_SEED_ENTRY (dot_seed_entry_get_type ())
G_DECLARE_FINAL_TYPE (DotSeedEntry, dot_seed_entry, DOT, SEED_ENTRY, DotWrapBox)

GtkWidget *dot_seed_entry_new (void);
void       dot_seed_entry_set_recent (DotSeedEntry *entry, DotRecent *recent);
void       dot_seed_entry_remember (DotSeedEntry *entry);

G_END_DECLS
