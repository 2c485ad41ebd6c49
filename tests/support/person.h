/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *person_open (GtkWidget *widget, int width, int height);
GtkWidget *person_find (GtkWidget *widget, GType type);
GtkWidget *person_find_named (GtkWidget *widget, GType type, const char *name);
void       person_check_label (GtkLabel *label);
guint      person_check_names (GtkWidget *widget);
void       person_wait (guint milliseconds);
void       person_settle (void);
void       person_key (GtkWidget *widget, GdkEventType type, guint keyval, GdkModifierType state);
void       person_type (GtkWidget *widget, guint keyval, GdkModifierType state);
void       person_press (GtkWidget *widget, double x, double y, GdkModifierType state);
void       person_move (GtkWidget *widget, double x, double y);
void       person_release (GtkWidget *widget, double x, double y, GdkModifierType state);
void       person_click (GtkWidget *widget, double x, double y, GdkModifierType state);
void       person_scroll (GtkWidget         *widget,
                          GdkScrollDirection direction,
                          double             x,
                          double             y,
                          GdkModifierType    state);

G_END_DECLS
