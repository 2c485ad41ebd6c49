/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_LINK_TEXT (dot_link_text_get_type ())
G_DECLARE_FINAL_TYPE (DotLinkText, dot_link_text, DOT, LINK_TEXT, GtkBox)

GtkWidget *dot_link_text_new (void);
void       dot_link_text_set (DotLinkText *text, const char *sentence);
GtkLabel  *dot_link_text_get_label (DotLinkText *text);

G_END_DECLS
