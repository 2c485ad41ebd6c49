/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/settings.h"

G_BEGIN_DECLS

#define DOT_TYPE_SETTINGS_GRID (dot_settings_grid_get_type ())
G_DECLARE_FINAL_TYPE (DotSettingsGrid, dot_settings_grid, DOT, SETTINGS_GRID, GtkGrid)

GtkWidget *dot_settings_grid_new (DotSettings *settings);
void       dot_settings_grid_add (DotSettingsGrid *grid, const char *property, GtkWidget *widget);
void       dot_settings_grid_add_with (DotSettingsGrid *grid,
                                       const char      *property,
                                       GtkWidget       *widget,
                                       GtkWidget       *beside);
void       dot_settings_grid_add_int (DotSettingsGrid *grid, const char *property, int maximum);
void       dot_settings_grid_add_number (DotSettingsGrid *grid,
                                         const char      *property,
                                         double           step,
                                         int              digits,
                                         const char      *zero);
void       dot_settings_grid_add_note (DotSettingsGrid *grid, GtkWidget *note);
GtkWidget *dot_settings_grid_add_choice (DotSettingsGrid *grid, const char *property);
GtkWidget *dot_settings_grid_add_toggle (DotSettingsGrid *grid, const char *property);
GtkWidget *dot_settings_grid_add_file (DotSettingsGrid     *grid,
                                       const char          *property,
                                       const char          *title,
                                       GtkFileChooserAction action);
void dot_settings_grid_set_visible (DotSettingsGrid *grid, GtkWidget *widget, gboolean visible);
void dot_settings_grid_show (DotSettingsGrid *grid);
void dot_settings_grid_align (DotSettingsGrid *grid, DotSettingsGrid *other);

G_END_DECLS
