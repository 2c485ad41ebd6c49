/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "dot.h"
#include "core/recent.h"

G_BEGIN_DECLS

#define DOT_TYPE_CLASS_ENTRY (dot_class_entry_get_type ())
G_DECLARE_FINAL_TYPE (DotClassEntry, dot_class_entry, DOT, CLASS_ENTRY, GtkEntry)

GtkWidget  *dot_class_entry_new (void);
void        dot_class_entry_set_model (DotClassEntry *entry, DotModel *model);
void        dot_class_entry_set_recent (DotClassEntry *entry, DotRecent *recent);
void        dot_class_entry_remember (DotClassEntry *entry);
GtkWidget  *dot_class_entry_make_surprise (DotClassEntry *entry);
const char *dot_class_entry_get_problem (DotClassEntry *entry);

G_END_DECLS
