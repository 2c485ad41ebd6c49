/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_OPTIONAL_FILE (dot_optional_file_get_type ())
G_DECLARE_FINAL_TYPE (DotOptionalFile, dot_optional_file, DOT, OPTIONAL_FILE, GtkBox)

GtkWidget      *dot_optional_file_new (const char *title, GtkFileChooserAction action);
GtkFileChooser *dot_optional_file_get_chooser (DotOptionalFile *file);

G_END_DECLS
