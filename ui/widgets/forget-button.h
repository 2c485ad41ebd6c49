/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_FORGET_BUTTON (dot_forget_button_get_type ())
G_DECLARE_FINAL_TYPE (DotForgetButton, dot_forget_button, DOT, FORGET_BUTTON, GtkMenuButton)

GtkWidget *dot_forget_button_new (void);
void       dot_forget_button_set_folders (DotForgetButton *button, const char *const *folders);

G_END_DECLS
