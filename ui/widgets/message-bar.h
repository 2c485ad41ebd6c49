/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_MESSAGE_BAR (dot_message_bar_get_type ())
G_DECLARE_FINAL_TYPE (DotMessageBar, dot_message_bar, DOT, MESSAGE_BAR, GtkInfoBar)

GtkWidget *dot_message_bar_new (void);
GtkWidget *dot_message_bar_add_action (DotMessageBar *bar, const char *label, const char *action);
void       dot_message_bar_set (DotMessageBar *bar, const char *message);

G_END_DECLS
