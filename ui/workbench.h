/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/history.h"
#include "workbench-actions.h"

G_BEGIN_DECLS

#define DOT_TYPE_WORKBENCH (dot_workbench_get_type ())
G_DECLARE_FINAL_TYPE (DotWorkbench, dot_workbench, DOT, WORKBENCH, GtkBox)

GtkWidget *dot_workbench_new (DotSettings *settings,
                              DotSession  *session,
                              DotHistory  *history,
                              const char  *host);
void       dot_workbench_set_image (DotWorkbench *workbench, int width, int height, GStrv states);
void       dot_workbench_set_picture (DotWorkbench *workbench, gboolean is_open, GBytes *picture);
DotWorkbenchActions *dot_workbench_get_actions (DotWorkbench *workbench);

G_END_DECLS
